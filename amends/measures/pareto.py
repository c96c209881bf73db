"""The few causes behind most of the trouble, by count, harm or money, and how sure their ranks are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amends.measures.figure import Figure, Unit
from amends.method.rates import wilson

FEWEST_ISSUES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Everything one cause brought: how many issues, the sum of their weights, the sum of the weights' squares.

    The weight is 1 for a count, points of severity for harm, cents for money. A database can add up all three.
    """

    cause: str
    issues: int
    weight: float
    squares: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One cause's part of the whole, the share up to and with it, and the ranks it may have."""

    cause: str
    share: Figure
    cumulative: float
    rank: int
    best: int
    worst: int

    @property
    def is_sure(self) -> bool:
        """Whether no other cause's interval reaches into this one's; else the rank is to be greyed."""
        return self.best == self.worst

    @property
    def words(self) -> str:
        """The share in a sentence, and where the cause stands."""
        if not self.share.can_tell:
            return self.share.words
        if self.is_sure:
            return f"{self.share.words} It is number {self.rank}."
        return f"{self.share.words} It may be anything from number {self.best} to number {self.worst}."


def heap(cause: str, weights: Iterable[float]) -> Heap:
    """A cause's heap from the weight of each of its issues."""
    every = list(weights)
    return Heap(cause=cause, issues=len(every), weight=sum(every), squares=sum(one * one for one in every))


def pareto(heaps: Sequence[Heap]) -> tuple[Bar, ...]:
    """The causes from the greatest share to the least, with intervals and possible ranks.

    By count the interval is Wilson's. By weight it is Wilson's for as many issues as would make the share equally
    uncertain: a few dear issues say less than many small ones. Two ranks are sure when the intervals do not touch,
    which is stricter than a test of their difference.
    """
    whole, issues = sum(one.weight for one in heaps), sum(one.issues for one in heaps)
    squares = sum(one.squares for one in heaps)
    ordered = sorted(heaps, key=lambda one: (-one.weight, one.cause))
    shares = [_share(one, whole, squares, issues) for one in ordered]
    bars, so_far = [], 0.0
    for rank, (one, part) in enumerate(zip(ordered, shares, strict=True), 1):
        so_far += part.value
        above = sum(other.low > part.high for other in shares)
        below = sum(other.high < part.low for other in shares)
        bars.append(
            Bar(cause=one.cause, share=part, cumulative=so_far, rank=rank, best=1 + above, worst=len(shares) - below)
        )
    return tuple(bars)


def _share(one: Heap, whole: float, squares: float, issues: int) -> Figure:
    part = one.weight / whole if whole else 0.0
    worth = _worth(one, part, whole, squares)
    low, high = wilson(part * worth, worth)
    return Figure(
        name=one.cause, unit=Unit.SHARE, value=part, low=low, high=high, n=issues, noun="issues", fewest=FEWEST_ISSUES
    )


def _worth(one: Heap, part: float, whole: float, squares: float) -> float:
    """How many equal issues would leave the share as uncertain (the ratio's linearised variance; Kish at the ends)."""
    variance = (1 - part) ** 2 * one.squares + part**2 * (squares - one.squares)
    if 0 < part < 1 and variance > 0:
        return part * (1 - part) * whole * whole / variance
    return whole * whole / squares if squares else 0.0
