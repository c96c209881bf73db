"""Writing down by hand who sent a customer to us, and taking it away again."""

from datetime import date, datetime

from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.customers.models import Customer
from amends.loyalty.no_linking import check_linking
from amends.loyalty.purchase import Purchase
from amends.loyalty.purchase_file import is_address
from amends.loyalty.referral import Referral, theirs, unwilling
from amends.loyalty.veil import veiled_address
from amends.team.models import User
from amends.team.permissions import Right


def note_referral(case: Case, sender: str, *, by: User, now: datetime) -> Referral:
    """Write down who sent the customer of a case to us, by that person's e-mail address, which is veiled at once.

    Raises Incomplete for what is no address or their own, AlreadyDone when it is known, NotPossible against a wish.
    """
    if not by.can(Right.WORK_CASES):
        raise NotAllowed("Who sent somebody to us is written down by the people who write to them.")
    address = sender.strip().lower()
    if not is_address(address):
        raise Incomplete("Write the e-mail address of the person who sent them.", "sender")
    mine = theirs(case.customer)
    if not mine:
        raise NotPossible("We know no e-mail address of theirs, so nobody could be found again.")
    veil = veiled_address(address)
    if veil in mine:
        raise Incomplete("This is their own address. Write the one of who sent them.", "sender")
    with writing():
        check_linking(case.customer)
        _check_wish(veil)
        if Referral.objects.filter(buyer__in=mine).exists():
            raise AlreadyDone("Who sent them stands here already. Take it away first if it was wrong.")
        made = Referral.objects.create(buyer=mine[0], sender=veil, day=_came(case.customer), by=by, at=now)
        record("referral_noted", case.pk, by, now)
    return made


def remove_referral(case: Case, *, by: User, now: datetime) -> None:
    """Take away who sent the customer of a case; raises NotPossible where nothing stands."""
    if not by.can(Right.WORK_CASES):
        raise NotAllowed("Who sent somebody to us is written down by the people who write to them.")
    with writing():
        gone, _ = Referral.objects.filter(buyer__in=theirs(case.customer)).delete()
        if not gone:
            raise NotPossible("Nothing stands there any more.")
        record("referral_removed", case.pk, by, now)


def _check_wish(sender: str) -> None:
    if sender in unwilling():
        raise NotPossible("The person who sent them asked us to link nothing to them. So it is not written down.")


def _came(customer: Customer) -> date:
    """The day somebody came to us, as far as it is known: their first purchase, else their first letter."""
    first = Purchase.objects.filter(buyer__in=theirs(customer)).order_by("day").values_list("day", flat=True).first()
    wrote = localtime(customer.since).date()
    return min(first, wrote) if first else wrote
