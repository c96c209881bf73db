"""The team's load for leads: what waits, how many people it takes, how hard the weeks were; nothing of one person."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from amends.care.load import load_of
from amends.care.weeks import told_weeks
from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.staffing_plan import ALARM, plan, usual
from amends.ui.doorkeeper import status_of


@require_GET
def team_load(request: HttpRequest) -> HttpResponse:
    """The page, with a plan for what is typed into it, or for what came in of late."""
    team, now = signed_in(request).team, datetime.now(UTC)
    load = load_of(team, now)
    typed = {name: request.GET.get(name, figure) for name, figure in usual(load).items()}
    found, error = None, None
    try:
        found = plan(typed)
    except Incomplete as refusal:
        error = refusal
    context = {
        **chrome(request, "load"),
        "team": team,
        "load": load,
        "weeks": told_weeks(team, now),
        "typed": typed,
        "plan": found,
        "alarm": ALARM,
        "error": str(error) if error else "",
        "error_field": error.field if error else "",
        "errors": [(error.field, str(error))] if error else [],
    }
    return render(request, "desk/load.html", context, status=status_of(error) if error else 200)
