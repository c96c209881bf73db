"""Letting a newcomer of one's team answer customers before they practised as the policy asks."""

from datetime import UTC, datetime
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from amends.cases.begin_live import let_begin
from amends.cases.errors import Incomplete
from amends.cases.team_hours import may_set_hours
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import pressed
from amends.errors import AmendsError
from amends.team.begun import let_begin_in
from amends.team.models import Team
from amends.team.permissions import Role
from amends.team.policy import current
from amends.team.training import group_of
from amends.ui.doorkeeper import status_of


def newcomers(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom leads let begin earlier, and letting somebody; a team of somebody else is not there."""
    team = get_object_or_404(Team, pk=pk)
    if not may_set_hours(signed_in(request), team):
        raise Http404(f"There is no team {pk} whose newcomers you let begin.")
    return pressed(request, partial(_show, request, team), partial(_let, request, team), "newcomers", pk)


def _show(request: HttpRequest, team: Team, error: AmendsError | None) -> HttpResponse:
    rows = list(let_begin_in(team.pk))
    before = {row.person_id for row in rows}
    field = getattr(error, "field", "") or "person"
    context = {
        **chrome(request, "settings"),
        "team": team,
        "rows": rows,
        "agents": [one for one in group_of(team.pk, Role.AGENT) if one.pk not in before],
        "policy": current(),
        "typed": request.POST,
        "errors": [(field, str(error))] if error else [],
    }
    return render(request, "desk/newcomers.html", context, status=status_of(error) if error else 200)


def _let(request: HttpRequest, team: Team) -> str:
    chosen = group_of(team.pk, Role.AGENT).filter(username=request.POST.get("person", "")).first()
    if chosen is None:
        raise Incomplete("Choose who begins.", "person")
    let_begin(chosen, request.POST.get("reason", ""), by=signed_in(request), now=datetime.now(UTC))
    return f"{chosen.name} can answer customers now."
