"""Reading a file of weekly figures: every row understood, or every row that is not named with its line and reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from amends.method.columns import Broken, once, sorted_out

EARLIEST = date(2000, 1, 3)
MOST = 10**12
LONGEST_NAME = 40
COLUMNS = ("name", "week", "count")


@dataclass(frozen=True, slots=True)
class Row:
    """One week of one name."""

    name: str
    week: date
    count: int


def rows_of(text: str, today: date) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """The rows of a CSV text with the columns name, week (its Monday) and count, and every row that is none.

    A comma, a semicolon or a tab parts the columns. A week has to be over: a part of one is not its count.
    """
    doubled: Callable[[int, Row], str] = once(
        lambda row: (row.name, row.week),
        lambda row, first: f"the week of {row.week} of “{row.name}” stands on line {first} already",
    )
    return sorted_out(text, COLUMNS, lambda cells: _row(cells, today), doubled)


def _row(cells: dict[str, str], today: date) -> Row | str:
    name = " ".join(cells["name"].lower().split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return f"the name needs one to {LONGEST_NAME} letters"
    week = _week(cells["week"], today)
    if isinstance(week, str):
        return week
    count = cells["count"]
    if count.startswith("-") and count[1:].isdigit():
        return f"the count {count} is below nought"
    if not (count.isascii() and count.isdigit()):
        return f"“{count[:20]}” is no whole number"
    if len(count) > len(str(MOST)) or int(count) > MOST:
        return f"the count {count[:20]} is too great to be true"
    return Row(name, week, int(count))


def _week(word: str, today: date) -> date | str:
    try:
        day = date.fromisoformat(word) if len(word) == len("2026-11-16") else None
    except ValueError:
        day = None
    if day is None:
        return f"“{word[:20]}” is no day such as 2026-11-16"
    monday = day - timedelta(days=day.weekday())
    if day != monday:
        return f"{day} is a {day:%A}; a week is named by its Monday, {monday}"
    if day < EARLIEST:
        return f"{day} is before the year 2000"
    if day + timedelta(days=7) > today:
        return f"the week of {day} is not over yet"
    return day
