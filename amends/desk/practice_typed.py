"""The form of a scenario: what was typed, the buttons that change the form itself, and a file in its place."""

from django.http import HttpRequest, QueryDict

from amends.cases.errors import Incomplete
from amends.desk.form import text_given
from amends.practice.own.asked import ISSUE, SUITS, TOP, Asked
from amends.practice.own.draft import Draft, Typed
from amends.practice.own.models import LARGEST
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.sheet import sheet
from amends.rehearsal.shelf import MOST_ISSUES, read_scenario
from amends.ui.numbers import number

LARGEST_FILE = 4 * LARGEST


def typed_draft(post: QueryDict) -> Draft:
    """Return what was typed, with as many issues as the form had."""
    count = min(max(number(post.get("issues", "")) or 1, 1), MOST_ISSUES)
    top = {**_typed(post, (*TOP, SUITS)), "id": post.get("id", "")}
    issues = ({**_typed(post, ISSUE, f"-{at}"), "id": post.get(f"id-{at}", "")} for at in range(1, count + 1))
    return Draft(top, tuple(issues))


def _typed(post: QueryDict, asked: tuple[Asked, ...], after: str = "") -> Typed:
    return {
        one.name: tuple(post.getlist(one.name + after)) if one.kind == "checks" else post.get(one.name + after, "")
        for one in asked
    }


def changed_form(draft: Draft, do: str) -> Draft | None:
    """Return the draft after a button that changes the form itself, None for any other button."""
    what, _, at = do.partition("-")
    issue = number(at) or 0
    if what == "add":
        return draft.with_issue()
    if what == "out":
        return draft.without_issue(issue)
    return draft.with_graver(issue) if what == "up" else None


def scenario_given(request: HttpRequest) -> Scenario:
    """Return the scenario of the file somebody chose; raises SheetRefused with line and field, and Incomplete."""
    file = request.FILES.get("file")
    if file is None:
        raise Incomplete("Choose the file of a scenario first.", "file")
    words = text_given(request, LARGEST_FILE, "This file is too large for a scenario.", "UTF-8")
    return read_scenario(sheet(words, (file.name or "The file")[:80]))
