"""Objects in, objects out, one a line: how `amends read` and `amends check` work through many."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from amends.language.lines import as_json, told_line


def words_of_file(path: Path) -> str:
    """The text of a file, or of standard input for "-"; bytes that are no UTF-8 are shown as such, never refused."""
    with _opened(path) as file:
        return file.read()


def each_line(path: Path, name: str, act: Callable[[Mapping[str, Any]], Any]) -> bool:
    """Print each object of a file with what `act` makes of it under `name`; whether every line could be used.

    A line that cannot be used comes out as well, with `name` null and an `error` that says what to change.
    """
    fine = True
    with _opened(path) as file:
        for line in file:
            if line.strip():
                made = told_line(line, name, act)
                fine = fine and made[name] is not None
                typer.echo(as_json(made))
    return fine


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if str(path) == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield sys.stdin
        return
    if not path.exists():
        raise typer.BadParameter(f"{path} does not exist.")
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder. Name a file in it.")
    with path.open(encoding="utf-8", errors="replace") as file:
        yield file
