"""What answers questions of the archive, by its address: DuckDB in this process, or Spark, here or on a cluster."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from amends.archive.errors import NoSuchEngine, NotArchived, check_installed
from amends.archive.questions import Facts, Question
from amends.archive.tables import TABLES

EMBEDDED = "duckdb://"
SPARK = "pyspark://"
_EVERYWHERE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
}
_HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


@contextmanager
def engine(address: str) -> Iterator[Any]:
    """An engine by its address, and its end: "duckdb://", or "pyspark://" and Spark's master, such as local[2].

    Raises NoSuchEngine or NotInstalled.
    """
    if address == EMBEDDED:
        check_installed("archive")
        import ibis

        made = ibis.duckdb.connect()
    elif address.startswith(SPARK) and address != SPARK:
        made = _over(spark(address.removeprefix(SPARK)))
    else:
        raise NoSuchEngine(f"No engine answers at “{address}”. Set AMENDS_ARCHIVE to duckdb:// or pyspark://local[2].")
    try:
        yield made
    finally:
        made.disconnect()


def _over(session: Any) -> Any:
    import ibis

    return ibis.pyspark.connect(session)


def spark(master: str) -> Any:
    """A session of Spark under this master, in UTC and without a web page of its own; raises NotInstalled."""
    check_installed("spark")
    from pyspark.sql import SparkSession

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # what Spark's tasks run in
    builder = SparkSession.builder.master(master).appName("Amends archive")
    for name, value in (_EVERYWHERE | _HERE if master.startswith("local") else _EVERYWHERE).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def facts_in(made: Any, folder: Path, since: str = "") -> Facts:
    """The tables of an archive, from a month such as "2026-03" on; raises NotArchived where there are none."""
    missing = [one for one in TABLES if not any((folder / one).glob("*.parquet"))]
    if missing:
        raise NotArchived(f"{folder} holds no archive. Write it first: amends archive write.")
    tables = {one: made.read_parquet(str(folder / one / "*.parquet")) for one in TABLES}
    return {name: rows.filter(rows.month >= since) for name, rows in tables.items()} if since else tables


def answer_rows(question: Question, facts: Facts) -> list[dict[str, Any]]:
    """The answer as rows of integers and codes, in its order."""
    rows: list[dict[str, Any]] = question.ask(facts).to_pyarrow().to_pylist()
    return rows
