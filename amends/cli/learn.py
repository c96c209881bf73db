"""`amends learn`: reading learns from what the team corrected, and switches only where held-out figures do not fall."""

from collections.abc import Iterable
from datetime import UTC, datetime

import typer

from amends.cases.learn import go_back, switch, try_out
from amends.cases.learned import versions_folder
from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.errors import AmendsError
from amends.language.learning.figures import Figure
from amends.language.learning.verdict import Verdict
from amends.language.learning.versions import SHIPPED, NotUsable, chosen, load, numbers, version
from amends.team.models import User

SHIPS = "what ships with Amends"


@app.command()
def learn(
    versions: bool = typer.Option(False, "--list", help="List the versions that were learned."),
    back: bool = typer.Option(False, "--back", help="Read with the version before this one again."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Print the figures and what would be decided; change nothing."
    ),
    as_: str = typer.Option("", "--as", help="The username of who asks; kept with the version."),
) -> None:
    """Let reading learn from what the team corrected; it switches only where held-out figures do not fall."""
    bring_up_to_date()
    if versions:
        _list()
        return
    try:
        by = _who(as_)
        typer.echo(_went_back(by) if back else _learned(by, dry_run))
    except AmendsError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from refusal


def _who(username: str) -> User | None:
    if not username:
        return None
    who = User.objects.filter(username=username, is_active=True).first()
    if who is None:
        raise typer.BadParameter(f"Nobody signs in as “{username}”.")
    return who


def _went_back(by: User | None) -> str:
    return f"Reading uses {_called(go_back(by=by, now=datetime.now(UTC)))} from now on."


def _learned(by: User | None, dry_run: bool) -> str:
    verdict = try_out()
    typer.echo(_told(verdict))
    if not verdict.decision.switches:
        return f"{verdict.decision.reason} Reading stays with {_called(chosen(versions_folder()))}."
    if dry_run:
        return f"{verdict.decision.reason} Reading would switch; nothing was changed."
    return (
        f"{verdict.decision.reason} Reading uses {_called(switch(verdict, by=by, now=datetime.now(UTC)))} from now on."
    )


def _told(verdict: Verdict) -> str:
    lines = [f"Learned from {verdict.examples} messages; {verdict.held} of other cases were held out."]
    for title, figures in (("Your held-out cases", verdict.own), ("The yardstick that ships", verdict.known)):
        lines += ["", f"{title:<32}{'before':>8}{'after':>8}", *_rows(figures)]
    return "\n".join([*lines, ""])


def _rows(figures: Iterable[Figure]) -> list[str]:
    return [f"  {one.name:<30}{one.before:>8.1f}{one.after:>8.1f}" for one in figures]


def _list() -> None:
    folder = versions_folder()
    used = chosen(folder)
    typer.echo(_line(SHIPPED, SHIPS, used))
    for number in numbers(folder):
        typer.echo(_line(number, _about(number), used))


def _line(number: int, words: str, used: int) -> str:
    return f"{'*' if number == used else ' '} {number:>3}  {words}"


def _about(number: int) -> str:
    try:
        one = version(versions_folder(), number)
        load(versions_folder(), number)
    except NotUsable as refusal:
        return str(refusal)
    figures = ", ".join(f"{name} {change}" for name, change in one.figures.items() if not name.startswith("yardstick"))
    return f"{one.date}, {one.examples} messages, {one.held} held out, by {one.by}: {figures}"


def _called(number: int) -> str:
    return f"version {number}" if number != SHIPPED else SHIPS
