"""Loading the sample company, and sending its complaints to the mail door like anybody else's."""

import smtplib
import tomllib
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from amends.cases.message import Message
from amends.channels.models import Channel
from amends.method.calendars import Calendar
from amends.prevention.models import Cause, Change
from amends.recovery.remedy import Remedy
from amends.team.models import Team, User
from amends.team.permissions import Role

SAMPLE_PASSWORD = "make-it-right"  # noqa: S105 - printed at every start, for a desk that only this machine reaches
HERE = Path(__file__).parent
SAMPLE_COMPANY = HERE / "company.toml"


def load_company(path: Path = SAMPLE_COMPANY) -> bool:
    """Make the sample company unless a team exists already; returns whether it was made."""
    if Team.objects.exists():
        return False
    data = tomllib.loads(path.read_text())
    now = datetime.now(UTC)
    with transaction.atomic():
        people = _people(data)
        load_remedies(data)
        _causes(data, people, now)
    return True


def load_remedies(data: dict[str, Any]) -> int:
    """Make or bring up to date every remedy of a company file, by its key; returns how many it names."""
    currency = data.get("company", {}).get("currency", "EUR")
    for remedy in data["remedies"]:
        values = _stripped(remedy)
        Remedy.objects.update_or_create(key=values.pop("key"), defaults={"currency": currency, **values})
    return len(data["remedies"])


def _people(data: dict[str, Any]) -> dict[str, User]:
    signature = data["company"]["signature"].strip()
    teams = {row["name"]: _team(row, signature) for row in data["teams"]}
    for row in data["teams"]:
        name = f"{data['company']['name']} {row['name']}" if row["name"] != "Home" else data["company"]["name"]
        Channel.objects.create(address=row["address"], name=name, team=teams[row["name"]])
    password = make_password(SAMPLE_PASSWORD)  # once for all: it is the same, and made to be slow
    return {
        row["username"]: User.objects.create(
            username=row["username"],
            password=password,
            name=row["name"],
            role=Role(row["role"]),
            team=teams[row["team"]],
        )
        for row in data["people"]
    }


def _team(row: dict[str, Any], signature: str) -> Team:
    """A team with its hours, checked as a lead's are; without any it works round the clock."""
    calendar = Calendar.from_data(row.get("calendar", {}))
    return Team.objects.create(name=row["name"], signature=signature, calendar=calendar.to_data())


def _causes(data: dict[str, Any], people: dict[str, User], now: datetime) -> None:
    causes: dict[str, Cause] = {}
    for row in data["causes"]:  # the wider ones stand first
        causes[row["name"]] = Cause.objects.create(
            name=row["name"],
            definition=row["definition"].strip(),
            owner=people[row["owner"]],
            parent=causes[row["parent"]] if "parent" in row else None,
        )
    for row in data["changes"]:
        due: date = row["due_date"]
        Change.objects.create(
            cause=causes[row["cause"]],
            what=row["what"].strip(),
            kind=row["kind"],
            owner=people[row["owner"]],
            due_date=due,
            agreed_by=people["ines"],
            agreed_at=now,
            made_at=datetime.combine(due, time(9), tzinfo=UTC) if row["made"] else None,
            made_by=people[row["owner"]] if row["made"] else None,
        )


def _stripped(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}


def deliver_samples(folder: Path = HERE / "mails") -> int:
    """Send every sample mail that is not in a case yet to our own SMTP door; returns how many were sent."""
    known = set(Message.objects.filter(outgoing=False).values_list("external_id", flat=True))
    raws = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    missing = [raw for raw in raws if _id(raw) not in known]
    if missing:
        with smtplib.SMTP(settings.AMENDS_SMTP_HOST, settings.AMENDS_SMTP_PORT, timeout=20) as door:
            for raw in missing:
                _send(door, raw)
    return len(missing)


def _id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"]).strip().strip("<>")


def _send(door: smtplib.SMTP, raw: bytes) -> None:
    headers = message_from_bytes(raw)
    sender = parseaddr(str(headers["From"]))[1]
    recipient = parseaddr(str(headers["To"]))[1]
    door.sendmail(sender, [recipient], raw, mail_options=["SMTPUTF8"] if not sender.isascii() else [])
