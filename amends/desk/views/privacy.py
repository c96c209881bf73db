"""What customers asked about their data: the list of it with its days, and the answer on the customer's page."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import handle
from amends.desk.views.person import person_page
from amends.privacy.answer import give_copy, refuse_request
from amends.privacy.ask import WARN, requests_to_answer
from amends.ui.numbers import number


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Everything customers asked about their data and nobody answered yet, the first due first."""
    today = localdate()
    context = {"asked": list(requests_to_answer(signed_in(request))), "today": today, "near": today + WARN}
    return render(request, "desk/privacy.html", {**chrome(request, "privacy"), **context})


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
