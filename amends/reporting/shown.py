"""What readers see of a quarter's figures: small numbers protected, causes in the words somebody reviewed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amends.reporting.changed import VERDICTS
from amends.reporting.figures import CauseFigure, Figures
from amends.reporting.quarter import ONE_DAY, Quarter
from amends.reporting.small import PER, shown_count, shown_rate, shown_share

FEW = "fewer than 5"
SOON, EIGHT = "Put right the same or the next day", "Put right within 8 weeks"


@dataclass(frozen=True, slots=True)
class Said:
    """One cause and what we changed about it, in the words customers read."""

    name: str
    changed: str


def shown_of(figures: Figures, quarter: Quarter, said: Mapping[int, Said]) -> dict[str, Any]:
    """What readers see, as plain values to keep: words where a number may be shown, or why it is not."""
    rate = shown_rate(figures.counted.complaints, figures.counted.base) if figures.counted else ""
    return {
        "received": shown_count(figures.received, figures.people),
        "received_words": _count_words(figures.received, figures.people),
        "rate": rate,
        "rate_words": _rate_words(figures, rate),
        "counted": _counted_words(figures),
        "soon": _share_words(figures.soon, figures.received, f"{quarter.end + ONE_DAY:%-d %B %Y}"),
        "eight": _share_words(figures.eight, figures.received, f"{quarter.eight_weeks_over + ONE_DAY:%-d %B %Y}"),
        "named": _share_words(figures.named, figures.received, ""),
        "causes": [_cause(one, said[one.cause]) for one in figures.causes],
    }


def _cause(one: CauseFigure, said: Said) -> dict[str, Any]:
    return {
        "name": said.name,
        "complaints": one.complaints,
        "changed": said.changed,
        "verdict": VERDICTS[one.verdict] if said.changed else "",
        "told": _told_words(one.told),
    }


def _count_words(number: int, people: int) -> str:
    count = shown_count(number, people)
    return FEW if count is None else f"{count:,}"


def _told_words(told: int) -> str:
    return "nobody" if not told else _count_words(told, told)


def _rate_words(figures: Figures, rate: str) -> str:
    if figures.counted is None:
        return "We do not count our customers or orders here, so this is the number alone."
    return rate or f"{FEW} complaints"


def _counted_words(figures: Figures) -> str:
    """ "per 100,000 orders, of the 13 weeks whose figures we have"."""
    if figures.counted is None:
        return ""
    one = figures.counted
    weeks = "1 week" if one.weeks == 1 else f"{one.weeks} weeks"
    usual = "on average of" if one.each_week else "of"
    return f"per {PER:,} {one.name}, {usual} the {weeks} whose figures we have"


def _share_words(part: int | None, whole: int, known_on: str) -> str:
    if part is None:
        return f"known from {known_on}"
    share = shown_share(min(part, whole), whole)
    return "too few to tell" if share is None else share.words
