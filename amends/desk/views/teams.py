"""The settings of a team: when it works, and which rule book its clocks follow."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amends.cases.errors import Incomplete
from amends.cases.team_hours import may_set_hours, set_team_hours
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.method.hours import DAYS, NAMES, day_text
from amends.method.profile import NOT_CHECKED, PROFILES, profile_of
from amends.team.calendar import read_calendar
from amends.team.models import Team
from amends.ui.doorkeeper import status_of


def team_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours, holidays and rule book of one team; a team of somebody else is not there."""
    team = get_object_or_404(Team, pk=pk)
    if not may_set_hours(signed_in(request), team):
        raise Http404(f"There is no team {pk} whose hours you set.")
    error: AmendsError | None = None
    if request.method == "POST":
        try:
            set_team_hours(
                team, _typed(request), request.POST.get("profile", ""), by=signed_in(request), now=datetime.now(UTC)
            )
        except AmendsError as refusal:
            error = refusal
        else:
            messages.success(request, f"The {team.name} team's clocks run by these hours now.", extra_tags="good")
            return redirect("team-settings", pk)
    return render(request, "desk/team.html", _context(request, team, error), status=status_of(error) if error else 200)


def _typed(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    return {
        "zone": post.get("zone", "").strip(),
        "hours": {day: post.get(day, "") for day in DAYS},
        "country": post.get("country", "").strip(),
        "region": post.get("region", "").strip(),
        "closed": post.get("closed", "").replace(",", " ").split(),
    }


def _context(request: HttpRequest, team: Team, error: AmendsError | None) -> dict[str, Any]:
    calendar = read_calendar(team.calendar)
    kept = {
        "zone": calendar.zone,
        "country": calendar.country,
        "region": calendar.region,
        "closed": "\n".join(sorted(day.isoformat() for day in calendar.closed)),
        "profile": team.profile,
        **{day: day_text(spans) for day, spans in zip(DAYS, calendar.week, strict=True)},
    }
    typed = request.POST.dict() if error else {}
    field = error.field if isinstance(error, Incomplete) else ""
    return {
        **chrome(request, "settings"),
        "team": team,
        "values": {**kept, **typed},
        "days": list(zip(DAYS, NAMES, strict=True)),
        "profiles": [{"value": key, "label": profile_of(key).name, "hint": _book_hint(key)} for key in PROFILES],
        "errors": [(field or "zone", str(error))] if error else [],
        "error": str(error) if error else "",
        "error_field": field,
    }


def _book_hint(key: str) -> str:
    """What choosing a rule book means: how many clocks, and that nobody compared it with the law."""
    number = sum(len(clause.clocks) for clause in profile_of(key).clauses)
    return f"{number} clocks, {NOT_CHECKED}" if number else "the times of the policy and no others"
