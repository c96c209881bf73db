"""How two rates of complaints compare: their ratio with an exact interval, and what shuffled weeks would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from amends.measures.distributions import beta_below
from amends.measures.weeks import Total, Week, total

SHUFFLES = 2000
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate over another, its 95 % interval and the two-sided probability of so great a difference by chance."""

    value: float
    low: float
    high: float
    p: float


def rate_ratio(after: Total, before: Total, *, phi: float = 1.0) -> Ratio:
    """`after` over `before`: given their sum the count after is binomial; mid-p interval and test (E60).

    Scattered counts are divided by phi before: they carry as much as fewer even ones. With no complaint before, the
    ratio has no upper end; with none at all, or nothing to count them in on one side, nothing is known.
    """
    count, of = after.count / phi, (after.count + before.count) / phi
    if not of or not after.exposure or not before.exposure:
        return Ratio(1.0, 0.0, inf, 1.0)
    even = after.exposure / (after.exposure + before.exposure)
    tail = mid_below(count, of, even)
    return Ratio(
        value=after.rate / before.rate if before.count else inf,
        low=_as_ratio(_share_where(count, of, 0.975), even) if count else 0.0,
        high=_as_ratio(_share_where(count, of, 0.025), even) if before.count else inf,
        p=min(1.0, 2 * min(tail, 1 - tail)),
    )


def mid_below(count: float, of: float, share: float) -> float:
    """The probability of fewer than this count plus half that of exactly it; a binomial that takes parts of numbers."""
    at_most = beta_below(1 - share, of - count, count + 1) if count < of else 1.0
    fewer = beta_below(1 - share, of - count + 1, count) if count > 0 else 0.0
    return (at_most + fewer) / 2


def shuffled(after: Sequence[Week], before: Sequence[Week], *, seed: int) -> float:
    """The two-sided probability of such a difference in rates when weeks fall before or after by chance alone (seeded).

    Weeks that scatter are compared as they are, so their scatter cannot look like a change (E60).
    """
    import numpy as np

    every = [*after, *before]
    counts = np.array([one.count for one in every], dtype=float)
    exposures = np.array([one.exposure for one in every])
    chance = np.random.default_rng(seed)
    orders = chance.permuted(np.tile(np.arange(len(every)), (SHUFFLES, 1)), axis=1)[:, : len(after)]
    some_counts, some_exposures = counts[orders].sum(axis=1), exposures[orders].sum(axis=1)
    gaps = some_counts / some_exposures - (counts.sum() - some_counts) / (exposures.sum() - some_exposures)
    seen = total(after).rate - total(before).rate
    slack = 1e-12
    fewer, more = int((gaps <= seen + slack).sum()), int((gaps >= seen - slack).sum())
    return min(1.0, 2 * (1 + min(fewer, more)) / (1 + SHUFFLES))


def _share_where(count: float, of: float, tail: float) -> float:
    """The share at which the mid tail has this probability; the tail falls while the share rises."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if mid_below(count, of, middle) > tail else (low, middle)
    return (low + high) / 2


def _as_ratio(share: float, even: float) -> float:
    return share / (1 - share) * (1 - even) / even if share < 1 else inf
