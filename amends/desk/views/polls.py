"""Questions below the letters that ask customers again: what came of each, a new one, and stopping one."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from amends.cases.errors import Incomplete
from amends.cases.issue import CATEGORIES
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.errors import AmendsError
from amends.recovery.ask_poll import LONGEST, MOST_ANSWERS, open_poll, stop_poll
from amends.recovery.poll_result import FEWEST, results
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

USUAL = timedelta(days=30)


def polls(request: HttpRequest) -> HttpResponse:
    """The page; a pressed button opens a poll, or stops one."""
    me, now, post = signed_in(request), datetime.now(UTC), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        today = localtime(now).date()
        context = {
            **chrome(request, "scores"),
            "results": results(me, now),
            "fewest": FEWEST,
            "may_ask": me.can(Right.ASK_CUSTOMERS),
            "categories": [{"value": key, "label": words} for key, words in CATEGORIES.items()],
            "names": CATEGORIES,
            "most": MOST_ANSWERS,
            "usual": (today + USUAL).isoformat(),
            "last": today + LONGEST,
            "typed": post,
            "ticked": post.getlist("categories"),
            "error": str(error) if error else "",
            "error_field": error.field if isinstance(error, Incomplete) else "",
            "errors": errors_of(error),
        }
        return render(request, "desk/polls.html", context, status=status_of(error) if error else 200)

    def act() -> str:
        if "stop" in post:
            stop_poll(number(post["stop"]) or 0, by=me, now=now)
            return "Stopped. What was asked can still be answered."
        answers = post.get("answers", "").splitlines()
        categories = post.getlist("categories")
        open_poll(post.get("question", ""), answers, categories, post.get("closes_at", ""), by=me, now=now)
        return "It stands below the next letters that ask whether it is still right."

    return pressed(request, show, act, "polls")
