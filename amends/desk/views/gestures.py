"""The budget of gestures: what is left this month, what was given and why, for leads, on a page and as a file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from amends.cases.errors import Incomplete, NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.desk.views.gesture import amount_of, unit_name
from amends.errors import AmendsError
from amends.loyalty.stayed import stayed
from amends.method.money import written
from amends.purse.account import month_of
from amends.purse.budget import months, set_budget, units
from amends.purse.told import became, given_in
from amends.team.models import Team
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number
from amends.ui.table_file import table_file

HEADS = ["When", "Customer", "Case", "What", "Worth", "Why", "In words", "Given by", "What became of it"]
MONTHS_BACK = 12


def gestures(request: HttpRequest) -> HttpResponse:
    """What is left this month and what was given; on POST the budget of the running month is set."""
    if request.method == "POST" and not signed_in(request).can(Right.KEEP_BUDGET):
        raise NotAllowed("A lead of the team sets its budget of gestures. Ask one.")
    team = _team(request)

    def act() -> str:
        unit, typed = request.POST.get("unit", ""), request.POST.get("amount", "")
        made = set_budget(team, unit, amount_of(typed, unit), by=signed_in(request), now=datetime.now(UTC))
        left = written(made.left, unit)
        return f"The {team.name} team may give {written(made.budget, unit)} this month; {left} is left."

    return pressed(request, partial(_show, request), act, f"{reverse('gestures')}?{urlencode({'team': team.pk})}")


@require_GET
def gestures_file(request: HttpRequest) -> StreamingHttpResponse:
    """What was given in a month as a table for a spreadsheet."""
    return table_file("gestures.csv", HEADS, _lines(_team(request), _month(request)))


def _lines(team: Team, month: date) -> Iterator[list[Any]]:
    now = datetime.now(UTC)
    for one in given_in(team, month):
        when = localtime(one.at).isoformat(sep=" ", timespec="minutes")
        why, worth = one.get_reason_display(), one.worth
        who = one.customer.called
        yield [when, who, one.case_id, one.title, worth, why, one.because, one.by.name, became(one, now)]


def _show(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    me, now, team, month = signed_in(request), datetime.now(UTC), _team(request), _month(request)
    asked = {"team": team.pk, "month": f"{month:%Y-%m}"}
    context = {
        **chrome(request, "gestures"),
        "team": team,
        "month": month,
        "months": months(team, month),
        "stayed": stayed(team, now) if month == month_of(now) else (),
        "rows": [(one, became(one, now)) for one in given_in(team, month)],
        "month_choices": [(f"{one:%Y-%m}", f"{one:%B %Y}") for one in _back(month_of(now))],
        "team_choices": _teams(request),
        "chosen": {name: str(value) for name, value in asked.items()},
        "units": [(one, unit_name(one)) for one in units()],
        "is_running": month == month_of(now),
        "may_set": me.can(Right.KEEP_BUDGET),
        "file_href": f"{reverse('gestures-file')}?{urlencode(asked)}",
        "typed": request.POST,
        "error": str(error) if error else "",
        "error_field": error.field if isinstance(error, Incomplete) else "",
        "errors": errors_of(error),
    }
    return render(request, "desk/gestures.html", context, status=status_of(error) if error else 200)


def _team(request: HttpRequest) -> Team:
    """The team asked about, for those who see every team; else one's own."""
    me = signed_in(request)
    asked = number((request.POST if request.method == "POST" else request.GET).get("team", ""))
    found = Team.objects.filter(pk=asked).first() if asked and me.can(Right.SEE_ALL_TEAMS) else None
    return found or me.team


def _month(request: HttpRequest) -> date:
    """The month asked about; the running one for what is no month of the last year."""
    running = month_of(datetime.now(UTC))
    asked = request.GET.get("month", "")
    return next((one for one in _back(running) if f"{one:%Y-%m}" == asked), running)


def _back(running: date) -> list[date]:
    """The running month and the twelve before it."""
    first = running.year * 12 + running.month - 1
    return [date((first - back) // 12, (first - back) % 12 + 1, 1) for back in range(MONTHS_BACK + 1)]


def _teams(request: HttpRequest) -> list[tuple[str, str]]:
    if not signed_in(request).can(Right.SEE_ALL_TEAMS):
        return []
    return [(str(team.pk), team.name) for team in Team.objects.order_by("name")]
