"""The rota of one's team: the week, made by a lead, copied from the week before, and shifts swapped by agreement."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from amends.care.load import load_of
from amends.cases.errors import Incomplete, NotThere
from amends.cases.rota import Planned, copy_week, put_on, take_off
from amends.cases.swap import answer_swap, ask_swap
from amends.cases.team_hours import may_set_hours
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of
from amends.desk.rota_week import asked_of, days_of, in_words, short_of, swapped_lately, theirs_to_come
from amends.desk.staffing_plan import Plan, plan, usual
from amends.errors import AmendsError
from amends.method.rota import WEEK, monday_of
from amends.team.calendar import zone_of
from amends.team.models import Team, User, colleagues
from amends.team.permissions import Right
from amends.team.shift import Duty, Shift, Swap
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def rota(request: HttpRequest) -> HttpResponse:
    """A week of the rota; a pressed button plans, takes off, copies, asks for a swap or answers one."""
    now = datetime.now(UTC)
    monday = _monday(request, now)
    if request.method != "POST":
        return _page(request, monday, now)
    try:
        said = _DO.get(request.POST.get("do", ""), _nothing)(request, monday, now)
    except AmendsError as error:
        return _page(request, monday, now, error)
    messages.success(request, said, extra_tags="good")
    return redirect(f"{reverse('rota')}?week={monday.isoformat()}")


def _monday(request: HttpRequest, now: datetime) -> date:
    """The Monday of the week that is asked for, of this one where none is or where it is no day."""
    zone = zone_of(signed_in(request).team).key
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return monday_of(now, zone)
    return day - day.weekday() * (WEEK / 7) if date(2000, 1, 10) < day < date(2200, 1, 1) else monday_of(now, zone)


def _page(request: HttpRequest, monday: date, now: datetime, error: AmendsError | None = None) -> HttpResponse:
    me = signed_in(request)
    team, leads = me.team, may_set_hours(me, me.team)
    context: dict[str, Any] = {
        **chrome(request, "rota"),
        "team": team,
        "zone": zone_of(team).key,
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "days": days_of(team, monday, me, now),
        "short": short_of(team, monday),
        "asked": asked_of(me, now),
        "swapped": swapped_lately(team, now) if leads else [],
        "leads": leads,
        "forecast": _forecast(team, now) if leads else None,
        "people": [(one.username, one.name) for one in colleagues(me) if one.can(Right.WORK_CASES)],
        "takers": _takers(me, monday, now),
        "duties": [(one.value, one.label) for one in Duty],
        "typed": request.POST if error else {},
        "error": str(error) if error else "",
        "error_field": error.field if isinstance(error, Incomplete) else "",
        "errors": errors_of(error),
    }
    return render(request, "desk/rota.html", context, status=status_of(error) if error else 200)


def _forecast(team: Team, now: datetime) -> Plan | None:
    """The people a team takes by what came in of late; None for more than a plan holds (the load page says so)."""
    try:
        return plan(usual(load_of(team, now)))
    except Incomplete:
        return None


def _takers(me: User, monday: date, now: datetime) -> list[tuple[str, str]]:
    """Whom somebody can ask to take a shift of theirs, for nothing or for one of those of the colleague."""
    people = [(one.username, f"{one.name}, for nothing") for one in colleagues(me) if one.pk != me.pk]
    shifts = theirs_to_come(me.team, me, monday, now)
    return people + [(f"{one.person.username}:{one.pk}", f"{one.person.name}, for {in_words(one)}") for one in shifts]


def _put_on(request: HttpRequest, _monday: date, now: datetime) -> str:
    post, me = request.POST, signed_in(request)
    person, duty = _colleague(me, post.get("person", ""), "person"), post.get("duty", "")
    if duty not in Duty.values:
        raise Incomplete("Choose whether they are on shift or on call.", "duty")
    try:
        day = date.fromisoformat(post.get("day", ""))
    except ValueError as error:
        raise Incomplete("Choose a day, such as 2026-11-23.", "day") from error
    planned = Planned(person, day, post.get("hours", ""), Duty(duty), post.get("reach", ""))
    made = put_on(me.team, planned, by=me, now=now)
    return f"{person.name}: {in_words(made)}."


def _take_off(request: HttpRequest, _monday: date, now: datetime) -> str:
    shift = _shift(signed_in(request), request.POST.get("shift", ""))
    take_off(shift, by=signed_in(request), now=now)
    return f"{shift.person.name} is off the rota: {in_words(shift)}."


def _copy(request: HttpRequest, monday: date, now: datetime) -> str:
    me = signed_in(request)
    count, gone = copy_week(me.team, monday, by=me, now=now)
    left = f" Left out, because they left: {', '.join(gone)}." if gone else ""
    return f"{count} shift{'' if count == 1 else 's'} copied from the week before.{left}"


def _ask(request: HttpRequest, _monday: date, now: datetime) -> str:
    me, (name, _, wanted) = signed_in(request), request.POST.get("to", "").partition(":")
    to = _colleague(me, name, "to")
    ask_swap(_shift(me, request.POST.get("shift", "")), to, _shift(me, wanted) if wanted else None, by=me, now=now)
    return f"{to.name} is asked. Until they say yes, the shift stays yours."


def _answer(request: HttpRequest, _monday: date, now: datetime) -> str:
    me, yes = signed_in(request), request.POST.get("answer") == "yes"
    swap = Swap.objects.filter(to=me, pk=number(request.POST.get("swap", "")) or 0).first()
    if swap is None:
        raise NotThere("There is no such swap any more. Look at the rota again.")
    answer_swap(swap, yes, by=me, now=now)
    return "Swapped. The lead sees it on the rota." if yes else "Declined. Everything stays as it was."


def _nothing(_request: HttpRequest, _monday: date, _now: datetime) -> str:
    raise Incomplete("Press one of the buttons of the rota.")


def _colleague(me: User, username: str, field: str) -> User:
    found = colleagues(me).filter(username=username).first()
    if found is None:
        raise Incomplete("Choose a colleague of your team.", field)
    return found


def _shift(me: User, key: str) -> Shift:
    found = Shift.objects.filter(team=me.team_id, pk=number(key) or 0).select_related("person", "team").first()
    if found is None:
        raise NotThere("This shift is not on the rota any more. Look at the rota again.")
    return found


_DO: dict[str, Callable[[HttpRequest, date, datetime], str]] = {
    "put-on": _put_on,
    "take-off": _take_off,
    "copy": _copy,
    "ask": _ask,
    "answer": _answer,
}
