"""What every page of the customer does: open the link, show, take one press of a button, and answer kindly."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.links import LinkErased, LinkExpired, LinkForeign, case_of
from amends.cases.once import Press, button
from amends.errors import AmendsError
from amends.portal.page import page_context
from amends.team.policy import current
from amends.ui.doorkeeper import status_of

Do = Callable[[Case, Press, datetime], object]
PAGE = "portal/page.html"


def opened(request: HttpRequest, token: str) -> Case | HttpResponse:
    """The case a link opens, or the page that says why not and offers the way on."""
    cases = Case.objects.select_related("customer", "team", "channel", "assignment__to", "escalation", "standing")
    try:
        return _unless_erased(get_object_or_404(cases, pk=case_of(token)))
    except (LinkExpired, LinkForeign) as reason:
        return no_link(request, reason)


def _unless_erased(case: Case) -> Case:
    if case.is_erased:
        raise LinkErased
    return case


def no_link(request: HttpRequest, reason: AmendsError) -> HttpResponse:
    """The page that says why a link or a button does not work any more, with a form for a new link."""
    return render(
        request,
        "portal/no_link.html",
        {"sentence": str(reason), "erased": isinstance(reason, LinkErased), "publishes": bool(current().published)},
        status=status_of(reason),
    )


def show(
    request: HttpRequest, case: Case, error: AmendsError | None = None, template: str = PAGE, **context: Any
) -> HttpResponse:
    """A page of the customer's side, with what is still to do and what they typed."""
    field = (error.field if isinstance(error, Incomplete) else "") if error else ""
    shared = {
        "errors": [(field or "main", str(error))] if error else [],
        "error": str(error) if error else "",
        "error_field": field,
        "done_before": isinstance(error, AlreadyDone),
        "typed": request.POST,
        "once": partial(button, case.pk),
    }
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    page = {**page_context(case, datetime.now(UTC)), **shared, **context, "token": token}
    return render(request, template, page, status=status_of(error) if error else 200)


def press_of(request: HttpRequest, case: Case, action: str, subject: object = "") -> Press:
    """The button of this form that was pressed."""
    return Press(case.pk, action, str(subject), request.POST.get("once", ""))


def answered(
    request: HttpRequest,
    case: Case,
    do: Callable[[], object],
    done: str,
    *,
    template: str = PAGE,
    **context: Any,
) -> HttpResponse:
    """Do what a pressed button stands for, once, and go back to the page; refused, the form comes again as it was.

    What was done before is told on the first page: a second press, another tab or the back button does no harm.
    """
    try:
        do()
    except LinkExpired as reason:
        return no_link(request, reason)
    except AlreadyDone as reason:
        return show(request, case, reason)
    except AmendsError as error:
        return show(request, case, error, template, **context)
    messages.success(request, done)
    return redirect("portal", request.resolver_match.kwargs["token"] if request.resolver_match else "")
