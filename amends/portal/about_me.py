"""What we hold about a customer, on their own page: ask for a copy or to be erased, take it back, save the copy."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.once import pressed
from amends.errors import AmendsError
from amends.method.months import a_month_after
from amends.portal.opened import answered, opened, press_of, show
from amends.privacy.ask import ask_about_data, given_copy, latest_requests, saved_copy, take_request_back
from amends.privacy.request import Asks
from amends.team.calendar import zone_of

TEMPLATE = "portal/about_me.html"
_ASKED = {
    Asks.COPY: "We have it. When your copy is ready, we write to you.",
    Asks.ERASURE: "We have it, and confirm it by letter. Until it is done you can take it back here.",
}


def about_me(request: HttpRequest, token: str) -> HttpResponse:
    """What was asked and what became of it; a pressed button asks, or takes back."""
    case = opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template=TEMPLATE, **_context(case))
    back, wish = request.POST.get("back", ""), request.POST.get("ask", "")

    def do() -> None:
        if (back or wish) not in Asks.values:
            raise Incomplete("Press the button of what you would like.")
        act = take_request_back if back else ask_about_data
        with pressed(press_of(request, case, "about-me", back or wish), now := datetime.now(UTC)):
            act(case, Asks(back or wish), now)

    done = "Taken back. Everything stays as it was." if back else _ASKED.get(Asks(wish), "") if wish in Asks else ""
    return answered(request, case, do, done, template=TEMPLATE, **_context(case))


@require_POST
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """The copy to save; it takes a pressed button, so that nobody's scanner fetches it."""
    case = opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    try:
        body = saved_copy(case, datetime.now(UTC))
    except AmendsError as error:
        return show(request, case, error, TEMPLATE, **_context(case))
    response = HttpResponse(body, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="everything.zip"'
    return response


def _context(case: Case) -> dict[str, Any]:
    now = datetime.now(UTC)
    asked = latest_requests(case.customer)
    due: date = a_month_after(now.astimezone(zone_of(case.team)).date())
    shown = {"copy_asked": asked.get(Asks.COPY), "erasure_asked": asked.get(Asks.ERASURE)}
    return {**shown, "copy_given": given_copy(case.customer, now), "would_be_due": due}
