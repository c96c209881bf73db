"""Complaints for so many orders, visits or users, with an interval; a raw count only where nothing else is known."""

from math import inf

from amends.measures.distributions import gamma_quantile
from amends.measures.errors import ImpossibleCount
from amends.measures.figure import Figure, Unit


def rate(name: str, count: int, exposure: float, *, per: int, of: str, fewest: int = 1) -> Figure:
    """Complaints per so many of something, with the exact Poisson interval (Garwood 1936).

    `n` is the exposure, rounded down: with no complaint at all the upper end still says what could be.
    """
    if count < 0:
        raise ImpossibleCount(f"{count} complaints cannot be. Count them again.")
    return _for_so_many(name, count, 1.0, exposure, per=per, of=of, fewest=fewest)


def weighed_rate(name: str, weight: float, squares: float, exposure: float, *, per: int, of: str) -> Figure:
    """A sum of weights (points, cents) per so many of something, from the sum and the sum of squares of the weights.

    Its interval is that of as many equal weights as would be equally uncertain: for weights of 1 it is `rate`'s.
    """
    if weight < 0 or squares < 0 or (weight and not squares):
        raise ImpossibleCount(f"Weights that sum to {weight:g} with squares of {squares:g} cannot be.")
    equal = weight * weight / squares if weight else 0.0
    return _for_so_many(name, equal, weight / equal if weight else 1.0, exposure, per=per, of=of)


def _for_so_many(
    name: str, count: float, each: float, exposure: float, *, per: int, of: str, fewest: int = 1
) -> Figure:
    """So many that weigh `each`, for `per` of what they are counted in."""
    if exposure < 0:
        raise ImpossibleCount(f"{exposure:g} {of} cannot be. Correct the {of} of this period.")
    low, high = poisson_interval(count)
    times = each * per / exposure if exposure else inf
    return Figure(
        name=f"{name} per {per:,} {of}",
        unit=Unit.MEAN,
        value=count * times if exposure else 0.0,
        low=low * times if exposure else 0.0,
        high=high * times,
        n=int(exposure),
        noun=of,
        fewest=fewest,
    )


def poisson_interval(count: float) -> tuple[float, float]:
    """The 95 % interval of a mean of which this count was seen (Garwood 1936)."""
    return (gamma_quantile(0.025, count) if count > 0 else 0.0), gamma_quantile(0.975, count + 1)
