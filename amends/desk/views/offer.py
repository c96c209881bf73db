"""Offering options, asking for approval above a limit, and taking an offer back."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.views.offer_form import offer_context, typed_draft
from amends.errors import AmendsError
from amends.recovery.approve import ask_approval
from amends.recovery.errors import BeyondAuthority
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer
from amends.recovery.withdraw import withdraw


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose options from the catalogue, say what we can and cannot do, send; or ask somebody who may."""
    case, post = find_case(request, pk), request.POST
    asking = "ask" in post

    def show(error: AmendsError | None) -> HttpResponse:
        context = offer_context(request, case, datetime.now(UTC))
        beyond = error if isinstance(error, BeyondAuthority) else None
        context["asking"] = asking or (beyond is not None and beyond.to is not None)
        context["ask_whom"] = (beyond.to.first_name if beyond and beyond.to else "") or post.get("ask", "")
        return form_page(request, case, "desk/offer.html", context, error)

    def act() -> None:
        draft, user, now = typed_draft(request, case), signed_in(request), datetime.now(UTC)
        if asking:
            ask_approval(case, draft, reason=post.get("ask_reason", ""), by=user, now=now)
        else:
            make_offer(case, draft, by=user, now=now, exception=post.get("exception", ""))

    sent = f"The offer is on its way. {case.customer.first_name} can choose on their page."
    asked = "Asked, with the whole case. You see the answer here and under Approvals."
    return handle(request, case, show, act, asked if asking else sent)


@require_POST
def offer_withdrawal(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Take an open offer back."""
    case = find_case(request, pk)
    made = get_object_or_404(Offer, pk=offer, case=case)
    withdraw(made, request.POST.get("reason", ""), by=signed_in(request), now=datetime.now(UTC))
    messages.success(request, "The offer is taken back.", extra_tags="good")
    return redirect("case", pk)
