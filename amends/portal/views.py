"""The customer's page: opened by a signed link, changed only by pressing a button (a GET never changes anything)."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.case import Case
from amends.cases.customer_writes import customer_writes
from amends.cases.errors import Incomplete
from amends.cases.hear import confirm_understanding, correct_understanding
from amends.cases.links import LinkExpired, LinkForeign, case_of
from amends.cases.new_link import send_new_link
from amends.errors import AmendsError
from amends.portal.page import page_context
from amends.recovery.agree import accept, decline
from amends.recovery.escalate import escalate
from amends.recovery.offer import Option, Via
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def _case(token: str) -> Case:
    pk = case_of(token)
    cases = Case.objects.select_related("customer", "team", "channel", "assignment__to", "escalation")
    return get_object_or_404(cases, pk=pk)


def _show(
    request: HttpRequest,
    case: Case,
    error: AmendsError | None = None,
    template: str = "portal/page.html",
    **context: Any,
) -> HttpResponse:
    field = (error.field if isinstance(error, Incomplete) else "") if error else ""
    shared = {
        "errors": [(field or "main", str(error))] if error else [],
        "error": str(error) if error else "",
        "error_field": field,
        "typed": request.POST,
    }
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    page = {**page_context(case, datetime.now(UTC)), **shared, **context, "token": token}
    return render(request, template, page, status=status_of(error) if error else 200)


def _opened(request: HttpRequest, token: str) -> Case | HttpResponse:
    """The case a link opens, or the page that says why not and offers the way on."""
    try:
        return _case(token)
    except (LinkExpired, LinkForeign) as reason:
        return render(request, "portal/no_link.html", {"sentence": str(reason)}, status=status_of(reason))


@require_GET
def portal(request: HttpRequest, token: str) -> HttpResponse:
    """Where the complaint stands."""
    case = _opened(request, token)
    return case if isinstance(case, HttpResponse) else _show(request, case)


@require_POST
def understanding(request: HttpRequest, token: str) -> HttpResponse:
    """“Yes, that's it.”"""
    case = _opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    confirm_understanding(case, datetime.now(UTC))
    messages.success(request, "Thank you. Then we understand each other.")
    return redirect("portal", token)


def correction(request: HttpRequest, token: str) -> HttpResponse:
    """“Not quite”: what we understood, to be corrected in the customer's words."""
    case = _opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return _show(request, case, template="portal/correction.html")
    wordings = {issue.pk: request.POST.get(f"issue-{issue.pk}", "") for issue in case.open_issues()}
    try:
        correct_understanding(case, wordings, request.POST.get("missing", ""), datetime.now(UTC))
    except AmendsError as error:
        return _show(request, case, error, template="portal/correction.html")
    messages.success(request, "Thank you. We have written it down as you say, and will say it back to you again.")
    return redirect("portal", token)


@require_POST
def choice(request: HttpRequest, token: str) -> HttpResponse:
    """The customer chooses one option, or goes on to say why none is right."""
    case = _opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    chosen = request.POST.get("option", "")
    if chosen == "none":
        return redirect("portal-decline", token)
    try:
        if not chosen:
            raise Incomplete("Choose one of the options, or say that none is right.", "option")
        accept(get_object_or_404(Option, pk=number(chosen), offer__case=case), via=Via.PAGE, now=datetime.now(UTC))
    except AmendsError as error:
        return _show(request, case, error)
    messages.success(request, "Agreed. We are on it.")
    return redirect("portal", token)


def refuse_offer(request: HttpRequest, token: str) -> HttpResponse:
    """None of the options is right: why, and what would be."""
    case = _opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return _show(request, case, template="portal/decline.html")
    offer = get_object_or_404(case.offers, pk=number(request.POST.get("offer", "")))
    try:
        decline(offer, request.POST.get("reason", ""), via=Via.PAGE, now=datetime.now(UTC))
    except AmendsError as error:
        return _show(request, case, error, template="portal/decline.html")
    messages.success(request, "Thank you for telling us. We are looking for another way.")
    return redirect("portal", token)


def higher(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for somebody higher up."""
    case = _opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return _show(request, case, template="portal/higher.html")
    try:
        escalate(case, request.POST.get("reason", ""), datetime.now(UTC))
    except AmendsError as error:
        return _show(request, case, error, template="portal/higher.html")
    messages.success(request, "Somebody higher up has your complaint now, with everything you told us.")
    return redirect("portal", token)


def write(request: HttpRequest, token: str) -> HttpResponse:
    """Write to us from the page."""
    case = _opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return _show(request, case, template="portal/write.html")
    try:
        customer_writes(case, request.POST.get("text", ""), datetime.now(UTC))
    except AmendsError as error:
        return _show(request, case, error, template="portal/write.html")
    messages.success(request, "We have your message.")
    return redirect("portal", token)


def new_link(request: HttpRequest) -> HttpResponse:
    """Send a fresh link to the address a complaint came from; the answer is the same whether we know it or not."""
    if request.method == "POST":
        send_new_link(request.POST.get("address", ""), request.POST.get("case", ""), datetime.now(UTC))
        return render(request, "portal/no_link.html", {"sent": True})
    return render(request, "portal/no_link.html", {"sentence": "Tell us where we should send a new link."})
