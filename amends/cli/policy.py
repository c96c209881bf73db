"""`amends policy`: read the policy in force, or put a preset or a file in force."""

import tomllib
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

from amends.cases.policy import adopt
from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.errors import AmendsError
from amends.method.policy import KEPT, LATER, PRESETS, preset
from amends.method.policy_words import lines
from amends.team.policy import PolicyVersion, current, current_version


@app.command()
def policy(
    name: str = typer.Option("", "--preset", help=f"Put a preset in force: {', '.join(PRESETS)}."),
    file: Path | None = typer.Option(
        None, "--from", help="Put what a TOML file says in force; what it leaves out stays."
    ),
    why: str = typer.Option("", help="Why it changes; kept with the version."),
) -> None:
    """Print the policy in force in plain words, or put a preset or a file in force as the next version."""
    bring_up_to_date()
    if not name and file is None:
        _show(current_version())
        return
    if name and file is not None:
        raise typer.BadParameter("Give a preset or a file, not both.")
    try:
        made = adopt(_wanted(name, file), why, by=None, now=datetime.now(UTC))
    except AmendsError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(f"Version {made.number} of the policy is in force.")


def _wanted(name: str, file: Path | None) -> dict[str, Any]:
    """A preset with the words of the house kept, or the policy in force with what a file changes."""
    last = current_version().data
    if file is None:
        return {**preset(name), **{key: last.get(key, nothing) for key, nothing in KEPT.items()}}
    if not file.is_file():
        raise typer.BadParameter(f"{file} does not exist.")
    try:
        return {**LATER, **last, **tomllib.loads(file.read_text())}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read as TOML: {error}") from error


def _show(version: PolicyVersion) -> None:
    who = version.by.name if version.by else "the terminal"
    typer.echo(f"Version {version.number}, in force since {version.at:%Y-%m-%d %H:%M} UTC, by {who}. {version.note}")
    for question, found in groupby(lines(current()), key=lambda line: line.question):
        typer.echo(f"\n{question}")
        for line in found:
            typer.echo(f"  {line.name}: {line.words}")
