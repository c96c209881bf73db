"""Reading a file of rows: each line by the names of its columns, or what is wrong with it, told line by line."""

import csv
import io
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from amends.errors import AmendsError

TOLD = 20
Understood = TypeVar("Understood")


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


def sorted_out(
    text: str,
    columns: Sequence[str],
    row_of: Callable[[dict[str, str]], Understood | str],
    clash: Callable[[int, Understood], str],
) -> tuple[tuple[Understood, ...], tuple[Broken, ...]]:
    """Every row understood, and every row that is none.

    `row_of` makes a row out of cells, or says what is wrong; `clash` says why one cannot stand beside earlier ones.
    """
    rows: list[Understood] = []
    broken: list[Broken] = []
    for line, found in read_rows(text, columns):
        row = found if isinstance(found, str) else row_of(found)
        wrong = row if isinstance(row, str) else clash(line, row)
        if wrong:
            broken.append(Broken(line, wrong))
        elif not isinstance(row, str):
            rows.append(row)
    return tuple(rows), tuple(broken)


def once(
    key: Callable[[Understood], Hashable], words: Callable[[Understood, int], str]
) -> Callable[[int, Understood], str]:
    """A clash of rows with the same key, in words that name the line of the first."""
    seen: dict[Hashable, int] = {}

    def clash(line: int, row: Understood) -> str:
        first = seen.setdefault(key(row), line)
        return words(row, first) if first != line else ""

    return clash


def read_rows(text: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each line that holds anything, as its columns by their name, or what is wrong with it.

    The first such line names the columns. A comma, a semicolon or a tab parts them (RFC 4180 and its relatives).
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    mark = next((mark for mark in ("\t", ";") if mark in first), ",")
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
            missing = [column for column in columns if column not in head]
            if missing:
                yield line, f"the first line names the columns {', '.join(columns)}; {', '.join(missing)} is missing"
                return
        elif len(cells) != len(head):
            yield line, f"it has {len(cells)} columns, the first line has {len(head)}"
        else:
            yield line, {column: cell.strip() for column, cell in zip(head, cells, strict=True)}
