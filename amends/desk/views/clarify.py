"""Asking for a fact that is missing: one click puts the question into the draft."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.open_points import open_points
from amends.desk.finding import find_case
from amends.desk.views.case import case_page
from amends.errors import AmendsError
from amends.language.clarify import question_for
from amends.ui.doorkeeper import status_of


@require_POST
def clarification(request: HttpRequest, pk: int) -> HttpResponse:
    """The composer again with a question at the end of what was typed; nothing is stored or sent."""
    case, text = find_case(request, pk), request.POST.get("text", "")
    try:
        question = _question(case, request.POST.get("fact", ""))
    except AmendsError as error:
        return case_page(request, case, status=status_of(error), text=text, error=str(error))
    there = question in text
    return case_page(
        request, case, text=text if there else "\n\n".join(one for one in (text.rstrip(), question) if one)
    )


def _question(case: Case, fact: str) -> str:
    points = open_points(case, list(case.open_issues()), datetime.now(UTC))
    question = question_for(fact, points.language)
    if not question:
        raise Incomplete("Choose one of the facts that are missing.", "fact")
    if fact not in points.missing:
        raise NotPossible(f"{case.customer.first_name} has told us this already. Look at what they wrote.")
    return question
