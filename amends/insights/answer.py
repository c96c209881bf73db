"""The shape of every answer: a sentence, pictures, tables whose numbers lead to their cases, and what to know."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.measures.figure import Figure, Unit, shown

TOO_FEW = "too few to tell"
LONGEST_NUMBER = 9
LISTED = 20_000  # a list of cases names each by its number, and a database takes only so many


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, which cases stand behind it or which page it leads to ("" where none), if it is unsure."""

    text: str
    of: str = ""
    faint: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; figures stand to the right."""

    label: str
    num: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it, `key` names the table in addresses."""

    key: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing to count yet."


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, its length and the ends of its interval (0 to 1 of the scale), and in words."""

    label: str
    value: float
    low: float
    high: float
    words: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars beside each other, each with its interval; `whole` says that the scale ends at 1."""

    kind: ClassVar[str] = "bars"
    title: str
    says: str
    bars: tuple[Bar, ...]
    whole: bool = False

    @property
    def top(self) -> float:
        """The end of the scale."""
        return 1.0 if self.whole else max((one.high for one in self.bars), default=1.0) or 1.0


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a chart: its day, its counts or rate from the ground up, what would be usual, and what it is."""

    label: str
    counts: tuple[float, ...]
    low: float | None = None
    high: float | None = None
    middle: float | None = None
    stands_out: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Weeks:
    """Counts by week: columns of several parts ("columns"), or one line within its limits ("line").

    `change` is the number of the week in which something was changed.
    """

    kind: str
    title: str
    says: str
    names: tuple[str, ...]
    weeks: tuple[Week, ...]
    change: int | None = None

    @property
    def top(self) -> int:
        """A round number that no week is above."""
        most = max((max(sum(one.counts), one.high or 0) for one in self.weeks), default=0)
        size = 1
        while 10 * size < most:
            size *= 10
        return next(step * size for step in (2, 4, 6, 8, 10) if step * size >= most)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that may be new: its words, what it is about, a sentence, some of the customers' own sentences each
    with its case, and which cases stand behind it."""

    words: str
    about: str
    title: str
    says: str
    quotes: tuple[tuple[str, int], ...]
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a sentence rests on."""

    hints: tuple[Hint, ...] = ()
    charts: tuple[Bars | Weeks, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a page says: its sentence, and what that rests on, worked out when it is first looked at."""

    sentence: str
    work_out: Callable[[], Ground] = field(repr=False)

    @cached_property
    def ground(self) -> Ground:
        """The pictures, the tables and what to know."""
        return self.work_out()


@dataclass(frozen=True, slots=True)
class Found:
    """The cases behind a number, and what the number counts."""

    title: str
    cases: "QuerySet[Case]"


def found_among(title: str, cases: Collection[int]) -> Found:
    """The cases of these numbers; where there are too many for one list, the latest."""
    more = f", the latest {LISTED:,}" if len(cases) > LISTED else ""
    return Found(title + more, Case.objects.filter(pk__in=sorted(cases)[-LISTED:]))


def day(at: datetime) -> str:
    """ "9 Nov 2026": the day a week begins with, in the zone of the desk."""
    return f"{localtime(at):%-d %b %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 case", "1,204 cases"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_number(words: str) -> bool:
    """Whether words of an address are a number a row of ours could have."""
    return words.isascii() and words.isdigit() and len(words) <= LONGEST_NUMBER


def percent(value: float) -> str:
    """ "34 %"."""
    return shown(value, Unit.SHARE)


def between(figure: Figure) -> str:
    """The interval of a share in words, "86 % to 94 %"; with a decimal where its ends would read the same."""
    low, high = percent(figure.low), percent(figure.high)
    return f"{low} to {high}" if low != high else f"{100 * figure.low:.1f} % to {100 * figure.high:.1f} %"


def share_cells(figure: Figure, of: str = "") -> tuple[Cell, Cell]:
    """A share and its interval in two cells; both say so where there are too few."""
    if not figure.can_tell:
        return Cell(TOO_FEW, faint=True), Cell("–", faint=True)
    return Cell(shown(figure.value, figure.unit), of if figure.value else ""), Cell(between(figure))


def share_bar(label: str, figure: Figure) -> Bar:
    """A share as a bar."""
    return Bar(label, figure.value, figure.low, figure.high, shown(figure.value, figure.unit))


def listed(names: list[str]) -> str:
    """ "this", "this and that", "this, that and the other"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
