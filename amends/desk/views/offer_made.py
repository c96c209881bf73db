"""An offer as it was made, with the policy of its day beside it (F34)."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from amends.desk.chrome import chrome
from amends.desk.finding import find_case
from amends.method.article import Article, about, general
from amends.method.policy import parse
from amends.recovery.offer import Offer
from amends.ui.words import day, moment


def offer_made(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """What was offered, by whom, how it was answered, and what the policy said then."""
    case = find_case(request, pk)
    offers = Offer.objects.select_related(
        "made_by", "policy", "acceptance__option", "decline", "withdrawal__by"
    ).prefetch_related("options__remedy", "issues")
    made = get_object_or_404(offers, pk=offer, case=case)
    context = {
        "case": case,
        "offer": made,
        "standing": _standing(made, datetime.now(UTC)),
        "chosen": made.acceptance.option_id if made.accepted_at else None,
        **_knowledge(made),
    }
    return render(request, "desk/offer_made.html", {**chrome(request), **context})


def _standing(offer: Offer, now: datetime) -> str:
    if offer.accepted_at:
        return f"The customer chose “{offer.acceptance.option.title}” {moment(offer.accepted_at)}."
    if offer.declined_at:
        return f"The customer said none of these {moment(offer.declined_at)}: “{offer.decline.reason}”"
    if offer.withdrawn_at:
        return f"Taken back {moment(offer.withdrawn_at)}: {offer.withdrawal.reason}"
    return f"Open until {day(offer.expires_at)}." if offer.is_open(now) else f"Lapsed on {day(offer.expires_at)}."


def _knowledge(offer: Offer) -> dict[str, Any]:
    """The articles of the version the offer was made under, not those of today."""
    articles: tuple[Article, ...] = parse(offer.policy.data).articles if offer.policy else ()
    return {
        "articles": general(articles),
        "bound": {option.pk: about(articles, option.remedy.key) for option in offer.options.all()},
    }
