"""The tables of the archive: numbers and codes only, so that no row says who somebody is.

Money is in whole cents of the row's currency; waits are whole minutes of the calendar, as the customer lived them; yes
and no are 1 and 0, so that rates are made from sums of integers. `month` is that in which the case was closed (UTC).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FORMAT = 1
STILL_RIGHT = "still_right"  # what a follow-up asks, beside the questions of a survey


class Holds(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    CODE = "code"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and what it holds; where `nullable`, a value may be unknown."""

    name: str
    holds: Holds = Holds.NUMBER
    nullable: bool = False


def _code(name: str) -> Column:
    return Column(name, Holds.CODE)


def _unsure(name: str) -> Column:
    return Column(name, nullable=True)


_WHERE = (_code("month"), Column("case"), Column("team"))

TABLES: Mapping[str, tuple[Column, ...]] = {
    "cases": (
        *_WHERE,
        _code("channel"),
        Column("severity"),
        Column("opened", Holds.DAY),
        Column("closed", Holds.DAY),
        _unsure("answer_minutes"),
        _unsure("offer_minutes"),
        _unsure("remedy_minutes"),
        Column("closing_minutes"),
        Column("reopened"),
        Column("exceptions"),
    ),
    "issues": (
        *_WHERE,
        _code("category"),
        _code("kind"),
        _code("source"),
        Column("severity"),
        _unsure("cause"),
        _code("fault"),
        _code("outcome"),
        Column("put_right"),
        Column("came_back"),
    ),
    "remedies": (
        *_WHERE,
        _code("remedy"),
        _code("kind"),
        Column("owed"),
        Column("minutes"),
        Column("cents"),
        _code("currency"),
        Column("came_back"),
    ),
    "promises": (*_WHERE, _code("fate"), Column("was_due", Holds.DAY)),
    "answers": (*_WHERE, _code("question"), _code("why"), _unsure("value")),
}
