"""Objects in, objects out, one a line: how `amends read` and `amends check` work through many."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from amends.errors import AmendsError


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
                made = _made(line, name, act)
                fine = fine and made[name] is not None
                typer.echo(as_json(made))
    return fine


def as_json(value: Any) -> str:
    """JSON in letters as they are; halves of a character, which no file can hold, stay escaped as they came."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _made(line: str, name: str, act: Callable[[Mapping[str, Any]], Any]) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return {name: None, "error": "This line is no JSON."}
    if not isinstance(given, dict):
        return {name: None, "error": "This line is no JSON object."}
    try:
        return {**given, name: act(given)}
    except AmendsError as error:
        return {**given, name: None, "error": str(error)}


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
