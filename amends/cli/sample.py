"""What follows when the sample complaints are read: the eighteen months behind them, loaded by a process of its own."""

import time
from datetime import UTC, datetime

import typer

from amends.channels.models import RawMail
from amends.demo.history import has_history, load_history
from amends.errors import AmendsError

LOOK_EVERY = 0.5


def look_back() -> None:
    """Put the history behind the sample company, once; said where it cannot be."""
    if has_history():
        return
    while RawMail.objects.filter(read_at=None, set_aside_at=None).exists():
        time.sleep(LOOK_EVERY)
    try:
        count = load_history(datetime.now(UTC))
    except AmendsError as reason:
        typer.echo(str(reason), err=True)
        return
    typer.echo(f"{count} complaints of the last eighteen months were put behind them: see Insights and Prevention.")
