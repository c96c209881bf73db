"""What customers asked about their data: the list of it with its days, and the answer on the customer's page."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import errors_of, handle, pressed
from amends.desk.views.person import person_page
from amends.errors import AmendsError
from amends.privacy.answer import give_copy, refuse_request
from amends.privacy.ask import WARN, requests_to_answer
from amends.privacy.retain import confirm_retention, preview
from amends.privacy.retention import RetentionNight
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

NIGHTS = 14


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Everything customers asked about their data and nobody answered yet, the first due first."""
    today = localdate()
    context = {"asked": list(requests_to_answer(signed_in(request))), "today": today, "near": today + WARN}
    context["may_confirm"] = signed_in(request).can(Right.CONFIRM_RETENTION)
    return render(request, "desk/privacy.html", {**chrome(request, "privacy"), **context})


def retention(request: HttpRequest) -> HttpResponse:
    """Whom the period of the policy would erase; a pressed button lets it work."""

    def show(error: AmendsError | None) -> HttpResponse:
        context = {
            "shown": preview(datetime.now(UTC)),
            "nights": RetentionNight.objects.order_by("-day")[:NIGHTS],
            "errors": errors_of(error),
        }
        status = status_of(error) if error else 200
        return render(request, "desk/retention.html", {**chrome(request, "privacy"), **context}, status=status)

    def act() -> str:
        days, counted = (number(request.POST.get(name, "")) for name in ("days", "counted"))
        if days is None or counted is None:
            raise Incomplete("Look at whom it would erase, then press the button below.")
        confirm_retention(days, counted, by=signed_in(request), now=datetime.now(UTC))
        return "It works from tonight on."

    return pressed(request, show, act, "retention")


@require_POST
def person_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the copy that was asked for, or say no with a reason."""
    case, user = find_case(request, pk), signed_in(request)
    asked = case.customer.person_requests.filter(pk=number(request.POST.get("request", "")) or 0).first()
    gives = "give" in request.POST

    def act() -> None:
        now = datetime.now(UTC)
        if asked is None:
            raise Incomplete("Press the button beside what they asked.")
        if gives:
            give_copy(asked, by=user, now=now)
        else:
            refuse_request(asked, request.POST.get(f"why-{asked.kind}", ""), by=user, now=now)

    done = "The copy is on their page, and a letter tells them." if gives else "A letter tells them why not."
    return handle(request, case, lambda error: person_page(request, case, error), act, done, then="person")
