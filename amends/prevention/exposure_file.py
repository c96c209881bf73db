"""Reading a file of weekly figures: every row understood, or every row that is not named with its line and reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from amends.method.columns import Broken, read_rows

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
    rows: list[Row] = []
    broken: list[Broken] = []
    seen: dict[tuple[str, date], int] = {}
    for line, found in read_rows(text, COLUMNS):
        row = found if isinstance(found, str) else _row(found, today)
        if not isinstance(row, str) and (row.name, row.week) in seen:
            row = f"the week of {row.week} of “{row.name}” stands on line {seen[row.name, row.week]} already"
        if isinstance(row, str):
            broken.append(Broken(line, row))
        else:
            seen[row.name, row.week] = line
            rows.append(row)
    return tuple(rows), tuple(broken)


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
