"""Who bought what in the usual currency, whose purchases are whose, and when somebody's case was closed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.timezone import localtime

from amends.cases.case import CaseQuerySet
from amends.customers.models import Address
from amends.insights.scope import Scope
from amends.loyalty.purchase import buyers, merged, usual_currency
from amends.loyalty.veil import veiled_address
from amends.measures.repurchase import Buyer

# For each customer their case and the day it was closed.
Closed = dict[int, tuple[int, date]]


@dataclass(frozen=True)
class Market:
    """Everybody's purchases in one currency up to the last day known, and the veils of every customer."""

    currency: str
    until: date
    bought: dict[str, Buyer]
    veils: dict[int, list[str]]

    @cached_property
    def others(self) -> list[Buyer]:
        """Everybody who never complained."""
        complained = {veil for found in self.veils.values() for veil in found}
        return [one for veil, one in self.bought.items() if veil not in complained]

    def of(self, customer: int) -> Buyer | None:
        """What a customer bought, under all their addresses; None for somebody who never did."""
        mine = [self.bought[veil] for veil in self.veils.get(customer, ()) if veil in self.bought]
        return merged(str(customer), mine, self.currency)


def market() -> Market | None:
    """The purchases in the currency most are in; None before the first."""
    usual = usual_currency()
    return Market(*usual, buyers(usual[0]), veils()) if usual else None


def veils() -> dict[int, list[str]]:
    """The veils of every customer who ever wrote to us, by their number."""
    found: dict[int, list[str]] = {}
    for customer, value in Address.objects.filter(kind="email").values_list("customer_id", "value"):
        found.setdefault(customer, []).append(veiled_address(value))
    return found


def first_closed(scope: Scope, cases: CaseQuerySet) -> Closed:
    """For each customer the first of these cases that was closed in the period, and the day it was closed."""
    rows = scope.rows(cases, "closure__at", case="pk").order_by("closure__at", "pk")
    found: Closed = {}
    for customer, case, at in rows.values_list("customer_id", "pk", "closure__at"):
        found.setdefault(customer, (case, localtime(at).date()))
    return found
