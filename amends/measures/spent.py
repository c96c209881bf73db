"""What people bought in the year before and after their complaint, beside people like them who had none."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from amends.measures.repurchase import Buyer, Twins
from amends.measures.retention import FEWEST_PAIRS
from amends.measures.times import ranks

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of some sums in cents, with its 95 % interval."""

    value: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Half spent at most so much, in one currency: the year before, the year after, and how it changed."""

    before: Middle
    after: Middle
    change: Middle


@dataclass(frozen=True, slots=True)
class Value:
    """Both sides of the pairs that could be followed for a year, and how much more the one side changed."""

    pairs: int
    put_right: Spent | None = None
    twin: Spent | None = None
    gap: Middle | None = None


def value_around(found: Twins, *, until: date) -> Value:
    """What both sides spent in the year before and after the day; nothing but the count below fifty pairs."""
    followed = [(one, twin) for one, twin in found.pairs if one.on + YEAR <= until]
    if len(followed) < FEWEST_PAIRS:
        return Value(len(followed))
    mine = [_around(one.buyer, one.on) for one, _ in followed]
    theirs = [_around(twin, one.on) for one, twin in followed]
    gaps = [(a[1] - a[0]) - (b[1] - b[0]) for a, b in zip(mine, theirs, strict=True)]
    return Value(len(followed), _spent(mine), _spent(theirs), middle(gaps))


def middle(values: Sequence[int]) -> Middle:
    """The median with the exact interval of ordered values, which supposes no shape; for six values or more."""
    first, last = ranks(len(values), 0.5)
    ordered = sorted(values)
    return Middle(median(ordered), ordered[first - 1], ordered[last - 1])


def _around(buyer: Buyer, on: date) -> tuple[int, int]:
    """What somebody spent in the year up to a day, and in the year after it."""
    start, here, end = (bisect_right(buyer.days, day) for day in (on - YEAR, on, on + YEAR))
    return sum(buyer.cents[start:here]), sum(buyer.cents[here:end])


def _spent(sums: Sequence[tuple[int, int]]) -> Spent:
    before, after = [one for one, _ in sums], [other for _, other in sums]
    return Spent(middle(before), middle(after), middle([b - a for a, b in sums]))
