"""Small numbers in public: what would point at single people is rounded away, or not shown.

Counts below five are not shown, a share whose part or rest is below five is shown as a bound, and a correction moves
no figure by fewer than five. Five is what the statistical offices of many countries ask for at least; here it is our
judgement ([J]), as no law asks a company for a number.
"""

from dataclasses import dataclass
from math import ceil, floor

FEWEST = 5
PER = 100_000


@dataclass(frozen=True, slots=True)
class Share:
    """A share in whole per cent; `bound` is "at least" or "at most" where the exact one would show a small number."""

    percent: int
    bound: str = ""

    @property
    def words(self) -> str:
        """ "57 %", "at least 96 %"."""
        return f"{self.bound} {self.percent} %".strip()


def shown_count(number: int, people: int) -> int | None:
    """The count where at least five people stand behind it, else None."""
    return number if min(number, people) >= FEWEST else None


def shown_share(part: int, whole: int) -> Share | None:
    """The share as it may be shown; None where the whole is so small that no bound says anything."""
    if whole < 2 * FEWEST:
        return None
    if part < FEWEST:
        return Share(ceil(100 * (FEWEST - 1) / whole), "at most")
    if whole - part < FEWEST:
        return Share(floor(100 * (whole - FEWEST + 1) / whole), "at least")
    return Share(round(100 * part / whole))


def shown_rate(count: int, base: float) -> str:
    """Complaints per 100,000, with a decimal below 100; "" where fewer than five stand behind it or nothing below."""
    if count < FEWEST or not base:
        return ""
    rate = PER * count / base
    return f"{rate:,.1f}" if rate < 100 else f"{rate:,.0f}"


def held(new: int, old: int) -> int:
    """What a correction shows: the new number, or the old one where it moved by fewer than five people."""
    return new if abs(new - old) >= FEWEST else old
