"""How long things take: the middle, nine in ten and the share within a target, also while some still wait."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from amends.measures.distributions import binomial_at_most
from amends.measures.figure import Figure, Unit, share
from amends.method.waits import Wait, covering

FEWEST_TIMES = 20
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The distribution of some waits; `undecided` still run and have not reached the target."""

    median: Figure
    p90: Figure
    within: Figure
    undecided: int


def times(waits: Sequence[Wait], target: timedelta) -> Times:
    """The median, the 90th percentile and the share within the target, of waits on whatever clock they were taken.

    A wait that goes on is never left out: it is missed once it has passed the target, and undecided before.
    """
    missed = sum(one.span > target for one in waits)
    made = sum(one.over and one.span <= target for one in waits)
    return Times(
        median=quantile("Half take at most", waits, 0.5),
        p90=quantile("Nine in ten take at most", waits, 0.9),
        within=share("Within the target", made, made + missed, noun="waits", fewest=FEWEST_TIMES),
        undecided=len(waits) - made - missed,
    )


def quantile(name: str, waits: Sequence[Wait], part: float) -> Figure:
    """The time within which this part is through, in hours, with its interval from ordered waits (no shape assumed).

    The value is that of Kaplan and Meier. The lower end counts a wait that goes on as over today, the upper end as
    never over, so the truth about them cannot fall outside. An end is infinite when there are too few to bound it.
    """
    first, last = ranks(len(waits), part)
    spans = sorted(one.span for one in waits)
    over = sorted(one.span for one in waits if one.over)
    through = covering(waits, part)
    return Figure(
        name=name,
        unit=Unit.HOURS,
        value=_hours(through) if through is not None else inf,
        low=_hours(spans[first - 1]) if first else 0.0,
        high=_hours(over[last - 1]) if last <= len(over) else inf,
        n=len(waits),
        noun="waits",
        fewest=FEWEST_TIMES,
    )


def ranks(of: int, part: float) -> tuple[int, int]:
    """Which of the ordered values bound a quantile at 95 %: the exact binomial ranks; 0 and of + 1 where none does."""

    def fewer(rank: int) -> float:
        return binomial_at_most(rank - 1, of, part)

    every = range(1, of + 1)
    return bisect_right(every, 0.025, key=fewer), 1 + bisect_left(every, 0.975, key=fewer)


def _hours(span: timedelta) -> float:
    return span / _HOUR
