"""Writing a scenario of one's own, or a new version of one: in a form, or as a file."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.case import Case
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import errors_of
from amends.desk.practice_typed import changed_form, scenario_given, typed_draft
from amends.errors import AmendsError
from amends.library.people import common_words, known_of_case
from amends.practice.own.asked import ISSUE, SUITS, TOP
from amends.practice.own.begins import begins
from amends.practice.own.draft import Draft, draft_of, scenario_of
from amends.practice.own.find import Kept, find_kept
from amends.practice.own.from_case import Behind, check_source, draft_from, marks
from amends.practice.own.models import OwnVersion
from amends.practice.own.write import change_scenario, keep_from_case, keep_scenario
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.shelf import MOST_ISSUES, scenarios
from amends.rehearsal.winnable import refuse_where_nobody_wins
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

Keeps = Callable[[Scenario], OwnVersion]


def practice_scenario_new(request: HttpRequest) -> HttpResponse:
    """Write a scenario; `?like=` begins with one that comes with Amends."""
    me = signed_in(request)
    like = scenarios().get(request.GET.get("like", ""))
    return write(
        request,
        draft_of(like) if like else Draft({}),
        lambda said: keep_scenario(said, by=me, now=datetime.now(UTC)),
        {"title": "Write a scenario", "back": "practice-scenarios", "like": like.id if like else ""},
    )


def practice_scenario_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new version of a scenario."""
    me = signed_in(request)
    found = find_kept(pk, me)
    after = number(request.POST.get("after", ""))
    behind = behind_of(found.case) if found.case else None
    known = behind.known if behind else None
    return write(
        request,
        draft_of(found.last.read()),
        lambda said: change_scenario(found, said, after, by=me, now=datetime.now(UTC), known=known),
        {"title": f"Change “{found.last.title}”", "kept": found, "back": "practice-scenario", "behind": behind},
    )


def practice_scenario_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a scenario from a closed case: the form begins with what went wrong, without who it was."""
    me, case = signed_in(request), find_case(request, pk)
    check_source(case, by=me)
    behind = behind_of(case)
    return write(
        request,
        draft_from(case, behind),
        lambda said: keep_from_case(case, said, behind.known, by=me, now=datetime.now(UTC)),
        {"title": "Make a scenario from this case", "made_from": case, "behind": behind},
    )


def behind_of(case: Case) -> Behind:
    """Return what is known of the people in a case."""
    return Behind(known_of_case(case), common_words(case))


def write(request: HttpRequest, draft: Draft, keeps: Keeps, context: dict[str, Any]) -> HttpResponse:
    """Show a form with a draft in it; on POST keep what it says, or show it again as its buttons ask."""
    if request.method != "POST":
        return _show(request, draft, context)
    by_file = request.POST.get("do") == "file"
    draft = draft if by_file else typed_draft(request.POST)
    changed = changed_form(draft, request.POST.get("do", ""))
    if changed is not None:
        return _show(request, changed, context)
    try:
        said = scenario_given(request) if by_file else scenario_of(draft)
        if request.POST.get("do") == "begins":
            refuse_where_nobody_wins(said)
            return _show(request, draft, {**context, "begins": begins(said)})
        version = keeps(said)
    except AmendsError as error:
        return _show(request, draft, context, error)
    messages.success(request, _kept(version), extra_tags="good")
    return redirect("practice-scenario", version.scenario_id)


def _kept(version: OwnVersion) -> str:
    if hasattr(version.scenario, "source"):
        return "Kept. A second person has to read it before others play it."
    return "Kept. It can be played now." if version.number == 1 else "Kept. New rounds begin with this version."


def _show(
    request: HttpRequest, draft: Draft, context: dict[str, Any], error: AmendsError | None = None
) -> HttpResponse:
    errors = errors_of(error)
    kept: Kept | None = context.get("kept")
    behind: Behind | None = context.get("behind")
    shared = {
        **chrome(request, "practice"),
        "draft": draft,
        "top": TOP,
        "suits": SUITS,
        "asked": ISSUE,
        "room": len(draft.issues) < MOST_ISSUES,
        "after": number(request.POST.get("after", "")) or (kept.last.number if kept else ""),
        "errors": errors,
        "wrong": dict(errors),
        "marks": marks(draft, behind) if behind else [],
    }
    return render(
        request,
        "desk/practice_scenario_form.html",
        {**shared, **context},
        status=status_of(error) if error else 200,
    )
