"""Whether earlier weeks show such a drop too, at which nothing was changed: a placebo in time."""

from collections.abc import Sequence
from math import log

from amends.measures.weeks import Week, total

FEWEST_WEEKS = 25
FEWEST_CUTS = 19


def weeks_needed(after: int) -> int:
    """How many weeks before allow a placebo: 25, and 19 days at which as long a change could be imagined (E61)."""
    return max(FEWEST_WEEKS, FEWEST_CUTS - 1 + 2 * after)


def placebo(before: Sequence[Week], after: Sequence[Week]) -> float:
    """The probability of so great a change in its direction, by its rank among imagined ones in the weeks before (E61).

    Each compares as many weeks as there are after the real change with as many before it. What moves anyway, such as
    seasons and slow drifts, moves the imagined changes as well. With 19 of them the least value is 1 in 20.
    """
    length = len(after)
    real = _change(before[-length:], after)
    imagined = [
        _change(before[cut - length : cut], before[cut : cut + length])
        for cut in range(length, len(before) - length + 1)
    ]
    lower, higher = sum(one <= real for one in imagined), sum(one >= real for one in imagined)
    return (1 + min(lower, higher)) / (1 + len(imagined))


def _change(before: Sequence[Week], after: Sequence[Week]) -> float:
    """The logarithm of the ratio of the rates, with half a complaint on either side so that nought can be compared."""
    one, other = total(after), total(before)
    return log((one.count + 0.5) / one.exposure) - log((other.count + 0.5) / other.exposure)
