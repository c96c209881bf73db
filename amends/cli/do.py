"""`amends do`: any verb from a terminal, through the same gates as everywhere."""

from datetime import UTC, datetime

import typer

from amends.cli import app
from amends.errors import AmendsError
from amends.team.models import User
from amends.verbs.perform import perform
from amends.verbs.table import VERBS, verb_named


@app.command("do")
def do(
    verb: str = typer.Argument(help=f"One of {', '.join(VERBS)}."),
    case: int = typer.Argument(help="The number of the case, 0 for a verb without one."),
    fields: list[str] = typer.Argument(None, help="What it asks for, such as text='We are sorry.'"),
    as_: str = typer.Option(..., "--as", help="The username of who does it."),
) -> None:
    """Do one thing to a case in somebody's name, with their rights: amends do note 12 --as tom text='…'."""
    who = User.objects.filter(username=as_, is_active=True).select_related("team").first()
    if who is None:
        raise typer.BadParameter(f"Nobody signs in as “{as_}”.")
    try:
        number = case if verb_named(verb).on_case else None
        done = perform(verb, number, _given(fields or []), by=who, now=datetime.now(UTC))
    except AmendsError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from refusal
    made = "".join(f", {name} {pk}" for name, pk in done.made.items())
    typer.echo(f"Done: {verb_named(verb).sentence[0].lower()}{verb_named(verb).sentence[1:]}{made}.")


def _given(words: list[str]) -> dict[str, object]:
    given: dict[str, object] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise typer.BadParameter(f"Write each field as name=value, not “{word}”.")
        given[name] = value
    return given
