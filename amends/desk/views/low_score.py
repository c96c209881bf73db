"""Writing down what came of a low score."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.survey_told import surveys_told
from amends.errors import AmendsError
from amends.recovery.low_score import answer_low_score, open_low_score


def low_score(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer answered, and the place for what somebody heard from them since."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"low": open_low_score(case), "surveys": surveys_told(case)}
        return form_page(request, case, "desk/low_score.html", context, error)

    def act() -> None:
        answer_low_score(case, request.POST.get("words", ""), by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down.")
