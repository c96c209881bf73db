"""An answer of the archive with its shares, as it is read in a terminal, a spreadsheet or another program."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from amends.archive.errors import check_installed
from amends.archive.questions import Question
from amends.archive.store import replace
from amends.ui.table_file import plain_cell

FEWEST = 10  # below it a share would be made of too few, as on the pages of insights
PER_MILLE = 1000
Row = Mapping[str, Any]


def with_shares(question: Question, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows with each share in whole thousandths, half a one rounded up; None where too few stand behind it."""
    return [{**row, **{f"{one.name} ‰": _share(row, one.count, one.of) for one in question.shares}} for row in rows]


def _share(row: Row, count: str, of: Sequence[str]) -> int | None:
    everybody = sum(row[name] for name in of)
    return None if everybody < FEWEST else (2 * PER_MILLE * row[count] + everybody) // (2 * everybody)


def write_file(path: Path, rows: Sequence[Row]) -> None:
    """Write the rows as the file's name ends: .csv, or else Parquet; raises NotInstalled for that."""
    (_write_csv if path.suffix == ".csv" else _write_parquet)(path, rows)


def _write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write the rows for a spreadsheet, with no cell it would run as a formula; an unknown value is empty."""

    def write(fresh: Path) -> None:
        with fresh.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([plain_cell(name) for name in row] for row in rows[:1])
            writer.writerows(["" if cell is None else plain_cell(cell) for cell in row.values()] for row in rows)

    replace(path, write)


def _write_parquet(path: Path, rows: Sequence[Row]) -> None:
    """Write the rows as Parquet; its texts are as safe in a spreadsheet as those of a CSV file. Raises NotInstalled."""
    check_installed("archive")
    import pyarrow as pa
    from pyarrow import parquet

    safe = [{name: plain_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()} for row in rows]
    replace(path, lambda fresh: parquet.write_table(pa.Table.from_pylist(safe), fresh))


def written(rows: Sequence[Row]) -> list[str]:
    """The rows as lines of a terminal, each column as wide as it must be, numbers to the right."""
    if not rows:
        return ["Nothing to count yet."]
    cells = [list(rows[0]), *([_cell(name, value) for name, value in row.items()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    numbers = [not isinstance(value, str) for value in rows[0].values()]
    return ["  ".join(_padded(*one) for one in zip(line, widths, numbers, strict=True)).rstrip() for line in cells]


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "too few to tell"
    if name.endswith("‰"):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _padded(words: str, width: int, number: bool) -> str:
    return words.rjust(width) if number else words.ljust(width)
