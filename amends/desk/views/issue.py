"""One issue: split into several, merged with another, taken apart again or put back on the case."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.issue import CATEGORIES, Issue
from amends.cases.merge import merge, unmerge
from amends.cases.split import Part, split
from amends.cases.withdraw import put_back
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case, find_issue
from amends.desk.form import form_page, handle
from amends.desk.views.issues import their_words
from amends.errors import AmendsError
from amends.ui.numbers import number

PARTS = 4
FEWEST = 2


def split_page(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """Split an issue that holds more than one thing."""
    case = find_case(request, pk)
    one = find_issue(case, issue)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/issue_split.html", _split_context(request, case, one), error)

    def act() -> None:
        split(one, _parts(request), by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Split. Each part is now an issue of its own.", "issues")


def _split_context(request: HttpRequest, case: Case, one: Issue) -> dict[str, Any]:
    first = Part(one.summary, one.category, one.words)
    given = [_part(request, number) for number in range(PARTS)] if request.method == "POST" else [first]
    return {
        "issue": one,
        "said": their_words(case, [one]),
        "parts": (given + [Part("", one.category, "")] * PARTS)[:PARTS],
        "fewest": FEWEST,
        "categories": list(CATEGORIES.items()),
    }


def _parts(request: HttpRequest) -> list[Part]:
    """The parts somebody wrote; the first two count even when empty, so that what they lack is named."""
    made = [_part(request, number) for number in range(PARTS)]
    return [part for number, part in enumerate(made) if number < FEWEST or part.summary.strip() or part.words.strip()]


def _part(request: HttpRequest, number: int) -> Part:
    post = request.POST
    return Part(
        post.get(f"summary-{number}", ""), post.get(f"category-{number}", ""), post.get(f"words-{number}", "").strip()
    )


def merger(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """Let another issue stand for this one too."""
    case = find_case(request, pk)
    one = find_issue(case, issue)
    others = list(case.open_issues().exclude(pk=one.pk))

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/issue_merger.html", {"issue": one, "others": others}, error)

    def act() -> None:
        into = next((other for other in others if other.pk == number(request.POST.get("into", ""))), None)
        if into is None:
            raise Incomplete("Choose the issue that says the same.", "into")
        merge(one, into, by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Merged. You can take them apart again below.", "issues")


@require_POST
def issue_return(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """Take a merged issue out again, or put one that was taken off back on the case."""
    case = find_case(request, pk)
    one = case.issues.filter(pk=issue).first()
    if one is None:
        raise Http404("There is no such issue on this case.")
    if hasattr(one, "merger"):
        unmerge(one, by=signed_in(request), now=datetime.now(UTC))
    else:
        put_back(one, by=signed_in(request), now=datetime.now(UTC))
    messages.success(request, f"“{one}” stands for itself again.", extra_tags="good")
    return redirect("issues", pk)
