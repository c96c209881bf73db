"""A figure as everybody may see it: value, 95 % interval, how many it rests on, and its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isinf, sqrt
from statistics import fmean, stdev

from amends.measures.distributions import student_quantile
from amends.method.rates import wilson


class Unit(StrEnum):
    """How a figure is written."""

    SHARE = "share"
    SCORE = "score"
    MEAN = "mean"
    COUNT = "count"
    HOURS = "hours"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with the ends of its 95 % interval, resting on `n` of something; below `fewest` nobody may show it."""

    name: str
    unit: Unit
    value: float
    low: float
    high: float
    n: int
    noun: str
    fewest: int

    @property
    def can_tell(self) -> bool:
        """Whether there are enough to show a number."""
        return self.n >= self.fewest

    @property
    def words(self) -> str:
        """The figure in a sentence, with its interval; or how many are missing, without any number."""
        if not self.can_tell:
            return f"{self.name}: too few to tell, {self.n:,} of the {self.fewest:,} {self.noun} needed."
        return f"{self.name}: {shown(self.value, self.unit)} ({self.range}), from {self.n:,} {self.noun}."

    @property
    def range(self) -> str:
        """The interval in words: "78 % to 89 %", or "12 hours or more" where it has no upper end."""
        if isinf(self.high):
            return f"{shown(self.low, self.unit)} or more"
        return f"{shown(self.low, self.unit)} to {shown(self.high, self.unit)}"


def shown(value: float, unit: Unit) -> str:
    """A number as it is written in its unit."""
    match unit:
        case Unit.SHARE:
            return f"{100 * value:.0f} %"
        case Unit.SCORE:
            return f"{round(value):+d}" if round(value) else "0"
        case Unit.MEAN:
            return f"{value:.1f}"
        case Unit.RATIO:
            return f"{value:.2f}"
        case Unit.COUNT:
            return f"{value:,.0f}"
        case Unit.HOURS:
            return "not yet known" if isinf(value) else f"{value:,.1f} hours"


def share(name: str, count: int, of: int, *, noun: str, fewest: int) -> Figure:
    """A share of so many with its Wilson interval (E51); 0 within 0 to 1 when there is nothing."""
    low, high = wilson(count, of)
    value = count / of if of else 0.0
    return Figure(name=name, unit=Unit.SHARE, value=value, low=low, high=high, n=of, noun=noun, fewest=fewest)


def mean(name: str, values: Sequence[float], *, noun: str, fewest: int, ends: tuple[float, float]) -> Figure:
    """The mean of values on a scale with its t interval; the whole scale when there are fewer than two.

    When all are equal their spread is taken as if one lay one step off: an interval without width would claim what
    nobody knows.
    """
    n = len(values)
    value = fmean(values) if values else 0.0
    low, high = ends
    if n > 1:
        spread = stdev(values) or 1 / sqrt(n)
        reach = student_quantile(0.975, n - 1) * spread / sqrt(n)
        low, high = max(low, value - reach), min(high, value + reach)
    return Figure(name=name, unit=Unit.MEAN, value=value, low=low, high=high, n=n, noun=noun, fewest=fewest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much one figure lies above another of the same kind, with its 95 % interval."""

    one: Figure
    other: Figure
    value: float
    low: float
    high: float

    @property
    def can_tell(self) -> bool:
        """Whether both figures rest on enough to be compared."""
        return self.one.can_tell and self.other.can_tell

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no doubt about the direction."""
        return self.can_tell and (self.low > 0 or self.high < 0)

    @property
    def words(self) -> str:
        """The difference in a sentence: how much, between what and what, and whether it is clear at all."""
        if not self.can_tell:
            fewer = min(self.one, self.other, key=lambda figure: figure.n - figure.fewest)
            return f"{self.one.name}: too few to compare, {fewer.n:,} of the {fewer.fewest:,} {fewer.noun} needed."
        between = f"the difference lies between {_signed(self.low, self.one)} and {_signed(self.high, self.one)}"
        if not self.is_clear:
            return f"{self.one.name}: cannot tell whether there is a difference; {between}."
        way = "higher" if self.value > 0 else "lower"
        return f"{self.one.name}: {_signed(abs(self.value), self.one).lstrip('+')} {way}; {between}."


def difference(one: Figure, other: Figure) -> Difference:
    """`one` minus `other`, two groups that share nobody, with an interval made from theirs (MOVER).

    For two Wilson intervals it is method 10 of Newcombe 1998. An end that is not known stays unknown.
    """
    value = one.value - other.value
    return Difference(
        one=one,
        other=other,
        value=value,
        low=value - _reach(one.value - one.low, other.high - other.value),
        high=value + _reach(one.high - one.value, other.value - other.low),
    )


def _reach(one: float, other: float) -> float:
    return inf if isinf(one) or isinf(other) else sqrt(one * one + other * other)


def _not_minus_nought(value: float) -> float:
    """A number that is not written "-0" when it is rounded."""
    return value if abs(value) >= 0.5 else 0.0


def _signed(value: float, like: Figure) -> str:
    match like.unit:
        case Unit.SHARE:
            return f"{_not_minus_nought(100 * value):+.0f} points"
        case Unit.SCORE:
            return f"{_not_minus_nought(value):+.0f} points"
        case Unit.HOURS:
            return f"{value:+,.1f} hours"
        case Unit.COUNT:
            return f"{value:+,.0f}"
        case Unit.MEAN:
            return f"{value:+.1f}"
        case Unit.RATIO:
            return f"{value:+.2f}"
