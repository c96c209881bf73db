"""Shares of small numbers, told honestly: with an interval, or as too few to tell."""

from dataclasses import dataclass
from math import sqrt

FEWEST = 10
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; `low` and `high` are the ends of its 95 % Wilson interval, between 0 and 1 (E51)."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share, 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def can_tell(self) -> bool:
        """Whether there are enough to say anything (ten; our judgement, in the spirit of E53)."""
        return self.of >= FEWEST

    @property
    def low(self) -> float:
        """The lower end of the interval; 0 of nothing."""
        return wilson(self.count, self.of)[0]

    @property
    def high(self) -> float:
        """The upper end of the interval; 1 of nothing."""
        return wilson(self.count, self.of)[1]


def wilson(count: float, of: float) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share, of whole numbers or not; (0, 1) when nothing was counted (E51)."""
    if of == 0:
        return 0.0, 1.0
    share, square = count / of, _Z * _Z
    middle = share + square / (2 * of)
    reach = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    below, above = (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)
    return max(0.0, min(below, share)), min(1.0, max(above, share))


def base_rate_words(ours: Rate, about: str) -> str:
    """The honesty nudge (F26, S4.2): how often the team itself found the fault with us, in a sentence."""
    if not ours.can_tell:
        plural = "decision" if ours.of == 1 else "decisions"
        return f"Too few to tell how often it was our fault: {ours.of} {plural} about {about} in the last 12 months."
    return (
        f"Of {ours.of} decisions of this team about {about} in the last 12 months, "
        f"{ours.count} found the fault with us, wholly or partly."
    )
