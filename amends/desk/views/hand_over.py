"""The end of a shift: what is due before the next one goes to a colleague who is there, who says yes or returns it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotThere
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.desk.rota_week import in_words
from amends.errors import AmendsError
from amends.recovery.hand_over import HandOver, answer_hand_over, hand_over_now, leaving, takers
from amends.recovery.leaving import summary_of
from amends.team.models import User
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def hand_over(request: HttpRequest) -> HttpResponse:
    """What I leave behind, whom I can ask, and what I am asked to take over."""
    now = datetime.now(UTC)
    act = _answer if request.POST.get("hand_over") else _ask
    return pressed(request, partial(_page, request, now), partial(act, request, now), "hand-over")


def _ask(request: HttpRequest, now: datetime) -> str:
    me, post = signed_in(request), request.POST
    wanted = [found for one in post.getlist("cases") if (found := number(one))]
    to = User.objects.filter(username=post.get("to", ""), is_active=True).first()
    if to is None:
        raise Incomplete("Choose a colleague who is on shift now.", "to")
    made = hand_over_now(
        list(Case.objects.visible_to(me).filter(pk__in=wanted)), to, post.get("note", ""), by=me, now=now
    )
    stay = "it stays" if len(made) == 1 else "they stay"
    return f"{to.name} is asked to take {len(made)} over. Until they say yes, {stay} yours."


def _answer(request: HttpRequest, now: datetime) -> str:
    me, yes = signed_in(request), request.POST.get("answer") == "yes"
    asked = HandOver.objects.filter(to=me, pk=number(request.POST["hand_over"]) or 0).first()
    if asked is None:
        raise NotThere("Nobody asks you to take this over any more.")
    answer_hand_over(asked, yes, request.POST.get("words", ""), by=me, now=now)
    return f"Complaint {asked.case_id} is yours now." if yes else f"Complaint {asked.case_id} is returned."


def _page(request: HttpRequest, now: datetime, error: AmendsError | None) -> HttpResponse:
    me = signed_in(request)
    left = leaving(me, now)
    cases = [row.case for row in left.rows]
    people = {one.pk: one for case in cases for one in takers(case, me, now)}
    context: dict[str, Any] = {
        **chrome(request, "hand-over"),
        "following": in_words(left.following) if left.following else "",
        "leaving": [(row, summary_of(row.case, now)) for row in left.rows],
        "people": [{"value": one.username, "label": one.name, "hint": one.team.name} for one in people.values()],
        "asked": [(one, summary_of(one.case, now)) for one in _open(me, to=True)],
        "waiting": _open(me, to=False),
        "returned": _returned(me),
        "typed": request.POST if error else {},
        "error": str(error) if error else "",
        "error_field": error.field if isinstance(error, Incomplete) else "",
        "errors": errors_of(error),
    }
    return render(request, "desk/hand_over.html", context, status=status_of(error) if error else 200)


def _open(me: User, *, to: bool) -> list[HandOver]:
    """What waits for an answer of mine, or for one of a colleague."""
    rows = HandOver.objects.filter(answer=None).select_related("case__customer", "case__team", "by", "to")
    return list(rows.filter(to=me, case__in=Case.objects.visible_to(me)) if to else rows.filter(by=me))


def _returned(me: User) -> list[HandOver]:
    """The last five a colleague returned."""
    rows = HandOver.objects.filter(by=me, answer__accepted=False).select_related("to", "answer")
    return list(rows.order_by("-pk")[:5])
