"""Old complaints in files, JSON lines or Parquet, and the file of their readings, which is of the same kind."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amends.archive.bulk import AT_ONCE, ERROR, READING, in_processes, read_lines, read_texts
from amends.archive.errors import CannotRead, check_installed
from amends.archive.handfuls import handfuls

JSON_LINES, PARQUET = ".jsonl", ".parquet"


@dataclass(frozen=True, slots=True)
class Old:
    """Files of old complaints, all of one kind, and the column in which their words stand."""

    files: tuple[Path, ...]
    column: str
    kind: str


def old_complaints(files: Sequence[Path], column: str, out: Path) -> Old:
    """The files, looked at before anything begins; raises CannotRead for what cannot be used, or NotInstalled."""
    for path in files:
        if not path.is_file():
            raise CannotRead(f"{path} is no file.")
    kinds = {path.suffix for path in files}
    if len(kinds) != 1 or not kinds <= {JSON_LINES, PARQUET}:
        raise CannotRead("Name files that all end with .jsonl, or that all end with .parquet.")
    kind = kinds.pop()
    if out.suffix != kind:
        raise CannotRead(f"The readings come out as they go in: let {out} end with {kind}.")
    if out.exists():
        raise CannotRead(f"{out} exists already. Name a new file.")
    if kind == PARQUET:
        _check_columns(files, column)
    return Old(tuple(files), column, kind)


def _check_columns(files: Sequence[Path], column: str) -> None:
    check_installed("archive")
    from pyarrow import ArrowInvalid, parquet, types

    try:
        schemas = [parquet.read_schema(path) for path in files]
    except ArrowInvalid as error:
        raise CannotRead(f"One of the files is no Parquet: {error}") from error
    first = schemas[0]
    if any(not one.equals(first) for one in schemas):
        raise CannotRead("The files do not have the same columns. Read those that are alike, each lot by itself.")
    if column not in first.names or not _is_text(types, first.field(column).type):
        raise CannotRead(f"There is no column “{column}” of texts. Name the right one with --column.")
    if {READING, ERROR} & {*first.names}:
        raise CannotRead(f"A column is called “{READING}” or “{ERROR}” already. Rename it first.")


def _is_text(types: Any, kind: Any) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind))


def total(old: Old) -> int:
    """How many complaints there are; of JSON lines, how many lines."""
    if old.kind == PARQUET:
        from pyarrow import parquet

        return sum(parquet.read_metadata(path).num_rows for path in old.files)
    return sum(1 for _ in _lines(old))


def read_here(old: Old, out: Path, processes: int) -> Iterator[tuple[int, int]]:
    """Read them into `out`, in processes of this machine; yields how many were taken up now, and how many failed."""
    write = _write_parquet if old.kind == PARQUET else _write_lines
    fresh = out.with_name(f".{out.name}.part")
    try:
        yield from write(old, fresh, processes)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _write_parquet(old: Old, fresh: Path, processes: int) -> Iterator[tuple[int, int]]:
    """The columns as they came, and two of text: the reading as JSON, and why there is none."""
    import pyarrow as pa
    from pyarrow import parquet

    batches = (batch for path in old.files for batch in parquet.ParquetFile(path).iter_batches(AT_ONCE))
    with parquet.ParquetWriter(fresh, _with_readings(parquet.read_schema(old.files[0])), compression="zstd") as writer:
        for batch in in_processes(read_batch, batches, old.column, processes):
            writer.write_table(pa.Table.from_batches([batch]))
            yield batch.num_rows, batch.num_rows - batch.column(ERROR).null_count


def _with_readings(schema: Any) -> Any:
    import pyarrow as pa

    return schema.append(pa.field(READING, pa.string())).append(pa.field(ERROR, pa.string()))


def read_batch(batch: Any, column: str) -> Any:
    """A batch of Arrow with the reading of each row as JSON, and why there is none."""
    import pyarrow as pa

    found = read_texts(batch.column(column).to_pylist(), column)
    readings, errors = zip(*found, strict=True) if found else ((), ())
    columns = [*batch.columns, pa.array(readings, pa.string()), pa.array(errors, pa.string())]
    return pa.RecordBatch.from_arrays(columns, schema=_with_readings(batch.schema))


def _write_lines(old: Old, fresh: Path, processes: int) -> Iterator[tuple[int, int]]:
    with fresh.open("w", encoding="utf-8") as file:
        for lines in in_processes(read_lines, handfuls(_lines(old), AT_ONCE), old.column, processes):
            file.writelines(f"{line}\n" for line in lines)
            yield len(lines), sum(json.loads(line)[READING] is None for line in lines)


def _lines(old: Old) -> Iterator[str]:
    for path in old.files:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from (line for line in file if line.strip())
