"""Writing the archive: every month that changed since the last time, or all of them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from amends.archive.errors import check_installed
from amends.archive.facts import rows_of
from amends.archive.months import Mark, Month, all_months, changed_months, newest_mark
from amends.archive.store import Note, alone, read_note, write_note, write_rows
from amends.archive.tables import TABLES


@dataclass(frozen=True, slots=True)
class Written:
    """What one writing did: the months written anew, and how many rows the archive holds of each table."""

    months: tuple[str, ...]
    rows: dict[str, int]


def write(into: Path, now: datetime, *, whole: bool = False) -> Written:
    """Write the months that changed since the last time, all of them when `whole` or the ledger is another.

    A case that was opened again leaves the month it was closed in. Raises NotInstalled or BeingWritten.
    """
    check_installed("archive")
    with alone(into):
        note, mark = read_note(into), newest_mark()  # the mark comes first: what happens meanwhile comes next time
        rows = dict(note.rows) if note else {}
        months = _months(note, whole=whole)
        for month in months:
            rows[month.name] = {one: write_rows(into, one, month.name, rows_of(one, month, now)) for one in TABLES}
        write_note(into, Note(mark.seq, mark.hash, now, rows))
    sums = {one: sum(of_month[one] for of_month in rows.values()) for one in TABLES}
    return Written(tuple(month.name for month in months), sums)


def _months(note: Note | None, *, whole: bool) -> list[Month]:
    if note is None:
        return all_months()
    mark = Mark(note.seq, note.hash)
    if whole or not mark.holds:
        return sorted({*all_months(), *map(Month.named, note.rows)})
    return changed_months(mark)
