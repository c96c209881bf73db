"""`amends archive`: closed facts as Parquet, what is asked of all of them, and reading old complaints in bulk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import typer
from django.conf import settings

from amends.archive.errors import BeingWritten
from amends.archive.nightly import BUSY
from amends.archive.store import folder, read_note
from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.errors import AmendsError
from amends.language.lines import as_json

archive = typer.Typer(help="Closed cases as facts without names, for years and for many tools.", no_args_is_help=True)
app.add_typer(archive, name="archive")


class Engine(StrEnum):
    """What reads in bulk."""

    LOCAL = "local"
    SPARK = "spark"


FILES = (".csv", ".parquet")


@archive.command()
def write(
    whole: bool = typer.Option(False, "--whole", help="Write every month anew, not only those that changed."),
) -> None:
    """Write the facts of closed cases as Parquet, a file a month; only months that changed are written again."""
    from amends.archive.write import write as write_archive

    with _said():
        bring_up_to_date()
        done = write_archive(folder(), datetime.now(UTC), whole=whole)
    count = len(done.months)
    typer.echo(f"{count} month{'' if count == 1 else 's'} written into {folder()}; it now holds:")
    for table, rows in done.rows.items():
        typer.echo(f"{rows:>12,}  {table}")


@archive.command()
def ask(
    question: str = typer.Argument("", help="The question by its key; none lists them."),
    since: str = typer.Option("", "--since", help="From this month of closing on, such as 2026-03."),
    to: Path | None = typer.Option(None, "--to", help="Write the answer into a .csv or .parquet file."),
    json_: bool = typer.Option(False, "--json", help="Print one JSON object a row."),
    at: str = typer.Option("", "--engine", help="What answers: duckdb://, pyspark://local[2]; else AMENDS_ARCHIVE."),
) -> None:
    """Ask the archive one question; the engine is what AMENDS_ARCHIVE says, else DuckDB in this process."""
    from amends.archive.answer import with_shares, write_file, written
    from amends.archive.engine import EMBEDDED, answer_rows, engine, facts_in
    from amends.archive.questions import QUESTIONS

    if not question:
        for one in QUESTIONS.values():
            typer.echo(f"{one.key:<14}{one.title}")
        return
    asked = QUESTIONS.get(question)
    if asked is None:
        raise typer.BadParameter(f"“{question}” is no question. They are: {', '.join(QUESTIONS)}.")
    if to is not None and to.suffix not in FILES:
        raise typer.BadParameter(f"{to} has to end with .csv or .parquet.")
    _check_month(since)
    with _said(), engine(at or settings.AMENDS_ARCHIVE or EMBEDDED) as made:
        read_note(folder())  # refuses the archive of another version
        rows = with_shares(asked, answer_rows(asked, facts_in(made, folder(), since)))
        if to is not None:
            write_file(to, rows)
    if to is not None:
        typer.echo(f"{to} holds {len(rows)} row{'' if len(rows) == 1 else 's'}.")
        return
    for line in map(as_json, rows) if json_ else [asked.title, *written(rows)]:
        typer.echo(line)


@archive.command()
def read(
    files: list[Path] = typer.Argument(help="Files of JSON lines (.jsonl), or of Parquet (.parquet)."),
    out: Path = typer.Option(..., "--out", help="Where the readings go, of the same kind; with Spark a folder."),
    column: str = typer.Option("text", "--column", help="In which column, or under which key, the words stand."),
    on: Engine = typer.Option(Engine.LOCAL, "--engine", help="Processes of this machine, or Spark."),
    processes: int = typer.Option(os.cpu_count() or 1, "--processes", min=1, help="How many processes, with local."),
) -> None:
    """Read old complaints in bulk, with no desk and no database; a row that cannot be read says why."""
    from amends.archive.bulk_files import old_complaints
    from amends.cli.archive_read import here, on_spark

    with _said():
        old = old_complaints(files, column, out)
        count, failed = on_spark(old, out) if on is Engine.SPARK else here(old, out, processes)
    typer.echo(
        f"{count - failed:,} read into {out}" + (f"; {failed:,} could not be: each says why." if failed else ".")
    )
    raise typer.Exit(1 if failed else 0)


def _check_month(since: str) -> None:
    try:
        fine = not since or f"{datetime.strptime(since, '%Y-%m'):%Y-%m}" == since  # noqa: DTZ007 - a month, no moment
    except ValueError:
        fine = False
    if not fine:
        raise typer.BadParameter(f"“{since}” is no month. Write it like 2026-03.")


@contextmanager
def _said() -> Iterator[None]:
    """End with the sentence of a refusal on standard error; another code where it would do to come back later."""
    try:
        yield
    except AmendsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BUSY if isinstance(error, BeingWritten) else 1) from error
