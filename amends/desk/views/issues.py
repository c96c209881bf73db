"""Listening: the page where what went wrong is confirmed, corrected, added or taken off."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from amends.cases.case import Case
from amends.cases.facts import understandings_of
from amends.cases.hear import Heard, hear
from amends.cases.issue import CATEGORIES
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.thread import conversation, thread
from amends.errors import AmendsError
from amends.ui.numbers import number

NEW_LINES = 3


def issues(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the issues of a case."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/issues.html", _context(request, case), error)

    def act() -> None:
        hear(case, _lines(request), by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down. Now apologise, and say it back in their words.")


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    open_issues = list(case.open_issues().select_related("hearing"))
    entries = thread(case, conversation(case), open_issues, datetime.now(UTC))
    said = [entry for entry in entries if entry["kind"] == "customer"]
    lines = _lines(request) if request.method == "POST" else []
    typed = {line.issue: line for line in lines if line.issue}
    new = [line for line in lines if line.issue is None]
    return {
        "said": said,
        "issues": [{"issue": one, "typed": typed.get(one.pk)} for one in open_issues],
        "new_lines": (new + [Heard(None, "", "")] * NEW_LINES)[: max(NEW_LINES, len(new))],
        "categories": list(CATEGORIES.items()),
        "understandings": list(understandings_of(case)),
    }


def _lines(request: HttpRequest) -> list[Heard]:
    """The lines of the form: each existing issue, then new ones that hold any words."""
    post = request.POST
    existing = [_line(request, pk, value) for value in post.getlist("issue") if (pk := number(value))]
    new = [_line(request, None, f"new-{number}") for number in range(NEW_LINES)]
    return existing + [line for line in new if line.summary.strip() or line.words.strip()]


def _line(request: HttpRequest, issue: int | None, key: str) -> Heard:
    post = request.POST
    return Heard(
        issue=issue,
        summary=post.get(f"summary-{key}", ""),
        category=post.get(f"category-{key}", ""),
        words=post.get(f"words-{key}", ""),
        off=post.get(f"off-{key}") == "on",
        reason=post.get(f"reason-{key}", ""),
    )
