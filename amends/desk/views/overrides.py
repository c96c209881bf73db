"""The report of what was decided against a rule, on a page and as a file."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from amends.desk.chrome import chrome, signed_in
from amends.recovery.overrides import RULES, Asked, by_month, every_override, place_of
from amends.recovery.overrides import overrides as overrides_of
from amends.team.models import Team
from amends.team.permissions import Right
from amends.ui.numbers import number
from amends.ui.table_file import table_file

PAGE = 50
HEADS = ["When", "Rule", "What was missing", "Reason", "Who", "Case", "Customer"]


@require_GET
def overrides(request: HttpRequest) -> HttpResponse:
    """Everything done although a rule said no or not yet, newest first, and how often by rule and month."""
    asked = _asked(request)
    found = overrides_of(asked, place_of(request.GET.get("after", "")), PAGE + 1)
    page = found[:PAGE]
    chosen = {"team": asked.team or "", "rule": asked.rule}
    context = {
        "found": page,
        "months": by_month(asked),
        "rules": {asked.rule: RULES[asked.rule]} if asked.rule else RULES,
        "rule_choices": [("", "Every rule"), *RULES.items()],
        "team_choices": _teams(request),
        "chosen": {name: str(value) for name, value in chosen.items()},
        "file_href": f"{reverse('overrides-file')}?{urlencode(chosen)}",
        "next_page": f"?{urlencode({**chosen, 'after': page[-1].place})}" if len(found) > PAGE else "",
    }
    return render(request, "desk/overrides.html", {**chrome(request, "overrides"), **context})


@require_GET
def overrides_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table for a spreadsheet, every row, with no cell a spreadsheet would take for a formula."""
    return table_file("overrides.csv", HEADS, _rows(_asked(request)))


def _rows(asked: Asked) -> Iterator[list[Any]]:
    for one in every_override(asked):
        when = localtime(one.at).isoformat(sep=" ", timespec="minutes")
        yield [when, one.title, one.missing, one.reason, one.who, one.case, one.customer]


def _asked(request: HttpRequest) -> Asked:
    rule = request.GET.get("rule", "")
    return Asked(signed_in(request), number(request.GET.get("team", "")), rule if rule in RULES else "")


def _teams(request: HttpRequest) -> list[tuple[str, str]]:
    """The teams to choose from; none for somebody who sees only their own."""
    if not signed_in(request).can(Right.SEE_ALL_TEAMS):
        return []
    return [("", "Every team"), *((str(team.pk), team.name) for team in Team.objects.order_by("name"))]
