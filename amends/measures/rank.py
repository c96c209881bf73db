"""Whether two things go together over people: a rank correlation with its interval."""

from collections.abc import Sequence
from math import atanh, sqrt, tanh
from statistics import correlation

from amends.measures.figure import Figure, Unit

FEWEST_PEOPLE = 20
_Z = 1.959964


def rank_correlation(name: str, pairs: Sequence[tuple[float, float]], *, noun: str = "people") -> Figure:
    """Spearman's coefficient of pairs, from -1 to 1, with the 95 % interval of Bonett and Wright (2000).

    Equal values share their mean rank. Where one side is the same for everybody nothing is known, and the interval is
    the whole scale.
    """
    n = len(pairs)
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    if n < 4 or len(set(first)) == 1 or len(set(second)) == 1:
        return Figure(name=name, unit=Unit.RATIO, value=0.0, low=-1.0, high=1.0, n=n, noun=noun, fewest=FEWEST_PEOPLE)
    value = max(-1.0, min(1.0, correlation(first, second)))
    low, high = _interval(value, n)
    return Figure(name=name, unit=Unit.RATIO, value=value, low=low, high=high, n=n, noun=noun, fewest=FEWEST_PEOPLE)


def _interval(value: float, n: int) -> tuple[float, float]:
    if abs(value) > 1 - 1e-12:
        return value, value
    reach = _Z * sqrt((1 + value * value / 2) / (n - 3))
    return tanh(atanh(value) - reach), tanh(atanh(value) + reach)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    first = {value: ordered.index(value) for value in set(values)}
    return [first[value] + (values.count(value) + 1) / 2 for value in values]
