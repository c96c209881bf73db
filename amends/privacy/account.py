"""How much we hold about a customer, and what stands in the way of erasing it."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.event import Event
from amends.cases.kinds import BESIDE
from amends.customers.models import Customer
from amends.errors import AmendsError
from amends.loyalty.purchase import bought_by
from amends.loyalty.referral import referrals_of
from amends.privacy.erase import check_free, open_cases
from amends.privacy.holds import standing_hold
from amends.privacy.mail import others_name, raw_mails, trial_letters
from amends.privacy.models import Erasure, LegalHold
from amends.privacy.places import PLACES

_ONE_IN_TWO = frozenset({"Customer", "EventWords", "Standing", "Coverage", "OutboxEntry", "DeliveryAttempt"})


@dataclass(frozen=True, slots=True)
class Account:
    """What we hold: `kinds` counts records by what they are called, most first; `hindered` says why none may go now."""

    kinds: tuple[tuple[str, int], ...]
    open_cases: tuple[int, ...]
    hold: LegalHold | None
    erasure: Erasure | None
    hindered: str
    others: int
    old_rows: int


def account_of(customer: Customer, now: datetime) -> Account:
    """What we hold about a customer at this moment; an erased one is not counted any more."""
    erasure = Erasure.objects.select_related("by").filter(customer=customer).first()
    return Account(
        kinds=() if erasure else counted(customer),
        open_cases=tuple(open_cases(customer).values_list("pk", flat=True)),
        hold=standing_hold(customer),
        erasure=erasure,
        hindered="" if erasure else _hindered(customer, now),
        others=0 if erasure else others_name(customer.pk),
        old_rows=old_rows(customer),
    )


def counted(customer: Customer) -> tuple[tuple[str, int], ...]:
    """How many records of each kind there are, most first; rows that only repeat others are not told."""
    shown = [place for place in PLACES if place.model not in _ONE_IN_TWO and not place.apart]
    rows = [(place.name, place.rows(customer.pk).count()) for place in shown]
    rows += [("purchases", bought_by(customer.addresses.values_list("value", flat=True)).count())]
    rows += [("referrals", referrals_of(customer).count())]
    rows += [("mails as they came", raw_mails(customer.pk).count())]
    rows += [("letters of the trial in the data folder", len(trial_letters(customer.pk)))]
    return tuple(sorted((row for row in rows if row[1]), key=lambda row: (-row[1], row[0])))


def old_rows(customer: Customer) -> int:
    """How many rows of the ledger hold the title of an option from before titles stood beside it; they cannot go."""
    rows = Event.objects.filter(case__customer=customer, kind__in=BESIDE)
    return sum(isinstance(one.data.get(BESIDE[one.kind]), str) for one in rows)


def _hindered(customer: Customer, now: datetime) -> str:
    try:
        check_free(customer, now, asked=True)
    except AmendsError as reason:
        return str(reason)
    return ""
