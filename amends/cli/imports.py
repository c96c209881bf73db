"""`amends import`: mail from files, folders and mailboxes, and weekly figures, each through the same way as any."""

import mailbox
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer
from rich.progress import track

from amends.channels.models import IMPORTED, RawMail
from amends.cli import app
from amends.cli.prepare import bring_up_to_date
from amends.errors import AmendsError
from amends.jobs import read_one
from amends.method.columns import BrokenRows
from amends.prevention.exposure import import_exposure

imports = typer.Typer(help="Bring in what another system holds.", no_args_is_help=True)
app.add_typer(imports, name="import")


@imports.callback()
def _imports() -> None:
    """Bring in what another system holds."""


@imports.command()
def mail(path: Path) -> None:
    """Bring in one mail (.eml), a folder of mails or a Maildir, or an mbox file."""
    if not path.exists():
        raise typer.BadParameter(f"{path} does not exist.")
    bring_up_to_date()
    kept = [_keep(raw) for raw in track(_mails(path), description="Storing", total=None, transient=True)]
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for pk in track(kept, description="Reading", transient=True):
        receipt = read_one(RawMail.objects.get(pk=pk), datetime.now(UTC))
        outcomes[receipt.outcome.value] += 1
        if receipt.reason:
            reasons[receipt.reason] += 1
    typer.echo(f"{len(kept)} mail{'' if len(kept) == 1 else 's'} from {path}:")
    for what, count in outcomes.most_common():
        typer.echo(f"  {count:>6}  {what}")
    for reason, count in reasons.most_common():
        typer.echo(f"          refused {count}: {reason}")


@imports.command()
def exposure(file: Path) -> None:
    """Bring in how many orders, visits or users there were each week: a CSV file with name, week and count."""
    if not file.is_file():
        raise typer.BadParameter(f"{file} is no file.")
    bring_up_to_date()
    try:
        kept = import_exposure(file.read_text("utf-8-sig"), by=None, now=datetime.now(UTC))
    except BrokenRows as error:
        for row in error.rows:
            typer.echo(f"line {row.line}: {row.reason}", err=True)
        typer.echo("Nothing was kept.", err=True)
        raise typer.Exit(1) from error
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file} is no text in UTF-8. Save it as CSV (UTF-8).") from error
    except AmendsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for name, weeks in kept.items():
        typer.echo(f"{weeks:>6}  weeks of {name}")


def _mails(path: Path) -> Iterator[bytes]:
    if path.is_dir() and (path / "cur").is_dir():
        folder = mailbox.Maildir(path)
        yield from (folder.get_bytes(key) for key in folder.iterkeys())
    elif path.is_dir():
        yield from (file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file())
    elif _begins(path) == b"From ":
        with closing(mailbox.mbox(path)) as box:
            yield from (box.get_bytes(key) for key in box.iterkeys())
    else:
        yield path.read_bytes()


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(5)


def _keep(raw: bytes) -> int:
    """Store a raw mail, held by us while we read it; returns its number."""
    now = datetime.now(UTC)
    row = RawMail.objects.create(
        received_at=now,
        recipients=[],
        peer=IMPORTED,
        size=len(raw),
        body=raw,
        leased_until=now + timedelta(hours=1),
        tries=1,
    )
    return row.pk
