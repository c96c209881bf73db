"""Whether two people who name causes mean the same: agreement beyond chance."""

from collections import Counter
from collections.abc import Hashable, Sequence

from amends.measures.errors import ImpossibleCount
from amends.measures.figure import Figure, Unit
from amends.method.rates import wilson

FEWEST_CODED = 30


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Figure:
    """Cohen's kappa of what two coders called the same issues, 1 at most, with its interval; 0 is chance (Cohen 1960).

    The interval is Wilson's for the share named alike, carried over: it takes chance agreement as known, as Cohen's own
    error does, and holds where all agree. Where chance alone must agree, because both only ever used one name, nothing
    is known and the interval is the whole scale.
    """
    n = len(pairs)
    first, second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(count * second[name] for name, count in first.items()) / (n * n) if n else 1.0
    if by_chance == 1:
        return _figure(0.0, -1.0, 1.0, n)
    alike = sum(one == other for one, other in pairs)
    value, low, high = ((share - by_chance) / (1 - by_chance) for share in (alike / n, *wilson(alike, n)))
    return _figure(value, max(-1.0, low), high, n)


def coded_alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> Figure:
    """Kappa of two lists of names for the same issues in the same order."""
    if len(one) != len(other):
        raise ImpossibleCount(
            f"One coder named {len(one)} issues, the other {len(other)}. Compare the ones both named."
        )
    return kappa(list(zip(one, other, strict=True)))


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
