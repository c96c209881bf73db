"""One case: the conversation, the recovery path, the place to write."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amends.cases.case import Case
from amends.cases.clocks import Owed, next_owed
from amends.cases.facts import facts_of, with_story
from amends.cases.issue import Issue
from amends.cases.phrase import Phrase
from amends.desk.beside import Beside, beside
from amends.desk.between import between
from amends.desk.came_back import came_back
from amends.desk.chrome import CARE, TITLES, chrome, signed_in
from amends.desk.felt import felt_here
from amends.desk.finding import WHOLE, find_case
from amends.desk.listening import listening
from amends.desk.live_check import live_check
from amends.desk.notices import notices
from amends.desk.promised import promise_rows
from amends.desk.rail import rail
from amends.desk.survey_told import surveys_told
from amends.desk.thread import conversation, thread
from amends.desk.views.queue import listing
from amends.method.path import Attention, recovery_path
from amends.method.steps import SPOKEN_STEPS, Step
from amends.recovery.rule_book import rule_book_clocks
from amends.team.models import User
from amends.team.permissions import Right
from amends.ui.words import day, moment, when

BESIDE = 20


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The case page."""
    return case_page(request, find_case(request, pk, WHOLE))


def case_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """The conversation and the path alone for a live page, the whole page for everybody else."""
    if not request.headers.get("HX-Request"):
        return case_page(request, find_case(request, pk, WHOLE))
    return render(request, "desk/_live.html", {**_story(request, find_case(request, pk, WHOLE)), "swap": True})


def case_page(
    request: HttpRequest,
    case: Case,
    *,
    status: int = 200,
    writing: str = "reply",
    text: str = "",
    error: str = "",
    gate: bool = False,
) -> HttpResponse:
    """The whole page, with what was typed and the sentence that helps when something was refused.

    Where a `gate` stopped a letter, whoever has the right can say why it goes ahead.
    """
    story = _story(request, case)
    key = request.GET.get("list", "")
    key = key if key in TITLES else _home_list(request, case)
    around = chrome(request, key)
    context = {
        **around,
        **listing(request, key, case.pk, most=BESIDE, total=around["counts"].get(key, "")),
        **story,
        "showing": "case",
        "composer": _composer(request, case, story, writing=writing, text=text, error=error),
        "felt": felt_here(case, signed_in(request), datetime.now(UTC)) if CARE in request.COOKIES else [],
        "may_pass": gate and signed_in(request).can(Right.OVERRIDE_GATE),
        "reason": request.POST.get("exception", ""),
    }
    return render(request, "desk/case.html", context, status=status)


def _home_list(request: HttpRequest, case: Case) -> str:
    """The list a case stands in, for somebody who came without one."""
    if case.standing.attention == Attention.DONE:
        return "closed"
    if case.standing.attention == Attention.WAITING:
        return "waiting"
    if case.standing.assignee_id is None:
        return "unassigned"
    return "mine" if case.standing.assignee_id == signed_in(request).pk else "team"


def _story(request: HttpRequest, case: Case) -> dict[str, Any]:
    now = datetime.now(UTC)
    issues = list(with_story(case.open_issues()))
    messages = conversation(case)
    facts = facts_of(case, now)
    path = recovery_path(facts)
    around = beside(case, signed_in(request), now)
    may_work = signed_in(request).can(Right.WORK_CASES) and not around.about_me and not case.is_erased
    return {
        "case": case,
        "issues": issues,
        "path": path,
        "rail": rail(case, path, rule_book_clocks(case), now, may_work=may_work),
        "thread": thread(case, messages, issues, now),
        "facts": _customer_facts(case, around),
        "notices": [*between(case, signed_in(request)), *notices(case, facts, around, now)],
        "meta": _meta(case, next_owed(case, facts, path), around),
        "may_work": may_work,
        "about_me": around.about_me,
        "actions": _actions(case, signed_in(request)),
        "came_back": came_back(issues, facts, signed_in(request)),
        "surveys": surveys_told(case),
        "listening": listening(case, issues, facts),
    }


def _meta(case: Case, owed: Owed | None, around: Beside) -> str:
    parts = [case.customer.called, f"customer since {day(case.customer.since)}", f"case {case.pk}"]
    if hasattr(case, "closure"):
        parts.append(f"closed {moment(case.closure.at)} by {case.closure.by.name}")
    elif owed is not None:
        parts.append(f"{owed.what} {when(owed.due_at)}")
    if hasattr(case, "assignment"):
        parts.append(f"with {case.assignment.to.first_name}")
    if hasattr(case, "escalation"):
        parts.append("the customer asked for somebody higher up")
    if around.limited_until is not None:
        parts.append(f"contact limited until {day(around.limited_until)}")
    return " · ".join(parts)


