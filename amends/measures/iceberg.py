"""How many were harmed and never said so: a lower bound from people who came by two roads."""

from math import exp, sqrt

from amends.measures.distributions import normal_quantile
from amends.measures.errors import ImpossibleCount
from amends.measures.figure import Figure, Unit

FEWEST_BOTH = 7


def iceberg(by_one: int, by_other: int, by_both: int) -> Figure:
    """At least how many were affected, when so many were heard by one road, by another, and by both (Chapman 1951).

    It holds if the roads are independent. Loud people use both, and then the truth is higher: a lower bound (E62).
    The interval is Sadinle's (2009); below seven heard by both it is too uncertain to show ([J]).
    """
    if by_both > min(by_one, by_other) or by_both < 0:
        raise ImpossibleCount(
            f"{by_both} people cannot have come by both roads when {by_one} and {by_other} came by each. Count again."
        )
    only_one, only_other, both = by_one - by_both + 0.5, by_other - by_both + 0.5, by_both + 0.5
    spread = sqrt(1 / both + 1 / only_one + 1 / only_other + both / (only_one * only_other))
    heard, unheard = by_one + by_other - by_both, only_one * only_other / both
    reach = normal_quantile(0.975) * spread
    value = (by_one + 1) * (by_other + 1) / (by_both + 1) - 1
    return Figure(
        name="Affected, at least",
        unit=Unit.COUNT,
        value=value,
        low=min(value, heard - 0.5 + unheard * exp(-reach)),
        high=max(value, heard - 0.5 + unheard * exp(reach)),
        n=by_both,
        noun="heard by both roads",
        fewest=FEWEST_BOTH,
    )
