"""One question below a letter: opened with the tapped answer chosen, answered by pressing a button, or not at all."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.errors import Incomplete
from amends.cases.links import LinkExpired, LinkForeign
from amends.errors import AmendsError
from amends.portal.opened import no_link
from amends.recovery.answer_poll import answer_poll, check_still_open
from amends.recovery.answer_survey import opt_in, opt_out
from amends.recovery.poll import PollAnswer
from amends.recovery.poll_link import Voted, voted
from amends.recovery.survey import SurveyOptOut
from amends.team.policy import current
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

STOP, AGAIN = "stop", "again"


def poll(request: HttpRequest, vote: str) -> HttpResponse:
    """The question with the answer that was tapped chosen already; opening it answers nothing."""
    try:
        found = voted(vote)
    except (LinkExpired, LinkForeign) as reason:
        return no_link(request, reason)
    now = datetime.now(UTC)
    try:
        if request.method == "POST":
            _pressed(request, found, now)
            return redirect("poll", vote)
        check_still_open(found.asked, now)
    except AmendsError as error:
        return _page(request, vote, found, error)
    return _page(request, vote, found)


def _pressed(request: HttpRequest, found: Voted, now: datetime) -> None:
    wish = request.POST.get("wish", "")
    if wish in (STOP, AGAIN):
        (opt_out if wish == STOP else opt_in)(found.asked.case, now)
        return
    choice = number(request.POST.get("choice", ""))
    answer_poll(found.asked, -1 if choice is None else choice, now)
    messages.success(request, "Thank you. Your answer has arrived.")


def _page(request: HttpRequest, token: str, found: Voted, error: AmendsError | None = None) -> HttpResponse:
    asked = found.asked
    kept = PollAnswer.objects.filter(asked=asked).values_list("choice", flat=True).first()
    chosen = request.POST.get("choice", "") if error else str(found.choice if kept is None else kept)
    field = error.field if isinstance(error, Incomplete) else ""
    answers = enumerate(asked.poll.answers)
    context = {
        "vote": token,
        "company": asked.case.channel.name,
        "publishes": bool(current().published),
        "question": {
            "name": "choice",
            "words": asked.poll.question,
            "options": [{"value": str(place), "label": words} for place, words in answers],
            "value": chosen,
        },
        "kept": kept is not None,
        "stopped": SurveyOptOut.objects.filter(customer=asked.case.customer_id).exists(),
        "error": str(error) if error else "",
        "error_field": field,
        "errors": [(field or "main", str(error))] if error else [],
    }
    return render(request, "portal/poll.html", context, status=status_of(error) if error else 200)
