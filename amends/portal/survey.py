"""How was it? Opened from our letter, answered by pressing a button: opening a link, by whomever, answers nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from amends.cases.errors import Incomplete
from amends.cases.links import LinkExpired, LinkForeign
from amends.errors import AmendsError
from amends.method.survey import SCALES, Kind
from amends.portal.opened import no_link
from amends.recovery.answer_survey import Given, answer_survey, check_open, opt_in, opt_out
from amends.recovery.survey import SurveyAnswer, SurveyAsked, SurveyOptOut
from amends.recovery.survey_link import Tapped, tapped
from amends.team.policy import current
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

QUESTIONS = {
    Kind.CSAT: ("How satisfied are you with the way we dealt with it?", ""),
    Kind.NPS: (
        "How likely are you to recommend {company} to somebody you know?",
        "0 is not at all likely, 10 is very likely.",
    ),
    Kind.CES: (
        "How far do you agree: “{company} made it easy to have this looked into”?",
        "1 is not at all, 4 is neither, 7 is fully.",
    ),
    Kind.SETTLED: ("Is it settled for you?", ""),
}
LABELS = {
    Kind.CSAT: {5: "Very satisfied", 4: "Satisfied", 3: "Neither", 2: "Dissatisfied", 1: "Very dissatisfied"},
    Kind.SETTLED: {1: "Yes, it is settled", 0: "No, it is not settled"},
}
Page = Callable[[HttpRequest, str, Tapped], HttpResponse]


def _opened(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    """The page of a survey its link opens, or the one that says why it does not."""
    try:
        return page(request, token, tapped(token))
    except (LinkExpired, LinkForeign) as reason:
        return no_link(request, reason)


def survey(request: HttpRequest, ask: str) -> HttpResponse:
    """The question of our letter with the answer that was tapped chosen already, and one button."""
    return _opened(request, ask, _survey)


def _survey(request: HttpRequest, token: str, tap: Tapped) -> HttpResponse:
    kept = _kept(tap.asked).get(tap.kind.value)
    chosen = request.POST.get(tap.kind.value, "") if request.method == "POST" else str(tap.value)
    context = {"question": _question(tap.asked, tap.kind, chosen), "kept": kept}
    try:
        check_open(tap.asked, datetime.now(UTC))
        if request.method == "POST":
            answer_survey(tap.asked, [Given(tap.kind, _value(chosen))], None, datetime.now(UTC))
            return redirect("survey-more", token)
    except AmendsError as error:
        return _show(request, token, tap.asked, "portal/survey.html", context, error)
    return _show(request, token, tap.asked, "portal/survey.html", context)


def survey_more(request: HttpRequest, ask: str) -> HttpResponse:
    """Thank you; and, for who likes to, the other questions and their own words."""
    return _opened(request, ask, _more)


def _more(request: HttpRequest, token: str, tap: Tapped) -> HttpResponse:
    context = {"asks": list(_others(tap, request.POST)), "words": _words(tap.asked, request.POST)}
    try:
        check_open(tap.asked, datetime.now(UTC))
        if request.method == "POST":
            answer_survey(tap.asked, _given(tap, request.POST), request.POST.get("words"), datetime.now(UTC))
            messages.success(request, "Thank you. A person reads it.")
            return redirect("survey-more", token)
    except AmendsError as error:
        return _show(request, token, tap.asked, "portal/survey_more.html", context, error)
    return _show(request, token, tap.asked, "portal/survey_more.html", context)


def survey_stop(request: HttpRequest, ask: str) -> HttpResponse:
    """Not to be asked such things any more, or to be asked again after all: one button each."""
    return _opened(request, ask, _stop)


def _stop(request: HttpRequest, token: str, tap: Tapped) -> HttpResponse:
    if request.method == "POST":
        (opt_in if request.POST.get("again") else opt_out)(tap.asked.case, datetime.now(UTC))
        return redirect("survey-stop", token)
    stopped = SurveyOptOut.objects.filter(customer=tap.asked.case.customer_id).exists()
    return _show(request, token, tap.asked, "portal/survey_stop.html", {"stopped": stopped})


def _show(
    request: HttpRequest,
    token: str,
    asked: SurveyAsked,
    template: str,
    context: dict[str, Any],
    error: AmendsError | None = None,
) -> HttpResponse:
    field = error.field if isinstance(error, Incomplete) else ""
    shared = {
        "ask": token,
        "company": asked.case.channel.name,
        "publishes": bool(current().published),
        "error": str(error) if error else "",
        "error_field": field,
        "errors": [(field or "main", str(error))] if error else [],
    }
    return render(request, template, {**shared, **context}, status=status_of(error) if error else 200)


def _question(asked: SurveyAsked, kind: Kind, chosen: str, about: str = "", name: str = "") -> dict[str, Any]:
    """One question as the page asks it: its words, its answers (the best first if they have words), the choice."""
    words, hint = QUESTIONS[kind]
    labels = LABELS.get(kind)
    values = list(labels) if labels else list(SCALES[kind])
    return {
        "name": name or kind.value,
        "words": about or words.format(company=asked.case.channel.name),
        "hint": hint,
        "options": [{"value": str(one), "label": labels[one] if labels else str(one)} for one in values],
        "value": chosen,
        "row": labels is None,
    }


def _others(tap: Tapped, typed: QueryDict) -> Iterator[dict[str, Any]]:
    """The questions beside the one of the letter; of several issues each is asked whether it is settled."""
    kept = _kept(tap.asked)
    for kind in (Kind(one) for one in tap.asked.kinds if one != tap.kind.value):
        issues = list(tap.asked.case.open_issues()) if kind is Kind.SETTLED else []
        if len(issues) < 2:
            yield _question(tap.asked, kind, typed.get(kind.value, kept.get(kind.value, "")))
            continue
        for issue in issues:
            name = f"settled-{issue.pk}"
            yield _question(
                tap.asked, kind, typed.get(name, kept.get(name, "")), f"Is it settled: {issue.summary}", name
            )


def _given(tap: Tapped, typed: QueryDict) -> list[Given]:
    found = []
    for one in _others(tap, typed):
        if one["value"]:
            kind, _, issue = one["name"].partition("-")
            found.append(Given(Kind(kind), _value(one["value"]), int(issue) if issue else None))
    return found


def _value(typed: str) -> int:
    """The value that was chosen; -1, which no scale has, for what is no number."""
    found = number(typed)
    return -1 if found is None else found


def _kept(asked: SurveyAsked) -> dict[str, str]:
    """What they answered so far, by the name of its field."""
    rows = SurveyAnswer.objects.filter(asked=asked).exclude(kind=Kind.WORDS.value)
    return {f"{one.kind}-{one.issue_id}" if one.issue_id else one.kind: str(one.value) for one in rows}


def _words(asked: SurveyAsked, typed: QueryDict) -> str:
    kept = SurveyAnswer.objects.filter(asked=asked, kind=Kind.WORDS.value).values_list("words", flat=True).first()
    return typed.get("words", kept or "")
