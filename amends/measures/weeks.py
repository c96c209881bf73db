"""Counts over time with what they are counted in, and how much more they scatter than chance alone would."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amends.measures.errors import ImpossibleCount

FEWEST_FOR_SPREAD = 12
SCATTERED = 1.2
DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `starts_on`: the complaints, and the orders, visits or users they come from (1 if unknown)."""

    starts_on: date
    count: int
    exposure: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot have been counted."""
        if self.count < 0 or self.exposure <= 0:
            raise ImpossibleCount(
                f"The week of {self.starts_on} has {self.count} complaints in {self.exposure:g}. A count is nought or "
                "more, and what it is counted in is more than nought: leave out weeks without any business."
            )

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.starts_on + timedelta(days=DAYS - 1)


@dataclass(frozen=True, slots=True)
class Total:
    """Weeks added up."""

    count: int
    exposure: float
    weeks: int

    @property
    def rate(self) -> float:
        """Complaints for each unit of exposure, 0 of nothing."""
        return self.count / self.exposure if self.exposure else 0.0


def total(weeks: Iterable[Week]) -> Total:
    """All of these weeks together."""
    every = list(weeks)
    return Total(sum(one.count for one in every), sum(one.exposure for one in every), len(every))


def spread(*groups: Sequence[Week]) -> float:
    """Phi: the variance beside Poisson's, about each group's own rate; 1 is chance alone, and 1 where nothing tells.

    It is Pearson's chi-square over its degrees of freedom. Below 12 weeks it is too uncertain to be used (E57).
    """
    chi, freedom = 0.0, 0
    for group in groups:
        all_of_it = total(group)
        if all_of_it.count:
            chi += sum(
                (one.count - all_of_it.rate * one.exposure) ** 2 / (all_of_it.rate * one.exposure) for one in group
            )
            freedom += len(group) - 1
    return chi / freedom if freedom > 0 else 1.0


def widening(phi: float) -> float:
    """The phi to reckon with: 1 unless the weeks scatter clearly more than chance."""
    return phi if phi > SCATTERED else 1.0
