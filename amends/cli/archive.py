"""`amends archive`: closed facts as Parquet, what is asked of all of them, and reading old complaints in bulk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer
from django.conf import settings

from amends.archive.answer import with_shares, write_csv, write_parquet, written
from amends.archive.engine import EMBEDDED, answer_rows, engine, facts_in
from amends.archive.errors import BeingWritten
from amends.archive.nightly import BUSY
from amends.archive.questions import QUESTIONS
from amends.archive.write import folder
from amends.archive.write import write as write_archive
from amends.cli import app
from amends.cli.lines import as_json
from amends.cli.prepare import bring_up_to_date
from amends.errors import AmendsError

archive = typer.Typer(help="Closed cases as facts without names, for years and for many tools.", no_args_is_help=True)
app.add_typer(archive, name="archive")
FILES = {".csv": write_csv, ".parquet": write_parquet}


@archive.callback()
def _archive() -> None:
    """Closed cases as facts without names, for years and for many tools."""


@archive.command()
def write(
    whole: bool = typer.Option(False, "--whole", help="Write every month anew, not only those that changed."),
) -> None:
    """Write the facts of closed cases as Parquet, a file a month; only months that changed are written again."""
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
    if not question:
        _list()
        return
    asked = QUESTIONS.get(question)
    if asked is None:
        raise typer.BadParameter(f"“{question}” is no question. They are: {', '.join(QUESTIONS)}.")
    if to is not None and to.suffix not in FILES:
        raise typer.BadParameter(f"{to} has to end with .csv or .parquet.")
    _check_month(since)
    with _said(), engine(at or settings.AMENDS_ARCHIVE or EMBEDDED) as made:
        rows = with_shares(asked, answer_rows(asked, facts_in(made, folder(), since)))
        if to is not None:
            FILES[to.suffix](to, rows)
    if to is not None:
        typer.echo(f"{to} holds {len(rows)} row{'' if len(rows) == 1 else 's'}.")
        return
    for line in map(as_json, rows) if json_ else [asked.title, *written(rows)]:
        typer.echo(line)


def _list() -> None:
    for one in QUESTIONS.values():
        typer.echo(f"{one.key:<14}{one.title}")


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
