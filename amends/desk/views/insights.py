"""The insight pages: one question a page, its answer, the cases behind each number, each table as a file."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from amends.cases.standing import Standing
from amends.desk.chrome import chrome, signed_in
from amends.desk.rows import queue_rows
from amends.desk.views.queue import place, place_of
from amends.insights.answer import counted
from amends.insights.questions import QUESTIONS, Question
from amends.insights.scope import DEFAULT, PERIODS, Scope
from amends.team.models import Team
from amends.team.permissions import Right
from amends.ui.numbers import number
from amends.ui.table_file import table_file

PAGE = 50


@require_GET
def insights(request: HttpRequest) -> HttpResponse:
    """Every question with the sentence that answers it."""
    scope = _scope(request)
    answers = [(one, one.answer(scope).sentence) for one in QUESTIONS.values()]
    shown = {"answers": answers, "may_publish": scope.user.can(Right.PUBLISH)}
    return render(request, "desk/insights.html", _around(request, scope) | shown)


@require_GET
def insight(request: HttpRequest, question: str) -> HttpResponse:
    """One question: a sentence, pictures, tables whose numbers lead to their cases."""
    asked = _question(question)
    scope = _scope(request, asked)
    context = {"question": asked, "answer": asked.answer(scope), "choices": asked.choices}
    around = _around(request, scope)
    return render(request, "desk/insight.html", around | context | ({} if asked.timed else {"periods": []}))


@require_GET
def insight_cases(request: HttpRequest, question: str) -> HttpResponse:
    """The cases behind one number, the latest first, paged by place; without a number, the question itself."""
    asked = _question(question)
    scope = _scope(request, asked)
    of = request.GET.get("of", "")
    if not of:
        return redirect("insight", asked.key)
    found = asked.cases(scope, of) if of.isprintable() else None
    if found is None:
        raise Http404("There is no such number.")
    standings = Standing.objects.visible_to(scope.user).filter(case__in=found.cases.values("pk")).latest_first()
    total = standings.count()
    if after := place_of(request.GET.get("after", "")):
        standings = standings.after(*after, "closed")
    rows = list(standings[: PAGE + 1])
    context = {
        "question": asked,
        "title": found.title,
        "total": counted(total, "case"),
        "rows": queue_rows(rows[:PAGE], "team", scope.now),
        "next_page": f"?{_query(scope, of=of, after=place(rows[PAGE - 1].order_at, rows[PAGE - 1].pk))}"
        if len(rows) > PAGE
        else "",
        "back": f"{reverse('insight', args=[asked.key])}?{_query(scope)}",
    }
    return render(request, "desk/insight_cases.html", chrome(request, "insights") | context)


@require_GET
def insight_file(request: HttpRequest, question: str, table: str) -> StreamingHttpResponse:
    """One table of an answer as a file for a spreadsheet."""
    asked = _question(question)
    answer = asked.answer(_scope(request, asked))
    wanted = next((one for one in answer.ground.tables if one.key == table), None)
    if wanted is None:
        raise Http404("There is no such table.")
    rows = ([cell.text for cell in row] for row in wanted.rows)
    return table_file(f"{asked.key}-{wanted.key}.csv", [head.label for head in wanted.heads], rows)


def _question(key: str) -> Question:
    if key not in QUESTIONS:
        raise Http404("There is no such question.")
    return QUESTIONS[key]


def _scope(request: HttpRequest, asked: Question | None = None) -> Scope:
    """What the address asks about; words it does not know ask for what is usual."""
    user, get = signed_in(request), request.GET
    by = get.get("by", "")
    return Scope(
        user=user,
        now=datetime.now(UTC),
        period=PERIODS.get(get.get("period", ""), DEFAULT),
        team=number(get.get("team", "")) if user.can(Right.SEE_ALL_TEAMS) else None,
        by=by if asked and by in asked.choices else "",
    )


def _around(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """What stands around every answer: the choices made, and how an address carries them on."""
    return chrome(request, "insights") | {
        "scope": scope,
        "periods": [(one.key, one.label) for one in PERIODS.values()],
        "teams": _teams(request),
        "query": _query(scope),
    }


def _query(scope: Scope, **more: str) -> str:
    """The choices as a query string, without what is usual."""
    said = {
        "period": "" if scope.period is DEFAULT else scope.period.key,
        "team": str(scope.team or ""),
        "by": scope.by,
        **more,
    }
    return urlencode({name: value for name, value in said.items() if value})


def _teams(request: HttpRequest) -> list[tuple[str, str]]:
    """The teams to choose from; none for somebody who sees only their own."""
    if not signed_in(request).can(Right.SEE_ALL_TEAMS):
        return []
    return [("", "Every team"), *((str(team.pk), team.name) for team in Team.objects.order_by("name"))]
