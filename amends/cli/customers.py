"""`amends give-out` and `amends erase`: all we hold about a customer, as a file or gone, from the terminal."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.customers.models import Address, Customer
from amends.errors import AmendsError
from amends.privacy.account import account_of
from amends.privacy.erase import erase_person
from amends.privacy.export import export_person
from amends.privacy.rewrite import rewrite_files
from amends.team.models import User

_BY = typer.Option(..., "--by", help="The user name of the lead or administrator who does it; it stands in the ledger.")


@app.command("give-out")
def give_out(address: str, file: Path, by: str = _BY) -> None:
    """Write everything we hold about the customer of this address into a ZIP file."""
    bring_up_to_date()
    customer = _customer(address)
    if file.exists():
        raise typer.BadParameter(f"{file} exists already. Name a new file.")
    try:
        file.write_bytes(export_person(customer, by=_person(by), now=datetime.now(UTC)))
    except AmendsError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(f"{file} holds everything. Look through it before you hand it over.")


@app.command()
def erase(
    address: str,
    by: str = _BY,
    asked: bool = typer.Option(False, "--asked", help="They asked for it themselves: an open case ends here."),
    typed: str = typer.Option(
        ..., "--confirm", prompt="Nobody can bring it back. Type “erase” to say that you mean it"
    ),
) -> None:
    """Erase the customer of this address; figures and the ledger stay as they are."""
    bring_up_to_date()
    customer, now = _customer(address), datetime.now(UTC)
    held = sum(count for _, count in account_of(customer, now).kinds)
    try:
        erase_person(customer, typed, asked=asked, by=_person(by), now=now)
    except AmendsError as error:
        raise typer.BadParameter(str(error)) from error
    done = rewrite_files(datetime.now(UTC))
    typer.echo(f"Erased: {held} records hold no word of theirs any more. Backups from before still do.")
    if not done:
        typer.echo("The files of the database are in use; the worker makes them anew in a moment.")


def _customer(address: str) -> Customer:
    found = Address.objects.select_related("customer").filter(value=address.strip().lower()).first()
    if found is None:
        raise typer.BadParameter(f"No customer writes from {address}.")
    return found.customer


def _person(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise typer.BadParameter(f"Nobody signs in as “{username}”.")
    return user
