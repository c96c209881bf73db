"""An early warning that adds up small excesses week by week, with its own false-alarm time reckoned, not guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log
from typing import TYPE_CHECKING

from amends.measures.distributions import poisson_above, poisson_at_most
from amends.measures.errors import ChartNeedsMore
from amends.measures.weeks import Week

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATIO = 1.5
CALM_WEEKS = 1000
_STEPS = 20  # the sum moves in twentieths: k is rounded to one, and then the chain is exact
_STATES = tuple(_STEPS * highest for highest in (8, 16, 32, 64))
_TOGETHER = 64
_ROUNDING = 1e-9
_LEAST = 1e-100  # what is rarer is taken to be as rare, so that no run of weeks is without end
_SELDOM = 1_000_000


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
        calm, soon = self.calm_weeks, round(self.weeks_to_warn)
        seldom = f"once in {calm:,.0f}" if calm < _SELDOM else f"less than once in {_SELDOM:,}"
        return (
            f"Warns after about {soon} {'week' if soon == 1 else 'weeks'} when there are {self.ratio:g} times as many, "
            f"and falsely {seldom} weeks."
        )


@lru_cache(64)
def watch(expected: float, *, ratio: float = RATIO, calm_weeks: float = CALM_WEEKS) -> Watch:
    """The watch that looks for this ratio and warns falsely at most once in so many weeks (E59).

    Raises ChartNeedsMore for a rise so small that no sum up to 64 can tell it from chance so seldom wrongly.
    """
    if expected <= 0 or ratio <= 1:
        raise ChartNeedsMore("A watch needs something to expect, and a ratio above 1 to look for. Choose another.")
    for states in _STATES:
        lengths = _run_lengths(expected, reference(expected, ratio), states)
        if lengths[-1] >= calm_weeks:
            return Watch(expected, ratio, (1 + int(lengths.searchsorted(calm_weeks))) / _STEPS)
    raise ChartNeedsMore(
        f"{ratio:g} times as many is too little to be watched at {expected:g} a week. Look for a greater ratio."
    )


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
        so_far = 0.0 if so_far >= watch.warns_at - _ROUNDING else so_far
    return tuple(found)


def run_length(mean: float, k: float, warns_at: float) -> float:
    """How many weeks pass in the mean until a CUSUM from nought warns: the chain of Brook and Evans 1972.

    The sum can only take multiples of a twentieth, so with k and the warning sum on that grid nothing is approximated.
    """
    return float(_run_lengths(mean, k, max(1, round(warns_at * _STEPS)))[-1])


def _run_lengths(mean: float, k: float, states: int) -> "npt.NDArray[np.float64]":
    """The run length for each warning sum of one twentieth to so many.

    The states are left out from the lowest up: what remains of a row says where the sum is when it first lies above
    that state, and after how many weeks. Only sums of what is not negative are taken (Grassmann, Taksar and Heyman
    1985), so a run of 10^30 weeks is as exact as one of ten.
    """
    import numpy as np

    chain = _chain(mean, round(k * _STEPS), states)
    for begin in range(0, states, _TOGETHER):
        end = min(begin + _TOGETHER, states)
        for one in range(begin, end):
            onward = chain[one, one + 1 :]
            onward /= max(_LEAST, onward[:-1].sum())
            onward[-1] = min(onward[-1], 1 / _LEAST)
            chain[one + 1 : end, one + 1 :] += np.outer(chain[one + 1 : end, one], onward)
            chain[end:, one + 1 : end] += np.outer(chain[end:, one], onward[: end - one - 1])
        chain[end:, end:] += chain[end:, begin:end] @ chain[begin:end, end:]
    reached = np.zeros(states)
    reached[0] = 1
    for one in range(states):
        reached[one + 1 :] += reached[one] * chain[one, one + 1 : states]
    return np.cumsum(reached * chain[:, -1])


def _chain(mean: float, step: int, states: int) -> "npt.NDArray[np.float64]":
    """From each state the chance of each in a week, then that of a warning, then the one week itself."""
    import numpy as np

    here = np.arange(states)
    chain = np.zeros((states, states + 2))
    chain[:, 0] = [poisson_at_most((step - state) // _STEPS, mean) for state in range(states)]
    for came in range(max(0, (step - states) // _STEPS + 1), (states + step) // _STEPS + 1):
        reached = here + came * _STEPS - step
        stays = (reached > 0) & (reached < states)
        chain[here[stays], reached[stays]] = exp(came * log(mean) - mean - lgamma(came + 1))
    chain[:, states] = [poisson_above((states + step - state - 1) // _STEPS, mean) for state in range(states)]
    chain[:, -1] = 1
    return chain
