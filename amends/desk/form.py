"""The pages with a form: shown, tried, and given back with what was typed when refused."""

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
    """A page with one form about a case; `error` is told at its top and beside the field it is about."""
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

    def acted() -> str:
        act()
        return done

    return pressed(request, show, acted, then, case.pk)


def pressed(
    request: HttpRequest,
    show: Callable[[AmendsError | None], HttpResponse],
    act: Callable[[], str],
    then: str,
    *of: int | str,
) -> HttpResponse:
    """Show the form on GET; on POST act once, say what was done and go on to the page `then`.

    The form is shown again with the reason of a refusal, and when `act` says "": then nothing was done yet.
    """
    if request.method != "POST":
        return show(None)
    try:
        said = act()
    except AmendsError as error:
        return show(error)
    if not said:
        return show(None)
    messages.success(request, said, extra_tags="good")
    return redirect(then, *of)


def errors_of(error: AmendsError | None) -> list[tuple[str, str]]:
    """The refusal for the top of a page, with the field it is about."""
    return [((error.field if isinstance(error, Incomplete) else "") or "main", str(error))] if error else []


def text_given(request: HttpRequest, largest: int, too_large: str, kind: str = "CSV (UTF-8)") -> str:
    """What the chosen file holds, or what was pasted; raises Incomplete for a file too large or that is no text."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("rows", "")
    if (file.size or 0) > largest:
        raise Incomplete(too_large, "file")
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Incomplete(f"This file is no text in UTF-8. Save it as {kind} and choose it again.", "file") from error
