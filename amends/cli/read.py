"""`amends read`: what a complaint says, without a desk and without a database."""

import json
from pathlib import Path
from typing import Any

import typer

from amends.cli import app
from amends.cli.lines import each_line, words_of_file
from amends.errors import AmendsError
from amends.language.told import read_told


@app.command()
def read(
    file: Path = typer.Argument(help="A file with the message, or - for standard input."),
    as_json: bool = typer.Option(False, "--json", help="Print the reading as JSON."),
    lines: bool = typer.Option(
        False, "--jsonl", help="The file holds one object a line with “text”; each is printed with its “reading”."
    ),
) -> None:
    """Read a complaint: what went wrong in the customer's words, how they feel, what they ask for."""
    if lines:
        raise typer.Exit(not each_line(file, "reading", read_told))
    try:
        reading = read_told({"text": words_of_file(file)})
    except AmendsError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(json.dumps(reading, ensure_ascii=False, indent=2) if as_json else _told(reading))


def _told(reading: dict[str, Any]) -> str:
    if reading["complaint"]["is"] is None and not reading["issues"]:
        return f"Not sure whether this is a complaint (language: {reading['language'] or 'unknown'})."
    what = {True: "A complaint", False: "No complaint", None: "Perhaps a complaint"}[reading["complaint"]["is"]]
    rows = [f"{what} ({reading['complaint']['probability']:.0%}), severity {reading['severity']}"]
    rows += [f"  {_kind(one)}: “{' '.join(one['span'].split())}”" for one in reading["issues"]]
    feeling = reading["feeling"]
    if feeling["kind"] != "none":
        rows.append(f"Feeling: {feeling['kind']} ({feeling['intensity']} of 3)")
    for name in ("asks", "threats", "missing"):
        if reading[name]:
            rows.append(f"{name.capitalize()}: {', '.join(reading[name]).replace('_', ' ')}")
    flags = (name for name in ("vulnerable", "safety", "repeat_failure") if reading[name])
    rows += [name.replace("_", " ").capitalize() for name in flags]
    rows += [f"Asked: {' '.join(one.split())}" for one in reading["questions"]]
    return "\n".join(rows)


def _kind(issue: dict[str, Any]) -> str:
    parts = [part.replace("_", " ") for part in (issue["category"], issue["subcategory"]) if part]
    return ", ".join(parts) or "not sure what kind"
