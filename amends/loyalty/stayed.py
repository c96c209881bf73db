"""Who stayed: people who bought again long after something went wrong, and to whom nobody has said thank you."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from amends.cases.case import Case
from amends.customers.models import Address
from amends.loyalty.purchase import Purchase
from amends.loyalty.veil import veiled_address
from amends.purse.gesture import Gesture, Reason
from amends.recovery.fulfilment import worked
from amends.team.models import Team

# A quarter of a year after it was put right, staying is more than a purchase under way ([J]: no source).
LONG = timedelta(days=90)
LOOKED_AT = 400


def stayed(team: Team, now: datetime, most: int = 20) -> Sequence[Case]:
    """The cases of a team, the latest closed first, whose customers bought again 90 days and more after.

    Left out: who was given something for it, and who has an open case, for they are owed something else first. Of the
    cases the latest 400 are looked at.
    """
    given = Gesture.objects.filter(case=OuterRef("pk"), reason=Reason.STAYED, taken_back=None)
    unfinished = Case.objects.filter(customer=OuterRef("customer"), closure=None)
    rows = Case.objects.filter(team=team, pk__in=worked().values("case"), closure__at__lte=now - LONG)
    waiting = rows.exclude(Exists(given)).exclude(Exists(unfinished)).select_related("customer", "closure")
    looked = list(waiting.order_by("-closure__at", "-pk")[:LOOKED_AT])
    latest = _latest({case.customer_id for case in looked})
    found = [case for case in looked if latest.get(case.customer_id, date.min) >= _long_after(case)]
    return found[:most]


def _long_after(case: Case) -> date:
    return (case.closure.at + LONG).date()


def _latest(customers: set[int]) -> dict[int, date]:
    """The day each of these customers bought something last, as far as it is known."""
    rows = Address.objects.filter(kind="email", customer__in=customers).values_list("customer_id", "value")
    veils = {veiled_address(value): customer for customer, value in rows}
    found: dict[int, date] = {}
    for buyer, day in Purchase.objects.filter(buyer__in=veils).order_by("day").values_list("buyer", "day"):
        found[veils[buyer]] = day
    return found
