"""The pages where one thing is done to a case: shown, tried, and given back with what was typed when refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.case import Case
from amends.cases.errors import GateClosed, Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of


def form_page(
    request: HttpRequest, case: Case, template: str, context: dict[str, Any], error: AmendsError | None = None
) -> HttpResponse:
    """A page with one form; `error` is told at its top and beside the field it is about."""
    field = error.field if isinstance(error, Incomplete) else ""
    shared = {
        "case": case,
        "error": str(error) if error else "",
        "error_field": field,
        "errors": [(field or "main", str(error))] if error and not isinstance(error, GateClosed) else [],
        "missing": error.missing if isinstance(error, GateClosed) else (),
        "may_override": signed_in(request).can(Right.OVERRIDE_GATE),
        "typed": request.POST,
    }
    status = status_of(error) if error else 200
    return render(request, template, {**chrome(request), **shared, **context}, status=status)


def handle(
    request: HttpRequest,
    case: Case,
    show: Callable[[AmendsError | None], HttpResponse],
    act: Callable[[], object],
    done: str,
    then: str = "case",
) -> HttpResponse:
    """Show the form on GET; on POST act once and go on to the page `then` of the case, or show the form again with the
    reason."""
    if request.method != "POST":
        return show(None)
    try:
        act()
    except AmendsError as error:
        return show(error)
    messages.success(request, done, extra_tags="good")
    return redirect(then, case.pk)
