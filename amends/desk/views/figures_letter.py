"""Figures by mail: asking for an insight page as a letter, and stopping it from the letter without an account."""

from datetime import UTC, datetime
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.errors import AmendsError
from amends.insights.questions import QUESTIONS, Question
from amends.reporting.subscription import HOURS, Subscription, Wanted, running, stop, subscribe, subscription_of
from amends.reporting.when import WEEKDAYS, Often
from amends.team.calendar import zone_of
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

OFTEN = [(Often.WEEK.value, "Every week"), (Often.MONTH.value, "Once a month, on the first such day")]
MORNING = 8


def insight_letter(request: HttpRequest, question: str) -> HttpResponse:
    """When somebody wants this question by mail; on POST it is kept, or stopped."""
    asked = QUESTIONS.get(question)
    if asked is None:
        raise Http404("There is no such question.")
    user = signed_in(request)
    known = running(user).filter(question=question).first()

    def act() -> str:
        post, now = request.POST, datetime.now(UTC)
        if "stop" in post and known:
            stop(known, now)
            return f"No more letters of “{asked.title}”."
        weekday, hour = (number(post.get(name, "")) for name in ("weekday", "hour"))
        wanted = Wanted(
            question=question,
            often=post.get("often", ""),
            weekday=-1 if weekday is None else weekday,
            hour=-1 if hour is None else hour,
            zone=post.get("zone", "").strip(),
            reach=post.get("reach", "").strip(),
        )
        made = subscribe(user, wanted, now=now)
        return f"“{asked.title}” comes by mail. {made.when}."

    return pressed(request, partial(_show, request, asked, known), act, "keys")


def _show(
    request: HttpRequest, asked: Question, known: Subscription | None, error: AmendsError | None = None
) -> HttpResponse:
    user = signed_in(request)
    usual = {
        "often": Often.WEEK.value,
        "weekday": "0",
        "hour": str(MORNING),
        "zone": zone_of(user.team).key,
        "reach": user.email,
    }
    kept = {name: str(getattr(known, name)) for name in usual} if known else usual
    context = {
        **chrome(request, "insights"),
        "question": asked,
        "known": known,
        "typed": {name: request.POST.get(name, value) for name, value in kept.items()},
        "often": OFTEN,
        "weekdays": [(str(at), name) for at, name in enumerate(WEEKDAYS)],
        "hours": [(str(hour), f"{hour:02}:00") for hour in range(HOURS)],
        "error": str(error) if error else "",
        "error_field": error.field if isinstance(error, Incomplete) else "",
        "errors": errors_of(error),
    }
    return render(request, "desk/insight_letter.html", context, status=status_of(error) if error else 200)


@csrf_exempt
def figures_stop(request: HttpRequest, letter: str) -> HttpResponse:
    """The link of a letter: pressed by the mail program (RFC 8058) no more letters come; opened, a page asks.

    A mail program has the signed link and neither cookie nor form of ours, so its press needs no token.
    """
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        stop(subscription_of(letter), datetime.now(UTC))
        return HttpResponse(status=204)
    response: HttpResponse = _stop_page(request, letter)
    return response


@csrf_protect
def _stop_page(request: HttpRequest, letter: str) -> HttpResponse:
    found = subscription_of(letter)
    if request.method == "POST":
        stop(found, datetime.now(UTC))
        found.refresh_from_db()
    question = QUESTIONS.get(found.question)
    context = {"title": question.title if question else "These figures", "ended": found.ended_at, "when": found.when}
    return render(request, "desk/figures_stop.html", context)
