"""Making the teams, mailboxes and people of a real desk from the terminal."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import typer

from amends.cases.policy import adopt_limit
from amends.channels.models import Channel
from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.demo.load import SAMPLE_COMPANY, load_remedies
from amends.team.models import Team, User
from amends.team.permissions import Role


@app.command()
def team(
    name: str,
    mailbox: str = typer.Option(..., help="The address customers complain to."),
) -> None:
    """Make a team with its mailbox, or give an existing team another mailbox."""
    bring_up_to_date()
    made, _ = Team.objects.get_or_create(name=name)
    Channel.objects.update_or_create(address=mailbox.lower(), defaults={"name": name, "team": made})
    typer.echo(f"Mail to {mailbox.lower()} is now a case of the team {name}.")


@app.command()
def person(
    username: str,
    name: str = typer.Option(..., help="The name customers see."),
    team: str = typer.Option(..., help="The name of their team."),
    role: Role = typer.Option(Role.AGENT, help="agent, lead, quality or admin."),
    password: str = typer.Option(..., prompt=True, hide_input=True, confirmation_prompt=True),
) -> None:
    """Make somebody who can sign in."""
    bring_up_to_date()
    theirs = Team.objects.filter(name=team).first()
    if theirs is None:
        raise typer.BadParameter(f"There is no team “{team}”. Make it: amends team “{team}” --mailbox address")
    if User.objects.filter(username=username).exists():
        raise typer.BadParameter(f"“{username}” is taken. Choose another username.")
    User.objects.create_user(username, password, name=name, role=role, team=theirs)
    typer.echo(f"{name} can sign in as {username}.")


@app.command()
def limit(role: Role, amount: str, currency: str = "EUR") -> None:
    """Set how much a role may grant in one case, such as `amends limit agent 100`."""
    from amends.method.money import cents_of, written

    bring_up_to_date()
    try:
        cents = cents_of(amount, currency)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    adopt_limit(role.value, cents, currency, datetime.now(UTC))
    typer.echo(f"Every {role.value} may now grant {written(cents, currency)} in one case.")


@app.command()
def remedies(file: Path = typer.Option(SAMPLE_COMPANY, "--from", help="A TOML file with [[remedies]].")) -> None:
    """Fill the catalogue of remedies from a file, or with the sample's; a known key is brought up to date."""
    bring_up_to_date()
    if not file.is_file():
        raise typer.BadParameter(f"{file} does not exist.")
    count = load_remedies(tomllib.loads(file.read_text()))
    typer.echo(f"The catalogue holds {count} remedies from {file.name}.")
