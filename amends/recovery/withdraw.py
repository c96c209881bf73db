"""Taking back an offer nobody has answered, by hand or because a new one takes its place."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.ledger import record, writing
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import stand
from amends.recovery.errors import OfferSettled
from amends.recovery.offer import Offer, OfferWithdrawal
from amends.team.models import User


def withdraw(offer: Offer, reason: str, *, by: User, now: datetime) -> None:
    """Take back an offer nobody has answered; raises Incomplete without a reason, OfferSettled once it is answered."""
    if not reason.strip():
        raise Incomplete("Say why the offer is withdrawn.", "reason")
    with writing():
        offer = Offer.objects.select_related("acceptance", "decline", "withdrawal", "case__customer").get(pk=offer.pk)
        if offer.accepted_at or offer.declined_at or offer.withdrawn_at:
            raise OfferSettled("This offer was answered or taken back before. Load the page to see it.")
        OfferWithdrawal.objects.create(offer=offer, by=by, at=now, reason=reason.strip())
        _stop_letter(offer, now)
        record("offer_withdrawn", offer.case_id, by, now, offer=offer.pk)
        stand(offer.case, now)


def supersede(case: Case, issues: frozenset[int], *, by: User, now: datetime) -> None:
    """Withdraw the open offers for these issues, inside the change that makes a new one."""
    open_ones = case.offers.filter(issues__in=issues, acceptance=None, decline=None, withdrawal=None).distinct()
    for offer in open_ones:
        withdraw(offer, "A new offer took its place.", by=by, now=now)


def _stop_letter(offer: Offer, now: datetime) -> None:
    """Keep the letter of a withdrawn offer from leaving, when it has not left yet."""
    OutboxEntry.objects.waiting().filter(message=offer.message_id, leased_by="", attempts=0).update(cancelled_at=now)
