"""The customer's page: opened by a signed link, changed only by pressing a button (a GET never changes anything)."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import Incomplete
from amends.cases.hear import confirm_understanding, correct_understanding
from amends.cases.new_link import send_new_link
from amends.cases.once import pressed
from amends.portal.opened import answered, opened, press_of, show
from amends.recovery.agree import accept, decline
from amends.recovery.escalate import escalate
from amends.recovery.offer import Option, Via
from amends.team.policy import current
from amends.ui.numbers import number


@require_GET
def portal(request: HttpRequest, token: str) -> HttpResponse:
    """Where the complaint stands."""
    case = opened(request, token)
    return case if isinstance(case, HttpResponse) else show(request, case)


def understanding(request: HttpRequest, token: str) -> HttpResponse:
    """“Yes, that's it.”: from a letter a page with the one button, from the page the press itself."""
    case = opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template="portal/yes.html")

    def do() -> None:
        with pressed(press_of(request, case, "yes"), now := datetime.now(UTC)):
            confirm_understanding(case, now)

    return answered(request, case, do, "Thank you. Then we understand each other.")


def correction(request: HttpRequest, token: str) -> HttpResponse:
    """“Not quite”: what we understood, to be corrected in the customer's words."""
    case, page = opened(request, token), "portal/correction.html"
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template=page)
    wordings = {issue.pk: request.POST.get(f"issue-{issue.pk}", "") for issue in case.open_issues()}

    def do() -> None:
        with pressed(press_of(request, case, "not-quite"), now := datetime.now(UTC)):
            correct_understanding(case, wordings, request.POST.get("missing", ""), now)

    done = "Thank you. We have written it down as you say, and will say it back to you again."
    return answered(request, case, do, done, template=page)


@require_POST
def choice(request: HttpRequest, token: str) -> HttpResponse:
    """The customer chooses one option, or goes on to say why none is right."""
    case = opened(request, token)
    if isinstance(case, HttpResponse):
        return case
    chosen = request.POST.get("option", "")
    if chosen == "none":
        return redirect("portal-decline", token)

    def do() -> None:
        if not chosen:
            raise Incomplete("Choose one of the options, or say that none is right.", "option")
        option = get_object_or_404(Option, pk=number(chosen), offer__case=case)
        with pressed(press_of(request, case, "choice", option.offer_id), now := datetime.now(UTC)):
            accept(option, via=Via.PAGE, now=now)

    return answered(request, case, do, "Agreed. We are on it.")


def refuse_offer(request: HttpRequest, token: str) -> HttpResponse:
    """None of the options is right: why, and what would be."""
    case, page = opened(request, token), "portal/decline.html"
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template=page)
    offer = get_object_or_404(case.offers, pk=number(request.POST.get("offer", "")))

    def do() -> None:
        with pressed(press_of(request, case, "none"), now := datetime.now(UTC)):
            decline(offer, request.POST.get("reason", ""), via=Via.PAGE, now=now)

    return answered(request, case, do, "Thank you for telling us. A person reads it.", template=page)


def higher(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for somebody higher up."""
    case, page = opened(request, token), "portal/higher.html"
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template=page)

    def do() -> None:
        with pressed(press_of(request, case, "higher"), now := datetime.now(UTC)):
            escalate(case, request.POST.get("reason", ""), now)

    done = "Somebody higher up has your complaint now, with everything you told us."
    return answered(request, case, do, done, template=page)


def new_link(request: HttpRequest) -> HttpResponse:
    """Send a fresh link to the address a complaint came from; the answer is the same whether we know it or not."""
    if request.method == "POST":
        send_new_link(request.POST.get("address", ""), request.POST.get("case", ""), datetime.now(UTC))
        return render(request, "portal/no_link.html", {"sent": True, "publishes": bool(current().published)})
    return render(
        request,
        "portal/no_link.html",
        {"sentence": "Tell us where we should send a new link.", "publishes": bool(current().published)},
    )
