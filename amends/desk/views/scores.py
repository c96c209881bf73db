"""How was it for them? The scores with all that belongs beside them, the cases behind each number, and a table."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from amends.desk.chrome import chrome, signed_in
from amends.desk.score_words import DAYS, GROUPS, group_name, kept, section, sentence
from amends.desk.survey_told import ASKED
from amends.recovery.scores import Which, groups, left_out, left_out_for, scores, since, surveys
from amends.team.models import Team
from amends.team.permissions import Right
from amends.ui.numbers import number
from amends.ui.table_file import table_file

PAGE = 50
HEADS = ["Asked", "Why then", "Severity", "Channel", "CSAT", "NPS", "CES", "Settled", "In their words", "Case"]


@require_GET
def scores_page(request: HttpRequest) -> HttpResponse:
    """Each score as a sentence, with who answered, what the silent could change, and who they are."""
    which, chosen = _which(request)
    found = surveys(which)
    context = {
        "sections": [section(one, chosen) for one in scores(found)],
        "groups": [(title, groups(found, name)) for name, title in GROUPS.items()] if found else [],
        "group_name": group_name,
        "differs": sentence(found),
        "left_out": left_out(which),
        "asked": len(found),
        "answered": sum(one.has_answered for one in found),
        "in_words": sum(bool(one.words) for one in found),
        **_filters(request, chosen),
    }
    return render(request, "desk/scores.html", {**chrome(request, "scores"), **context})


@require_GET
def scores_cases(request: HttpRequest) -> HttpResponse:
    """The surveys behind one number, newest first: what was asked, what was answered, and the case."""
    which, chosen = _which(request)
    behind = {name: request.GET[name] for name in ("kind", "only", "value", *GROUPS) if request.GET.get(name)}
    reason = request.GET.get("left", "")
    found = left_out_for(which, reason) if reason else [one for one in surveys(which) if kept(one, behind)]
    start = number(request.GET.get("from", "")) or 0
    page = found[start : start + PAGE]
    more = {**chosen, **behind, **({"left": reason} if reason else {}), "from": start + PAGE}
    context = {
        "found": page,
        "count": len(found),
        "left": reason,
        "shown": ASKED,
        "group_name": group_name,
        "back_href": f"{reverse('scores')}?{urlencode(chosen)}",
        "next_page": f"?{urlencode(more)}" if len(found) > start + PAGE else "",
    }
    return render(request, "desk/scores_cases.html", {**chrome(request, "scores"), **context})


@require_GET
def scores_file(request: HttpRequest) -> StreamingHttpResponse:
    """Every survey as a row of a table; who worked on the case is not in it."""
    which, _ = _which(request)
    return table_file("scores.csv", HEADS, _rows(which))


def _rows(which: Which) -> Iterator[list[Any]]:
    for one in surveys(which):
        asked = localtime(one.at).isoformat(sep=" ", timespec="minutes")
        answers = [one.answers.get(kind, "") for kind in ASKED]
        names = [group_name("why", one.why), group_name("severity", str(one.severity)), one.channel]
        yield [asked, *names, *answers, one.words, one.case]


def _which(request: HttpRequest) -> tuple[Which, dict[str, str]]:
    """What the address asks for: so many days, one team or all of those this person sees."""
    days, team = request.GET.get("days", ""), number(request.GET.get("team", ""))
    days = days if days in DAYS else "90"
    which = Which(signed_in(request), since(int(days), datetime.now(UTC)), team)
    return which, {"days": days, "team": str(team or "")}


def _filters(request: HttpRequest, chosen: dict[str, str]) -> dict[str, Any]:
    teams = [("", "Every team"), *((str(team.pk), team.name) for team in Team.objects.order_by("name"))]
    return {
        "chosen": chosen,
        "days_choices": list(DAYS.items()),
        "team_choices": teams if signed_in(request).can(Right.SEE_ALL_TEAMS) else [],
        "file_href": f"{reverse('scores-file')}?{urlencode(chosen)}",
        "cases_href": f"{reverse('scores-cases')}?{urlencode(chosen)}",
        "policy_href": reverse("policy"),
    }
