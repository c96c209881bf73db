"""The checks of replies: how each stands with a team, and the way back for one that stepped down."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from amends.cases.check_levels import budget, may_restore, restore_check
from amends.cases.check_report import CheckReport, check_reports
from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.coach import IN_THE_MATRIX
from amends.errors import AmendsError
from amends.language.brief import LEVELS
from amends.language.catalogue import catalogue
from amends.method.policy_words import percent
from amends.team.models import Team
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

LEVEL_WORDS = {"stop": "Stop", "warn": "Warning", "hint": "Hint", "quiet": "Not shown"}


def checks(request: HttpRequest) -> HttpResponse:
    """Every check with its level and its counts for one team; whoever may puts one back, with a reason."""
    team = _team(request)
    error: AmendsError | None = None
    if request.method == "POST":
        chosen = request.POST.get("number", "")
        try:
            made = restore_check(
                team, chosen, request.POST.get(f"reason-{chosen}", ""), by=signed_in(request), now=datetime.now(UTC)
            )
        except AmendsError as refusal:
            error = refusal
        else:
            told = f"“{catalogue()[made.number].label}” is back at its level, and counted anew."
            messages.success(request, told, extra_tags="good")
            return redirect(f"{reverse('checks')}?team={team.pk}")
    return render(
        request, "desk/checks.html", _context(request, team, error), status=status_of(error) if error else 200
    )


def _team(request: HttpRequest) -> Team:
    """The team that is asked for; the own one for somebody who sees no other."""
    me, asked = signed_in(request), number(request.POST.get("team") or request.GET.get("team", ""))
    sees_all = me.can(Right.SEE_ALL_TEAMS)
    return get_object_or_404(Team, pk=asked) if asked and sees_all else me.team


def _context(request: HttpRequest, team: Team, error: AmendsError | None) -> dict[str, Any]:
    me, limit, reports = signed_in(request), budget(), check_reports(team.pk)
    chosen = request.POST.get("number", "") if error else ""
    field = f"{error.field}-{chosen}" if isinstance(error, Incomplete) else ""
    return {
        **chrome(request, "checks"),
        "team": team,
        "team_choices": _teams() if me.can(Right.SEE_ALL_TEAMS) else [],
        "stepped_down": [one for one in reports if one.has_stepped_down],
        "at_level": [(level, [one for one in reports if _stands(one, level)]) for level in LEVELS],
        "level_words": LEVEL_WORDS,
        "in_the_matrix": IN_THE_MATRIX,
        "share": percent(limit.share),
        "fewest": limit.fewest,
        "may_restore": may_restore(me, team.pk),
        "typed": request.POST if error else {},
        "chosen": chosen,
        "error": str(error) if error else "",
        "error_field": field,
        "errors": [(field or "main", str(error))] if error else [],
    }


def _stands(one: CheckReport, level: str) -> bool:
    return one.level == level and not one.has_stepped_down


def _teams() -> list[tuple[str, str]]:
    return [(str(team.pk), team.name) for team in Team.objects.order_by("name")]