def _actions(case: Case, reader: User) -> list[dict[str, str]]:
    """The menu beside the title: what can be done with the case as a whole."""
    closed = hasattr(case, "closure")
    held = getattr(case, "assignment", None)
    names = [
        ("customer", f"About {case.customer.first_name}", "heart-handshake"),
        ("history", "History", "history"),
        ("snooze", "Put aside", "clock"),
        ("promises", "Promises", "calendar-check"),
        ("refusal", "Refuse with reasons", "circle-slash"),
        ("conduct", "When it becomes too much", "shield"),
        ("subject", "It is about one of us", "user"),
        *([("person", "What we hold about them", "id-card")] if reader.can(Right.ERASE) else []),
        *([("hint", f"A hint to {held.to.first_name}", "feather")] if held and held.to_id != reader.pk else []),
        ("debrief", "Look back on it", "notebook-pen"),
        *([("study-writing", "Write a case study", "book-open")] if _may_tell(closed, reader) else []),
        *([("practice-scenario-case", "Make a practice scenario", "drama")] if _may_make(closed, reader) else []),
        ("reopening" if closed else "closure", "Reopen" if closed else "Close the case", "circle-check"),
    ]
    return [{"label": label, "icon": icon, "href": reverse(name, args=[case.pk])} for name, label, icon in names]


def _may_make(closed: bool, reader: User) -> bool:
    return closed and reader.can(Right.WRITE_SCENARIOS)


def _may_tell(closed: bool, reader: User) -> bool:
    return closed and reader.can(Right.WRITE_STUDIES)


def _customer_facts(case: Case, around: Beside) -> list[tuple[str, str]]:
    return [
        ("Writes from", case.address),
        ("Customer since", day(case.customer.since)),
        ("Other complaints", str(around.other_complaints or "none")),
        ("Team", case.team.name),
    ]


def _composer(
    request: HttpRequest, case: Case, story: dict[str, Any], *, writing: str, text: str, error: str
) -> dict[str, Any]:
    issues: list[Issue] = [one for one in story["issues"] if hasattr(one, "hearing")]
    again = {one.number for one in story["came_back"]}
    reply_text = text if writing == "reply" else ""
    return {
        "id": case.pk,
        "first_name": case.customer.first_name,
        "reply_action": reverse("reply", args=[case.pk]),
        "note_action": reverse("note", args=[case.pk]),
        "check_href": reverse("reply-check", args=[case.pk]),
        "look_href": reverse("look-ask", args=[case.pk]),
        "offer_href": reverse("offer", args=[case.pk]),
        "issues_href": reverse("issues", args=[case.pk]),
        "reply": reply_text,
        "note": text if writing == "note" else "",
        "writing": writing,
        "reply_error": error if writing == "reply" else "",
        "note_error": error if writing == "note" else "",
        "seen": max((entry["pk"] for entry in story["thread"] if entry["kind"] == "customer"), default=0),
        "stated": _statable(issues, request.POST.getlist("covers"), again),
        "unheard": sum(1 for one in story["issues"] if not hasattr(one, "hearing")),
        "listening": story["listening"],
        "clarify_href": reverse("clarification", args=[case.pk]),
        "live_href": reverse("case-thread", args=[case.pk]),
        "phrases": [] if story["listening"]["writing"] else _phrases(request),
        "phrase_href": reverse("phrase-insertion", args=[case.pk]),
        "notices": story["notices"],
        "promises": promise_rows(request, case, reply_text),
        **live_check(request, case, reply_text),
    }


def _phrases(request: HttpRequest) -> list[tuple[int, str]]:
    """The saved phrases to choose from; while a customer is still writing none is offered (F4)."""
    return list(Phrase.objects.usable_by(signed_in(request)).values_list("pk", "name"))


def _statable(issues: list[Issue], ticked: list[str], again: set[int]) -> list[dict[str, Any]]:
    """What the writer may say their letter covers in words the check does not know."""
    return [
        {"summary": issue.summary, "steps": [_box(issue, step, ticked) for step in _boxes(issue, again)]}
        for issue in issues
    ]


def _boxes(issue: Issue, again: set[int]) -> list[Step]:
    """The steps a letter can be said to cover: prevention only with a change behind it, a remedy where one failed."""
    backed = hasattr(issue, "attribution") and bool(issue.attribution.cause.change_in_words())
    hidden = {Step.PREVENT: not backed, Step.REMEDY: issue.pk not in again}
    return [step for step in SPOKEN_STEPS if not hidden.get(step)]


def _box(issue: Issue, step: Step, ticked: list[str]) -> dict[str, Any]:
    value = f"{issue.pk}:{step.value}"
    return {"value": value, "label": step.heading, "checked": value in ticked}
