"""Reading in bulk as the terminal shows it: how far it is, on standard error, and how many there were."""

from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import Progress

from amends.archive.bulk_files import Old, read_here, total
from amends.archive.bulk_spark import counts_of, read_there
from amends.archive.engine import SPARK, spark


def here(old: Old, out: Path, processes: int) -> tuple[int, int]:
    """Read them in processes of this machine; returns how many were taken up, and how many could not be read."""
    count = failed = 0
    with Progress(console=Console(stderr=True)) as shown:
        task = shown.add_task("Reading", total=total(old))
        for taken, broken in read_here(old, out, processes):
            count, failed = count + taken, failed + broken
            shown.advance(task, taken)
    return count, failed


def on_spark(old: Old, out: Path) -> tuple[int, int]:
    """The same under the master AMENDS_ARCHIVE names, or on this machine; raises NotInstalled."""
    address = settings.AMENDS_ARCHIVE
    session = spark(address.removeprefix(SPARK) if address.startswith(SPARK) else "local[*]")
    try:
        with Progress(console=Console(stderr=True)) as shown:
            task = shown.add_task("Reading, in parts", total=None)
            for done, of in read_there(session, old, out):
                shown.update(task, completed=done, total=of or None)
        return counts_of(session, old, out)
    finally:
        session.stop()
