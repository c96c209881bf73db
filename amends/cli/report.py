"""`amends status` and `amends verify`: how the desk is, and whether the ledger holds."""

import json
from datetime import UTC, datetime

import typer

from amends.cases.case import Case
from amends.cases.closure import Exemption
from amends.cases.ledger import verify as walk
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.channels.models import RawMail, alive
from amends.cli import app
from amends.jobs import waiting_work


@app.command()
def status(as_json: bool = typer.Option(False, "--json", help="Print one JSON object.")) -> None:
    """Print how many cases, mails, letters and ledger rows there are, and whether the chain holds."""
    figures = _figures(datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name.replace('_', ' '):<20}{value}")


def _figures(now: datetime) -> dict[str, object]:
    chain = walk()
    letters = OutboxEntry.objects
    return {
        "cases": Case.objects.count(),
        "open": Case.objects.filter(closure=None).count(),
        "messages": Message.objects.count(),
        "raw_waiting": RawMail.objects.waiting().count(),
        "raw_unreadable": RawMail.objects.set_aside().count(),
        "outbox_waiting": letters.waiting().count(),
        "outbox_failed": letters.exclude(failed_at=None).count(),
        "tasks": waiting_work(now),
        "gates_passed_with_a_reason": Exemption.objects.count(),
        "ledger_length": chain.length,
        "chain_holds": chain.holds,
        "worker_alive": alive("worker", now),
        "intake_alive": alive("intake", now),
    }


@app.command()
def verify() -> None:
    """Walk the ledger from its first row and name the first broken one, if any."""
    chain = walk()
    if chain.holds:
        typer.echo(f"The ledger holds: {chain.length} rows, each sealed to the one before.")
        return
    typer.echo(f"The ledger breaks at row {chain.broken_at}: {chain.reason}.", err=True)
    raise typer.Exit(1)
