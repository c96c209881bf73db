"""Reading a file of weekly figures: every row understood, or every row that is not named with its line and reason."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from amends.errors import AmendsError

EARLIEST = date(2000, 1, 3)
MOST = 10**12
LONGEST_NAME = 40
COLUMNS = ("name", "week", "count")
TOLD = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One week of one name."""

    name: str
    week: date
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be used, and why; the first line is 1."""

    line: int
    reason: str


class BrokenRows(AmendsError):
    """Rows of a file cannot be used, so nothing of it was kept; `rows` names each."""

    def __init__(self, rows: tuple[Broken, ...]) -> None:
        first = "; ".join(f"line {one.line}: {one.reason}" for one in rows[:TOLD])
        more = f"; and {len(rows) - TOLD} more" if len(rows) > TOLD else ""
        count = "One row" if len(rows) == 1 else f"{len(rows)} rows"
        super().__init__(f"{count} cannot be used, so nothing was kept. {first}{more}")
        self.rows = rows


def rows_of(text: str, today: date) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """The rows of a CSV text with the columns name, week (its Monday) and count, and every row that is none.

    A comma, a semicolon or a tab parts the columns. A week has to be over: a part of one is not its count.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    mark = next((mark for mark in ("\t", ";") if mark in first), ",")
    rows: list[Row] = []
    broken: list[Broken] = []
    seen: dict[tuple[str, date], int] = {}
    for line, found in _read(lines, mark):
        row = found if isinstance(found, str) else _row(found, today)
        if not isinstance(row, str) and (row.name, row.week) in seen:
            row = f"the week of {row.week} of “{row.name}” stands on line {seen[row.name, row.week]} already"
        if isinstance(row, str):
            broken.append(Broken(line, row))
        else:
            seen[row.name, row.week] = line
            rows.append(row)
    return tuple(rows), tuple(broken)


def _read(lines: list[str], mark: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each line that holds anything, as its columns by their name, or what is wrong with it."""
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=mark, strict=True)
    head: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, f"it cannot be read ({error})"
            return
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if not head:
            head = [cell.strip().lower() for cell in cells]
            missing = [column for column in COLUMNS if column not in head]
            if missing:
                yield line, f"the first line names the columns {', '.join(COLUMNS)}; {', '.join(missing)} is missing"
                return
        elif len(cells) != len(head):
            yield line, f"it has {len(cells)} columns, the first line has {len(head)}"
        else:
            yield line, {column: cell.strip() for column, cell in zip(head, cells, strict=True)}


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
