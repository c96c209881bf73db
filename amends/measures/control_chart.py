"""Which weeks are unlike the ones before: limits for rates and for rare events that know how little they rest on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, exp, floor, log

from amends.measures.distributions import log_beta, negative_binomial_at_most
from amends.measures.errors import ChartNeedsMore
from amends.measures.weeks import FEWEST_FOR_SPREAD, Week, spread, total, widening

ALPHA = 0.00135
FEWEST_BASELINE = 8


class Chart(StrEnum):
    """Which chart suits: rates by week, or the number of good ones between two bad."""

    RATES = "u"
    RARE = "g"


class Sign(StrEnum):
    """What a point says."""

    USUAL = "usual"
    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Point:
    """One week beside its limits, all in complaints; outside of them it is not what the baseline leads to expect."""

    week: Week
    middle: float
    low: int
    high: int

    @property
    def sign(self) -> Sign:
        """Whether the week lies above, below or within."""
        if self.week.count > self.high:
            return Sign.HIGH
        return Sign.LOW if self.week.count < self.low else Sign.USUAL

    @property
    def words(self) -> str:
        """The week in a sentence."""
        usual = f"{self.low:,} to {self.high:,} would be usual"
        match self.sign:
            case Sign.USUAL:
                return f"{self.week.count:,} in the week of {self.week.starts_on}: nothing out of the usual ({usual})."
            case Sign.HIGH:
                return f"{self.week.count:,} in the week of {self.week.starts_on}: more than chance explains ({usual})."
            case Sign.LOW:
                return (
                    f"{self.week.count:,} in the week of {self.week.starts_on}: fewer than chance explains ({usual})."
                )


def chart_for(baseline: Sequence[Week]) -> Chart:
    """Rates where a week brings two or more in the mean, else the spaces between them (E57)."""
    whole = total(baseline)
    return Chart.RATES if whole.weeks and whole.count / whole.weeks >= 2 else Chart.RARE


def rate_chart(baseline: Sequence[Week], weeks: Sequence[Week]) -> tuple[Point, ...]:
    """Each week beside negative-binomial predictive limits (Jeffreys prior, 0.135 % on either side; E57).

    They are wider after a short baseline, because its rate is not known well. A baseline of 12 weeks or more that
    scatters widens them by its phi. Raises ChartNeedsMore below 8 weeks.
    """
    if len(baseline) < FEWEST_BASELINE:
        raise ChartNeedsMore(
            f"A control chart needs {FEWEST_BASELINE} weeks to begin with; there are {len(baseline)}. Come back in "
            f"{FEWEST_BASELINE - len(baseline)} weeks or import earlier ones."
        )
    whole, phi = total(baseline), scatter(baseline)
    return tuple(
        Point(one, whole.rate * one.exposure, *limits(whole.count, whole.exposure, one.exposure, phi=phi))
        for one in weeks
    )


def scatter(baseline: Sequence[Week]) -> float:
    """The phi by which limits are widened: 1 unless 12 weeks or more scatter clearly more than chance."""
    return widening(spread(baseline)) if len(baseline) >= FEWEST_FOR_SPREAD else 1.0


def limits(count: float, exposure: float, to_come: float, *, phi: float = 1.0) -> tuple[int, int]:
    """The least and the greatest count still usual in an exposure to come, after this count in this exposure.

    Scattered counts carry as much as fewer even ones: both are divided by phi before, and multiplied after.
    """
    size, part = count / phi + 0.5, exposure / (exposure + to_come)
    high = _first(lambda value: negative_binomial_at_most(value / phi, size, part) >= 1 - ALPHA)
    low = _first(lambda value: negative_binomial_at_most(value / phi, size, part) > ALPHA)
    return low, high


def _first(is_enough: Callable[[int], bool]) -> int:
    """The least whole number that is enough, where every greater one is too."""
    above = 1
    while not is_enough(above):
        above *= 2
    below = -1
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (below, middle) if is_enough(middle) else (middle, above)
    return above


def gap_limit(share: float, *, alpha: float = ALPHA) -> float:
    """How many good ones between two bad are more than chance explains, when this share is bad: exact (E58).

    Mean and three standard deviations would raise 13 times as many false alarms. More is better.
    """
    return log(alpha) / log(1 - share)


def predicted_gap_limit(gaps: Sequence[int]) -> int:
    """The same after a baseline of gaps, whose share of bad ones is not known well (Jeffreys prior, beta-geometric)."""
    if len(gaps) < FEWEST_BASELINE:
        raise ChartNeedsMore(
            f"A chart of rare events needs {FEWEST_BASELINE} gaps to begin with; there are {len(gaps)}. Until then "
            "look at each case."
        )
    bad, good = len(gaps) + 0.5, sum(gaps) + 0.5
    return _first(lambda gap: exp(log_beta(bad, good + gap) - log_beta(bad, good)) <= ALPHA)


def gap_chart(baseline: Sequence[int], gaps: Sequence[int]) -> tuple[Sign, ...]:
    """What each gap says: HIGH where it is longer than chance explains, which is better; LOW is a run of no gaps.

    A single short gap is never a sign; `nought_run` in a row without one good between them is.
    """
    longest, run = predicted_gap_limit(baseline), nought_run(len(baseline) / (len(baseline) + sum(baseline)))
    signs, noughts = [], 0
    for gap in gaps:
        noughts = 0 if gap else noughts + 1
        signs.append(Sign.HIGH if gap >= longest else Sign.LOW if noughts >= run else Sign.USUAL)
    return tuple(signs)


def nought_run(share: float, *, alpha: float = ALPHA) -> int:
    """How many bad ones directly after each other are more than chance explains, when this share is bad."""
    return max(1, ceil(log(alpha) / log(share))) if share < 1 else floor(1 / alpha)
