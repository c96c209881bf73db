"""The folder of the archive: a Parquet file a table and month, each written whole or not at all, and what was written.

Files are replaced by renaming: who reads meanwhile has the file of before or the new one, never a part (rename(2)).
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from amends.archive.errors import BeingWritten, NotArchived, check_installed
from amends.archive.handfuls import handfuls
from amends.archive.tables import FORMAT, TABLES, Holds

NOTE = "archive.json"
_AT_ONCE = 50_000


def folder() -> Path:
    """Where the archive of this desk stands: beside the database, in the data folder."""
    return Path(settings.AMENDS_HOME) / "archive"


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the folder: how far the ledger was read, when it was written, and how many rows each month has."""

    seq: int
    hash: str
    written_at: datetime
    rows: dict[str, dict[str, int]]


def read_note(folder: Path) -> Note | None:
    """The note of a folder; None where nothing was archived. Raises NotArchived where it is another version's."""
    path = folder / NOTE
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept.pop("format", None) != FORMAT:
        raise NotArchived(f"{folder} holds the archive of another version. Remove the folder and write it anew.")
    return Note(**{**kept, "written_at": datetime.fromisoformat(kept["written_at"])})


def write_note(folder: Path, note: Note) -> None:
    """Keep the note; written last, so that what was cut off before is done again the next time."""
    words = {"format": FORMAT, "seq": note.seq, "hash": note.hash, "written_at": note.written_at.isoformat()}
    said = json.dumps({**words, "rows": note.rows}, indent=1, sort_keys=True)
    replace(folder / NOTE, lambda path: path.write_text(said, encoding="utf-8"))


def replace(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file beside its place and move it there when it is whole and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(fresh)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Write while nobody else does; raises BeingWritten where another process writes."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BeingWritten("Another process writes the archive. Wait until it is done.") from error
        yield


def write_rows(folder: Path, table: str, month: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Write the file of one table and month anew, also where it has no row; returns how many it has."""
    count = 0

    def write(path: Path) -> None:
        nonlocal count
        count = write_parquet(path, table, rows)

    replace(file_of(folder, table, month), write)
    return count


def file_of(folder: Path, table: str, month: str) -> Path:
    """Where the rows of one table and month stand."""
    return folder / table / f"{month}.parquet"


def write_parquet(path: Path, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Write rows of a table as Parquet, a batch at a time; returns how many there were."""
    check_installed("archive")
    import pyarrow as pa
    from pyarrow import parquet

    schema, count = schema_of(table), 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for some in handfuls(rows, _AT_ONCE):
            columns = [
                pa.array(values, field.type) for values, field in zip(zip(*some, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            count += len(some)
    return count


def schema_of(table: str) -> Any:
    """The columns of a table as pyarrow has them."""
    import pyarrow as pa

    types = {Holds.NUMBER: pa.int64(), Holds.CODE: pa.string(), Holds.DAY: pa.date32()}
    return pa.schema([pa.field(one.name, types[one.holds], nullable=one.nullable) for one in TABLES[table]])
