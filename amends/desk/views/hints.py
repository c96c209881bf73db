"""A quiet hint to the one who writes a case: left, shown to the two alone, put aside."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amends.coaching.hint import hints_between, leave_hint, put_hint_aside, writer_of
from amends.coaching.models import LONGEST_HINT
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.views.case import case_page
from amends.errors import AmendsError


def hint(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a hint for whoever has the case; those one left before stand below."""
    case, me = find_case(request, pk), signed_in(request)
    to = writer_of(case, me)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"to": to, "left": list(hints_between(case, me).filter(by=me)), "most": LONGEST_HINT}
        return form_page(request, case, "desk/hint.html", context, error)

    def act() -> None:
        leave_hint(case, request.POST.get("words", ""), by=me, now=datetime.now(UTC))

    done = f"{to.first_name} sees it above the letter, and nobody else does." if to else ""
    return handle(request, case, show, act, done)


@require_POST
def hint_dismissal(request: HttpRequest, pk: int, hint: int) -> HttpResponse:
    """Put a hint aside for good; the draft that was being written stays in its place."""
    case = find_case(request, pk)
    put_hint_aside(case, hint, by=signed_in(request))
    if "text" in request.POST:
        return case_page(request, case, text=request.POST["text"])
    messages.success(request, "It is gone, for both of you.", extra_tags="good")
    return redirect("hint", pk)
