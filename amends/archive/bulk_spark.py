"""Reading old complaints in bulk on Spark: each of its tasks reads a part, on this machine or on a cluster's.

`mapInArrow` is `mapInPandas` without pandas, in which a column of whole numbers with a gap would become fractions.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import partial
from pathlib import Path
from typing import Any

from amends.archive.bulk import ERROR, READING, read_lines
from amends.archive.bulk_files import PARQUET, Old, read_batch

TASKS_A_CORE = 16  # so that progress is seen, and no core waits long for another's last part
LOOK_EVERY = 0.5
LINE = "value"  # the column in which Spark gives and takes lines of text


def read_there(session: Any, old: Old, out: Path) -> Iterator[tuple[int, int]]:
    """Read them into the folder `out`, in parts and in no order; yields how many of how many tasks are done."""
    write = partial(_write, _readings(session, old), old.kind, out)
    with ThreadPoolExecutor(1) as thread:
        writing: Future[None] = thread.submit(write)
        while True:
            try:
                writing.result(LOOK_EVERY)
                return
            except NotYet:
                yield _tasks(session)


def counts_of(session: Any, old: Old, out: Path) -> tuple[int, int]:
    """How many readings stand in a folder, and how many could not be made."""
    if old.kind == PARQUET:
        rows = session.read.parquet(str(out))
        return rows.count(), rows.filter(rows[ERROR].isNotNull()).count()
    from pyspark.sql.functions import get_json_object

    rows = session.read.text(str(out))
    return rows.count(), rows.filter(get_json_object(rows[LINE], f"$.{READING}").isNull()).count()


def _readings(session: Any, old: Old) -> Any:
    paths = [str(path.resolve()) for path in old.files]
    parts = TASKS_A_CORE * session.sparkContext.defaultParallelism
    if old.kind == PARQUET:
        rows = session.read.parquet(*paths)
        read = partial(_read_batches, column=old.column)
        return rows.repartition(parts).mapInArrow(read, rows.schema.add(READING, "string").add(ERROR, "string"))
    rows = session.read.text(paths)
    rows = rows.filter(rows[LINE].rlike(r"\S"))
    return rows.repartition(parts).mapInArrow(partial(_read_lines, column=old.column), f"{LINE} string")


def _read_batches(batches: Iterable[Any], column: str) -> Iterator[Any]:
    for batch in batches:
        yield read_batch(batch, column)


def _read_lines(batches: Iterable[Any], column: str) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        yield pa.RecordBatch.from_pydict({LINE: read_lines(batch.column(LINE).to_pylist(), column)})


def _write(rows: Any, kind: str, out: Path) -> None:
    if kind == PARQUET:
        rows.write.parquet(str(out.resolve()))
    else:
        rows.write.text(str(out.resolve()))


def _tasks(session: Any) -> tuple[int, int]:
    status = session.sparkContext.statusTracker()
    stages = [found for one in status.getActiveStageIds() if (found := status.getStageInfo(one))]
    return sum(one.numCompletedTasks for one in stages), sum(one.numTasks for one in stages)
