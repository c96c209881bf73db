"""`amends check`: a reply looked through like a linter does, without a desk and without a database."""

import json
from pathlib import Path

import typer

from amends.cli import app
from amends.cli.lines import each_line, words_of_file
from amends.errors import AmendsError
from amends.language.told import CHANNELS, Told, check_told


@app.command()
def check(
    reply: Path = typer.Argument(help="A file with the draft, or - for standard input."),
    to: Path | None = typer.Option(None, help="A file with the complaint it answers."),
    issue: list[str] = typer.Option([], help="An issue in the customer's words; without any they are read."),
    channel: str = typer.Option("email", help=f"One of {', '.join(CHANNELS)}; social is checked as public."),
    our_fault: bool = typer.Option(True, "--our-fault/--not-our-fault", help="Whether it was our mistake."),
    as_json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
    lines: bool = typer.Option(
        False,
        "--jsonl",
        help="The file holds one object a line with “complaint” and “reply”; each is printed with its “findings”.",
    ),
) -> None:
    """Check a draft against the complaint it answers; the exit code is 1 when there is something to say."""
    if lines:
        if to or issue:
            raise typer.BadParameter("Each line brings its own complaint and issues; leave --to and --issue out.")
        raise typer.Exit(not each_line(reply, "findings", check_told))
    if to is None:
        raise typer.BadParameter("Name the complaint it answers: amends check REPLY --to COMPLAINT.")
    draft = words_of_file(reply)
    given = {"complaint": words_of_file(to), "reply": draft, "channel": channel, "our_fault": our_fault}
    try:
        findings = check_told({**given, "issues": issue} if issue else given)
    except AmendsError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(json.dumps(findings, ensure_ascii=False, indent=2) if as_json else _lines(str(reply), draft, findings))
    raise typer.Exit(bool(findings))


def _lines(name: str, draft: str, findings: list[Told]) -> str:
    rows = [_line("stdin" if name == "-" else name, draft, one) for one in findings]
    return "\n".join(rows) or "Nothing to remark."


def _line(name: str, draft: str, finding: Told) -> str:
    """`reply.txt:3:14 C06 excuse: …`: line and column count from 1; what is missing stands at 1:1."""
    before = draft[: finding["start"]]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return f"{name}:{line}:{column} {finding['id']} {finding['name']}: {finding['advice']}"
