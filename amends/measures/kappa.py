"""Whether two people who name causes mean the same: agreement beyond chance."""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import sqrt

from amends.measures.distributions import normal_quantile
from amends.measures.errors import ImpossibleCount
from amends.measures.figure import Figure, Unit

FEWEST_CODED = 30


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Figure:
    """Cohen's kappa of what two coders called the same issues, 1 at most, with its large-sample interval.

    The variance is that of Fleiss, Cohen and Everitt 1969. 0 is chance, below 0 less than chance. Where chance alone
    must agree, because both only ever used one name, nothing is known and the interval is the whole scale.
    """
    n = len(pairs)
    alike = sum(one == other for one, other in pairs) / n if n else 0.0
    first, second = (_shares(Counter(pair[side] for pair in pairs), n) for side in (0, 1))
    by_chance = sum(share * second.get(name, 0.0) for name, share in first.items())
    if not n or by_chance == 1:
        return _figure(0.0, -1.0, 1.0, n)
    value = (alike - by_chance) / (1 - by_chance)
    reach = normal_quantile(0.975) * sqrt(_variance(pairs, first, second, value, by_chance) / n)
    return _figure(value, max(-1.0, value - reach), min(1.0, value + reach), n)


def coded_alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> Figure:
    """Kappa of two lists of names for the same issues in the same order."""
    if len(one) != len(other):
        raise ImpossibleCount(
            f"One coder named {len(one)} issues, the other {len(other)}. Compare the ones both named."
        )
    return kappa(list(zip(one, other, strict=True)))


def _shares(counts: Counter[Hashable], of: int) -> dict[Hashable, float]:
    return {name: count / of for name, count in counts.items()}


def _variance(
    pairs: Sequence[tuple[Hashable, Hashable]],
    first: dict[Hashable, float],
    second: dict[Hashable, float],
    value: float,
    by_chance: float,
) -> float:
    cells = {pair: count / len(pairs) for pair, count in Counter(pairs).items()}
    same = other = 0.0
    for (one, two), share in cells.items():
        if one == two:
            same += share * (1 - (first[one] + second[one]) * (1 - value)) ** 2
        else:
            other += share * (second.get(one, 0.0) + first.get(two, 0.0)) ** 2
    rest = (value - by_chance * (1 - value)) ** 2
    return max(0.0, (same + (1 - value) ** 2 * other - rest) / (1 - by_chance) ** 2)


def _figure(value: float, low: float, high: float, n: int) -> Figure:
    return Figure(
        name="Agreement beyond chance (kappa)",
        unit=Unit.RATIO,
        value=value,
        low=low,
        high=high,
        n=n,
        noun="issues named by both",
        fewest=FEWEST_CODED,
    )
