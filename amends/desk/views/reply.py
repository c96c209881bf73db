"""Writing to the customer and to the team: two addresses, two tables, never one form."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from amends.cases.case import Case
from amends.cases.errors import GateClosed
from amends.cases.message import Message
from amends.cases.note import add_note
from amends.cases.put_aside import put_aside, show_again
from amends.cases.reply import mark_answered, own_words, undo
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.live_check import live_check, stood_beside
from amends.desk.promised import confirmed, promise_rows
from amends.desk.views.case import case_page
from amends.errors import AmendsError
from amends.method.steps import Step
from amends.recovery.answer import Sending, answer
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a reply; a refusal gives the page back with what was typed."""
    case, text = find_case(request, pk), request.POST.get("text", "")
    try:
        answer(
            case,
            text,
            _stated(request),
            confirmed(request, case),
            by=signed_in(request),
            now=datetime.now(UTC),
            sending=Sending(
                number(request.POST.get("seen", "")), request.POST.get("exception", ""), stood_beside(request)
            ),
        )
    except AmendsError as error:
        return case_page(
            request, case, status=status_of(error), text=text, error=str(error), gate=_at_gate(request, error)
        )
    return redirect("case", pk)


@require_POST
def reply_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the live check says about a draft; nothing is stored."""
    case = find_case(request, pk)
    return render(request, "desk/_check.html", _checked(request, case))


@require_POST
def remark_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a remark of the live check aside, or let those put aside be shown again; the draft stays in its place.

    A live page gets the check alone, everybody else the whole page.
    """
    case, error, status = find_case(request, pk), "", 200
    try:
        _put_aside_or_back(request, case)
    except AmendsError as refusal:
        error, status = str(refusal), status_of(refusal)
    if not request.headers.get("HX-Request"):
        return case_page(request, case, status=status, text=request.POST.get("text", ""), error=error)
    mark = _chosen(request)[0]
    pressed = {"problem": error, "mark": mark, "words": request.POST.get(f"why-{mark}", "")}
    return render(request, "desk/_check.html", {**_checked(request, case), "pressed": pressed}, status=status)


def _put_aside_or_back(request: HttpRequest, case: Case) -> None:
    post, me, now = request.POST, signed_in(request), datetime.now(UTC)
    if post.get("again"):
        show_again(case, by=me, now=now)
        return
    mark, reason = _chosen(request)
    put_aside(case, post.get("text", ""), mark, reason, post.get(f"why-{mark}", ""), by=me, now=now)


def _chosen(request: HttpRequest) -> tuple[str, str]:
    """The mark of the remark and the reason that one button names."""
    mark, _, reason = request.POST.get("aside", "").partition(" ")
    return mark, reason


def _checked(request: HttpRequest, case: Case) -> dict[str, Any]:
    text = request.POST.get("text", "")
    return {
        **live_check(request, case, text),
        "promises": promise_rows(request, case, text),
    }


@require_POST
def reply_undo(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Take a letter back inside its undo window; its words return to the composer."""
    case = find_case(request, pk)
    letter = get_object_or_404(Message, pk=message, case=case, outgoing=True)
    try:
        undo(letter, by=signed_in(request), now=datetime.now(UTC))
    except AmendsError as error:
        return case_page(request, case, status=status_of(error), error=str(error))
    return case_page(request, case, text=own_words(letter))


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note to the team."""
    case, text = find_case(request, pk), request.POST.get("text", "")
    try:
        add_note(case, text, by=signed_in(request), now=datetime.now(UTC))
    except AmendsError as error:
        return case_page(request, case, status=status_of(error), writing="note", text=text, error=str(error))
    return redirect("case", pk)


@require_POST
def answered(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Say that a customer's message needs no further answer."""
    letter = get_object_or_404(Message, pk=message, case=find_case(request, pk), outgoing=False)
    mark_answered(letter, by=signed_in(request), now=datetime.now(UTC))
    return redirect("case", pk)


def _at_gate(request: HttpRequest, error: AmendsError) -> bool:
    """Whether a gate stopped the letter, or somebody has given a reason for passing one."""
    return isinstance(error, GateClosed) or bool(request.POST.get("exception"))


def _stated(request: HttpRequest) -> set[tuple[int, Step]]:
    """The (issue, step) pairs ticked under “covers”."""
    made = set()
    for value in request.POST.getlist("covers"):
        issue, _, step = value.partition(":")
        pk = number(issue)
        if pk and step in set(Step):
            made.add((pk, Step(step)))
    return made
