"""Causes and changes: linked from a case, looked after on the board."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case, find_issue
from amends.desk.form import form_page, handle, pressed
from amends.desk.views.offer_form import typed_day
from amends.errors import AmendsError
from amends.practice.asked import titles_of
from amends.prevention.board import board_of
from amends.prevention.models import Attribution, Cause, Change, ChangeKind
from amends.prevention.practised import is_due, needs_words, told_in_words
from amends.prevention.proposals import proposals
from amends.prevention.tree import issues_behind
from amends.prevention.verbs import add_cause, agree_change, attribute, make_change
from amends.recovery.effective import held_against
from amends.team.models import User
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

WRITTEN = "Written down."


def cause(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why each issue happened."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/cause.html", _cause_context(request, case), error)

    def act() -> None:
        _link(request, case)

    return handle(request, case, show, act, "Linked. Tell the customer what changes in your next letter.")


def _cause_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    issues = list(case.open_issues().select_related("attribution__cause"))
    unlinked = [one for one in issues if not hasattr(one, "attribution")]
    return {
        "issues": issues,
        "proposed": proposals(unlinked, signed_in(request)),
        "causes": list(Cause.objects.filter(retirement=None).prefetch_related("changes").select_related("owner")),
    }


def _link(request: HttpRequest, case: Case) -> None:
    """Link what was chosen; the one press on a proposal links that alone. What is linked like this stays as it is."""
    post, now, me = request.POST, datetime.now(UTC), signed_in(request)
    if "accept" in post:
        issue, _, name = post["accept"].partition(":")
        why = _chosen(name, f"cause-{issue}")
        attribute(find_issue(case, issue), why, by=me, now=now, proposed=why)
        return
    chosen = {key.removeprefix("cause-"): post.get(key, "") for key in post if key.startswith("cause-") and post[key]}
    if not chosen:
        raise Incomplete("Choose the cause of at least one issue.", "causes")
    linked = dict(Attribution.objects.filter(issue__case=case).values_list("issue", "cause"))
    for issue, name in chosen.items():
        before = linked.get(number(issue) or 0)
        if before is not None and before == number(name):
            continue
        proposed = Cause.objects.filter(pk=number(post.get(f"proposed-{issue}", "")) or 0).first()
        attribute(find_issue(case, issue), _chosen(name, f"cause-{issue}"), by=me, now=now, proposed=proposed)


def _chosen(name: str, field: str) -> Cause:
    why = Cause.objects.filter(pk=number(name) or 0).first()
    if why is None:
        raise Incomplete("That cause is gone. Choose another.", field)
    return why


def prevention(request: HttpRequest) -> HttpResponse:
    """The board: causes by how far their prevention is; who may agree changes may name a cause."""
    if request.method == "POST" and not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager can add a cause. Ask one.")

    def act() -> str:
        post, me = request.POST, signed_in(request)
        made = add_cause(post.get("name", ""), post.get("definition", ""), owner=me, now=datetime.now(UTC))
        return f"“{made.name}” is on the board."

    return pressed(request, partial(_show_board, request), act, "prevention")


def _show_board(request: HttpRequest, error: AmendsError | None) -> HttpResponse:
    context = {
        **chrome(request, "prevention"),
        "columns": board_of(),
        "may_change": signed_in(request).can(Right.MANAGE_CHANGES),
        "typed": request.POST,
        "errors": [("name", str(error))] if error else [],
    }
    return render(request, "desk/prevention.html", context, status=status_of(error) if error else 200)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree a change against a cause, or write down that one was made."""
    why = get_object_or_404(Cause, pk=pk)
    if request.method == "POST" and not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager can agree a change. Ask one.")
    return pressed(request, partial(_show_change, request, why), partial(_change, request, why), "change", pk)


def _show_change(request: HttpRequest, why: Cause, error: AmendsError | None) -> HttpResponse:
    changes = list(why.changes.select_related("owner", "made_by", "training__team", "training__told"))
    today = datetime.now(UTC).date()
    context = {
        **chrome(request, "prevention"),
        "cause": why,
        "changes": changes,
        "titles": {one.pk: titles_of(one.training) for one in changes if one.training},
        "told": {one.pk: told_in_words(one, today) for one in changes},
        "due": {one.pk for one in changes if is_due(one, today)},
        "needs_words": {one.pk for one in changes if needs_words(one)},
        "cases": issues_behind(why),
        "held": held_against(why.pk),
        "kinds": ChangeKind.choices,
        "people": User.objects.filter(is_active=True).order_by("name", "pk"),
        "typed": request.POST,
        "may_change": signed_in(request).can(Right.MANAGE_CHANGES),
        "errors": [(getattr(error, "field", "") or "what", str(error))] if error else [],
    }
    return render(request, "desk/change.html", context, status=status_of(error) if error else 200)


def _change(request: HttpRequest, why: Cause) -> str:
    post, now, me = request.POST, datetime.now(UTC), signed_in(request)
    if post.get("made"):
        made = get_object_or_404(Change, pk=number(post["made"]), cause=why)
        make_change(made, post.get(f"evidence-{made.pk}", ""), by=me, now=now)
        return WRITTEN
    if post.get("kind") not in ChangeKind.values:
        raise Incomplete("Choose what sort of change it is.", "kind")
    owner = User.objects.filter(username=post.get("owner", ""), is_active=True).first()
    if owner is None:
        raise Incomplete("Choose who sees to it.", "owner")
    due = typed_day(post.get("due", ""), "due")
    agree_change(why, post.get("what", ""), ChangeKind(post["kind"]), owner=owner, due=due, by=me, now=now)
    return WRITTEN
