"""Deciding above a limit with the whole file at hand."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from amends.cases.errors import Incomplete
from amends.cases.facts import with_story
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page
from amends.desk.thread import conversation, thread
from amends.errors import AmendsError
from amends.recovery.approval import ApprovalRequest
from amends.recovery.approvals import asked_by, limit_hints, requests, time_to_authorised_offer, to_send, waiting_for
from amends.recovery.approve import decide_approval, send_approved, take_back
from amends.recovery.authority import who_decides
from amends.recovery.draft import options_in
from amends.recovery.spot_check import to_look_at
from amends.team.permissions import Right

SHOWN = 50


def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this person's decision, and what they asked for themselves."""
    user, now = signed_in(request), datetime.now(UTC)
    waiting = sorted(waiting_for(user)[:SHOWN], key=lambda one: one.to_id != user.pk)
    context = {
        **chrome(request, "approvals"),
        **tabs_context(request),
        "mine": [one for one in waiting if one.to_id == user.pk],
        "others": [one for one in waiting if one.to_id != user.pk],
        "asked": asked_by(user)[:SHOWN],
        "wait": time_to_authorised_offer(now),
        "hints": limit_hints(now) if user.can(Right.SPOT_CHECK) else [],
    }
    return render(request, "desk/approvals.html", context)


def tabs_context(request: HttpRequest) -> dict[str, Any]:
    """The two lists of the section, the second for those who may look afterwards."""
    user = signed_in(request)
    may_check = user.can(Right.SPOT_CHECK)
    return {
        "may_decide": user.can(Right.GRANT),
        "may_check": may_check,
        "to_check": to_look_at(user).count() if may_check else 0,
    }


def approval(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """One request with the whole file: grant it, or say why not."""
    one = _find(request, pk, asked)
    if request.method != "POST":
        return _page(request, one, None)
    try:
        done = _decide(request, one)
    except AmendsError as error:
        return _page(request, one, error)
    messages.success(request, done, extra_tags="good")
    return redirect("approvals")


def _decide(request: HttpRequest, asked: ApprovalRequest) -> str:
    """What to say after the answer was written down."""
    answer, words, first = request.POST.get("answer", ""), request.POST.get("words", ""), asked.requester.first_name
    if answer not in ("grant", "no"):
        raise Incomplete("Choose “Grant” or “Not like this”.", "words")
    granted = answer == "grant"
    decision = decide_approval(asked, granted=granted, words=words, by=signed_in(request), now=datetime.now(UTC))
    if not granted:
        return f"{first} has your words and can offer something else."
    if hasattr(decision, "offer"):
        return f"Granted, and the offer is on its way to {asked.case.customer.first_name}."
    return f"Granted. {first} can send it once the person has been heard."


def _page(request: HttpRequest, asked: ApprovalRequest, error: AmendsError | None) -> HttpResponse:
    return form_page(request, asked.case, "desk/approval.html", _context(request, asked), error)


def _context(request: HttpRequest, asked: ApprovalRequest) -> dict[str, Any]:
    user, now, case = signed_in(request), datetime.now(UTC), asked.case
    issues = list(with_story(case.open_issues()))
    decided, taken_back = hasattr(asked, "decision"), hasattr(asked, "withdrawal")
    return {
        "asked": asked,
        "options": options_in(asked.draft),
        "issues": [issue for issue in issues if issue.pk in asked.draft["issues"]],
        "thread": thread(case, conversation(case), issues, now),
        "may_work": False,
        "decided": decided,
        "taken_back": taken_back,
        "may_take_back": not decided and not taken_back and asked.requester_id == user.pk,
        "may_decide": not decided and not taken_back and user in who_decides(case, asked.requester),
        "may_send": decided and any(one.pk == asked.pk for one in to_send(case, user, now)),
    }


@require_POST
def approval_sending(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """Send the offer that was approved, as it is."""
    one = _find(request, pk, asked)
    send_approved(one, by=signed_in(request), now=datetime.now(UTC))
    messages.success(request, f"The offer is on its way to {one.case.customer.first_name}.", extra_tags="good")
    return redirect("case", pk)


@require_POST
def approval_withdrawal(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """Take one's own request back."""
    take_back(_find(request, pk, asked), by=signed_in(request), now=datetime.now(UTC))
    messages.success(request, "Your request is taken back. Nobody decides about it any more.", extra_tags="good")
    return redirect("approvals")


def _find(request: HttpRequest, pk: int, asked: int) -> ApprovalRequest:
    case = find_case(request, pk)
    return get_object_or_404(requests(), pk=asked, case=case)
