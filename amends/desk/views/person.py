"""What we hold about the customer of a case: to give out, to keep under a legal hold, or to erase."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from amends.cases.case import Case
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.errors import AmendsError
from amends.privacy.account import account_of
from amends.privacy.ask import WARN, open_requests
from amends.privacy.erase import erase_person
from amends.privacy.export import export_person
from amends.privacy.holds import lift_hold, place_hold


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """How much we hold, and what can be done with it."""
    return person_page(request, find_case(request, pk), None)


@require_POST
def person_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything as one archive to save; giving it out is noted, so it takes a pressed button."""
    case = find_case(request, pk)
    try:
        body = export_person(case.customer, by=signed_in(request), now=datetime.now(UTC))
    except AmendsError as error:
        return person_page(request, case, error)
    response = HttpResponse(body, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="customer-{case.customer_id}.zip"'
    return response


@require_POST
def person_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Place a legal hold, or lift the one there is."""
    case = find_case(request, pk)
    change, done = (lift_hold, "The hold is lifted.") if "lift" in request.POST else (place_hold, "The hold stands.")

    def act() -> None:
        change(case.customer, request.POST.get("reason", ""), by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, lambda error: person_page(request, case, error), act, done, then="person")


def person_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """What will go, what stays and why; then the typed word."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        asked = [one.kind for one in open_requests(case.customer)]
        context = {"held": account_of(case.customer, datetime.now(UTC)), "asked": asked}
        return form_page(request, case, "desk/person_erasure.html", context, error)

    def act() -> None:
        typed, asked = request.POST.get("typed", ""), "asked" in request.POST
        erase_person(case.customer, typed, asked=asked, by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Erased. What was done stays, without a name.", then="person")


def person_page(request: HttpRequest, case: Case, error: AmendsError | None) -> HttpResponse:
    """How much we hold, what the customer asked about it, and what can be done; `error` says what was refused."""
    today = localdate()
    asked = {"asked": list(open_requests(case.customer)), "today": today, "near": today + WARN}
    context = {"held": account_of(case.customer, datetime.now(UTC)), **asked}
    return form_page(request, case, "desk/person.html", context, error)
