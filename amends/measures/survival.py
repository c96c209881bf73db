"""Who is still there after so many days, also when not all could be followed so long: Kaplan-Meier, log-rank."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, sqrt

from amends.measures.distributions import chi_square_above, normal_quantile
from amends.measures.figure import Figure, Unit
from amends.method.rates import wilson

FEWEST_FOLLOWED = 20


@dataclass(frozen=True, slots=True)
class Life:
    """How many days somebody was followed, and whether they left then or were merely seen no longer."""

    days: int
    left: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which somebody left: how many were there, how many left, the share that stayed, Greenwood's sum."""

    day: int
    there: int
    left: int
    stayed: float
    spread: float


def survival(lives: Sequence[Life]) -> tuple[Step, ...]:
    """The curve of Kaplan and Meier 1958, one step for each day on which somebody left."""
    left = Counter(one.days for one in lives if one.left)
    ended = Counter(one.days for one in lives)
    gone = dict(zip(sorted(ended), accumulate(ended[day] for day in sorted(ended)), strict=True))
    steps: list[Step] = []
    stayed, spread = 1.0, 0.0
    for day in sorted(left):
        there = len(lives) - gone[day] + ended[day]
        stayed *= 1 - left[day] / there
        spread += left[day] / (there * (there - left[day])) if there > left[day] else 0.0
        steps.append(Step(day, there, left[day], stayed, spread))
    return tuple(steps)


def stayed_for(lives: Sequence[Life], day: int, *, name: str = "Still customers") -> Figure:
    """The share still there after so many days, with Greenwood's interval on the log-log scale.

    `n` is how many were followed to that day or left before it, `fewest` must have been. While nobody has left, or
    nobody stayed, the spread is unknown and the interval is Wilson's over those followed.
    """
    step = next((one for one in reversed(survival(lives)) if one.day <= day), None)
    stayed = step.stayed if step else 1.0
    known = sum(one.left or one.days >= day for one in lives)
    low, high = _log_log(stayed, step.spread) if step and 0 < stayed < 1 else wilson(round(stayed * known), known)
    return Figure(
        name=f"{name} after {day} days",
        unit=Unit.SHARE,
        value=stayed,
        low=low,
        high=high,
        n=known,
        noun="people followed so long",
        fewest=FEWEST_FOLLOWED,
    )


def _log_log(stayed: float, spread: float) -> tuple[float, float]:
    reach = normal_quantile(0.975) * sqrt(spread) / abs(log(stayed))
    return exp(log(stayed) * exp(reach)), exp(log(stayed) * exp(-reach))


@dataclass(frozen=True, slots=True)
class LogRank:
    """Whether two groups leave alike: the statistic, its probability by chance, and the expected departures."""

    statistic: float
    p: float
    expected: float


def log_rank(one: Sequence[Life], other: Sequence[Life]) -> LogRank:
    """The log-rank test of Mantel 1966; `expected` is how many of `one` would have left were both alike."""
    days, other_days = (sorted(life.days for life in group) for group in (one, other))
    left_by_day = Counter(life.days for life in (*one, *other) if life.left)
    expected = spread = 0.0
    for day, left in left_by_day.items():
        mine = len(days) - bisect_left(days, day)
        there = mine + len(other_days) - bisect_left(other_days, day)
        expected += left * mine / there
        spread += left * mine * (there - mine) * (there - left) / (there * there * (there - 1)) if there > 1 else 0.0
    statistic = (sum(life.left for life in one) - expected) ** 2 / spread if spread else 0.0
    return LogRank(statistic, chi_square_above(statistic), expected)
