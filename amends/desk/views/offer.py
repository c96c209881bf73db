"""Offering options, and taking an offer back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.facts import facts_of
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case, find_issues
from amends.desk.form import form_page, handle
from amends.errors import AmendsError
from amends.method.article import about, general
from amends.method.gates import offer_gate
from amends.method.money import cents_of, written
from amends.recovery.make_offer import Draft, Proposal, make_offer, withdraw
from amends.recovery.offer import Offer
from amends.recovery.remedy import Remedy, catalogue
from amends.team.models import limit_of
from amends.team.policy import current, current_version
from amends.ui.numbers import number


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose options from the catalogue, say what we can and cannot do, send."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/offer.html", _context(request, case), error)

    def act() -> None:
        draft = _draft(request, case)
        reason = request.POST.get("exception", "")
        make_offer(case, draft, by=signed_in(request), now=datetime.now(UTC), exception=reason)

    return handle(
        request,
        case,
        show,
        act,
        f"The offer is on its way. {case.customer.first_name} can choose on their page.",
    )


@require_POST
def offer_withdrawal(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Take an open offer back."""
    case = find_case(request, pk)
    made = get_object_or_404(Offer, pk=offer, case=case)
    withdraw(made, request.POST.get("reason", ""), by=signed_in(request), now=datetime.now(UTC))
    return redirect("case", pk)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    now, user = datetime.now(UTC), signed_in(request)
    issues = list(case.open_issues())
    remedies = catalogue({issue.category for issue in issues})
    limits = {remedy.currency: limit_of(user, remedy.currency) for remedy in remedies}
    suiting = [one for one in remedies if {issue.category for issue in issues} & set(one.suits)]
    post = request.POST
    return {
        "issues": issues,
        "ticked": {number(value) for value in post.getlist("issues")} if post else {one.pk for one in issues},
        "options": [
            _option(request, remedy, limits[remedy.currency], now, best=remedy in suiting) for remedy in remedies
        ],
        "owed": offer_gate(facts_of(case, now)),
        "articles": general(current().articles),
        "version": current_version(),
        "earlier": list(case.offers.select_related("made_by")),
    }


def _option(request: HttpRequest, remedy: Remedy, limit: int, now: datetime, *, best: bool) -> dict[str, Any]:
    post, key = request.POST, remedy.key
    within = remedy.cost_cents <= limit
    return {
        "remedy": remedy,
        "articles": about(current().articles, key),
        "best": best,
        "checked": key in post.getlist("options"),
        "title": post.get(f"title-{key}", remedy.name),
        "terms": post.get(f"terms-{key}", remedy.terms),
        "amount": post.get(f"amount-{key}", ""),
        "deliver_by": post.get(f"by-{key}", (now + timedelta(days=5)).date().isoformat()),
        "within": within,
        "limit_text": f"Within your limit of {written(limit, remedy.currency)}"
        if within
        else f"Above your limit of {written(limit, remedy.currency)}",
    }


def _draft(request: HttpRequest, case: Case) -> Draft:
    post = request.POST
    chosen = {one.key: one for one in Remedy.objects.filter(key__in=post.getlist("options"), retired_at=None)}
    return Draft(
        issues=find_issues(request, case),
        opening=post.get("opening", ""),
        can=post.get("can", ""),
        cannot=post.get("cannot", ""),
        because=post.get("because", ""),
        options=[_proposal(request, chosen[key]) for key in post.getlist("options") if key in chosen],
    )


def _proposal(request: HttpRequest, remedy: Remedy) -> Proposal:
    post, key = request.POST, remedy.key
    return Proposal(
        remedy=remedy,
        title=post.get(f"title-{key}", ""),
        terms=post.get(f"terms-{key}", ""),
        amount_cents=typed_cents(post.get(f"amount-{key}", ""), remedy.currency) if remedy.asks_amount else 0,
        deliver_by=typed_day(post.get(f"by-{key}", ""), "options"),
    )


def typed_cents(words: str, currency: str, field: str = "options") -> int:
    """The cents somebody typed, 0 for nothing; raises Incomplete with a sentence."""
    if not words.strip():
        return 0
    try:
        return cents_of(words, currency)
    except ValueError as error:
        raise Incomplete(str(error), field) from error


def typed_day(words: str, field: str) -> date:
    """The day somebody chose; raises Incomplete with a sentence."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Incomplete("Choose the day by which it will be done.", field) from error
