"""An early warning that adds up small excesses week by week, with its own false-alarm time reckoned, not guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from amends.measures.distributions import poisson_at_most
from amends.measures.errors import ChartNeedsMore
from amends.measures.weeks import Week

RATIO = 1.5
CALM_WEEKS = 1000
_STEPS = 20  # the sum moves in twentieths: k is rounded to one, and then the chain is exact
_HIGHEST = 64


@dataclass(frozen=True, slots=True)
class Watch:
    """A Poisson CUSUM: what is expected a week, the ratio it looks for, and the sum at which it warns."""

    expected: float
    ratio: float
    warns_at: float

    @property
    def calm_weeks(self) -> float:
        """After how many weeks it warns of nothing, in the mean (ARL0)."""
        return run_length(self.expected, reference(self.expected, self.ratio), self.warns_at)

    @property
    def weeks_to_warn(self) -> float:
        """After how many weeks it warns when the ratio is reached, in the mean (ARL1)."""
        return run_length(self.expected * self.ratio, reference(self.expected, self.ratio), self.warns_at)

    @property
    def words(self) -> str:
        """Its promise in a sentence."""
        return (
            f"Warns after about {self.weeks_to_warn:.0f} weeks when there are {self.ratio:g} times as many, and "
            f"falsely once in {self.calm_weeks:,.0f} weeks."
        )


def watch(expected: float, *, ratio: float = RATIO, calm_weeks: float = CALM_WEEKS) -> Watch:
    """The watch that looks for this ratio and warns falsely at most once in so many weeks (E59).

    Raises ChartNeedsMore for a rise so small that no sum up to 64 can tell it from chance so seldom wrongly.
    """
    if expected <= 0 or ratio <= 1:
        raise ChartNeedsMore("A watch needs something to expect, and a ratio above 1 to look for. Choose another.")
    k = reference(expected, ratio)
    below, above = 0, _STEPS
    while run_length(expected, k, above / _STEPS) < calm_weeks:
        below, above = above, 2 * above
        if above > _HIGHEST * _STEPS:
            raise ChartNeedsMore(
                f"{ratio:g} times as many is too little to be watched at {expected:g} a week. Look for a greater ratio."
            )
    while above - below > 1:
        middle = (above + below) // 2
        enough = run_length(expected, k, middle / _STEPS) >= calm_weeks
        below, above = (below, middle) if enough else (middle, above)
    return Watch(expected, ratio, above / _STEPS)


def reference(expected: float, ratio: float) -> float:
    """k, what is taken off each week: (μ1 - μ0) / ln(μ1 / μ0), to a twentieth and at least one (Lucas 1985)."""
    return max(1, round(_STEPS * expected * (ratio - 1) / log(ratio))) / _STEPS


def sums(watch: Watch, weeks: Sequence[Week], *, rate: float) -> tuple[float, ...]:
    """The sum after each week; it begins anew at nought when it has warned. `rate` is that of the baseline."""
    found, so_far = [], 0.0
    k = reference(watch.expected, watch.ratio)
    for week in weeks:
        so_far = max(0.0, so_far + week.count - k * rate * week.exposure / watch.expected)
        found.append(so_far)
        so_far = 0.0 if so_far >= watch.warns_at else so_far
    return tuple(found)


@cache
def run_length(mean: float, k: float, warns_at: float) -> float:
    """How many weeks pass in the mean until a CUSUM from nought warns: the chain of Brook and Evans 1972.

    The sum can only take multiples of a twentieth, so with k and the warning sum on that grid nothing is approximated.
    """
    import numpy as np

    step, states = round(k * _STEPS), max(1, round(warns_at * _STEPS))
    at_most = np.array([poisson_at_most(count, mean) for count in range((states + step) // _STEPS + 1)])
    chance = np.diff(at_most, prepend=0.0)
    here, came = np.indices((states, len(chance)))
    reached = np.maximum(0, here + came * _STEPS - step)
    stays = reached < states
    moves = np.zeros((states, states))
    np.add.at(moves, (here[stays], reached[stays]), chance[came[stays]])
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])
