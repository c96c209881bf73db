"""Giving out what we hold about a customer: one archive to read, with their mails and files (STD-G01, GDPR 15)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Field, Model

from amends.cases.history import history_of
from amends.cases.ledger import record, writing
from amends.cases.links import without_links
from amends.cases.message import Attachment
from amends.channels.email.enclosures import enclosure_bytes
from amends.channels.email.errors import Unreadable
from amends.channels.email.names import safe_name
from amends.customers.models import Customer
from amends.loyalty.purchase import bought_by
from amends.loyalty.referral import referrals_of, theirs
from amends.loyalty.score import OutsideScore
from amends.privacy.holds import check_may, noted_on
from amends.privacy.mail import raw_mails
from amends.privacy.places import PLACES
from amends.team.models import User

READ_ME = """Everything we hold about {name}, given out on {day}.

everything.json  every record, by kind, with its number; “history” tells what happened in each complaint
mails/           each mail as it came, to be opened with a mail program
files/           each file that came with a mail

What colleagues said to each other about their own work, such as a first draft, is theirs and not in here.
Signed links in letters of ours are left out: whoever holds one acts as you.
"""
_HIDDEN = frozenset({"salt", "html", "pieces", "fingerprint", "mark", "envelope", "buyer", "sender"})


def export_person(customer: Customer, *, by: User, now: datetime) -> bytes:
    """A ZIP archive of all we hold about a customer; that it was given out stands in the ledger.

    Raises NotAllowed without the right or for another team's customer, ConflictOfInterest when a complaint of theirs is
    about the one who asks.
    """
    check_may(by, customer)
    body = archive_of(customer, now)
    with writing():
        for case in noted_on(customer):
            record("person_exported", case, by, now, customer=customer.pk)
    return body


def archive_of(customer: Customer, now: datetime) -> bytes:
    """The bytes of that archive; who lets it out writes that down."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("read-me.txt", READ_ME.format(name=customer.called, day=f"{now:%-d %B %Y}"))
        archive.writestr("everything.json", json.dumps(everything(customer), ensure_ascii=False, indent=2))
        for name, body in _mails(customer):
            archive.writestr(name, body)
        for name, body in _files(customer):
            archive.writestr(name, body)
    return file.getvalue()


def everything(customer: Customer) -> dict[str, Any]:
    """Every record of a customer that holds a word of theirs or about them, by kind, and each case's history.

    What stands apart between colleagues is left out: it is about their work, and a lead would read it here.
    """
    places = [place for place in reversed(PLACES) if not place.apart]
    told = {place.name: [_told(row) for row in place.rows(customer.pk)] for place in places}
    told["purchases"] = [_told(row) for row in bought_by(customer.addresses.values_list("value", flat=True))]
    told["answers of a survey of everybody"] = [
        _told(row) for row in OutsideScore.objects.filter(buyer__in=theirs(customer))
    ]
    told["who sent whom"] = [_told(row) for row in referrals_of(customer)]
    told = {name: rows for name, rows in told.items() if rows}
    return {**told, "history": {str(case.pk): _history(case) for case in customer.cases.order_by("pk")}}


def _history(case: Any) -> list[str]:
    return [f"{one.at:%Y-%m-%d %H:%M} UTC: {one.sentence}" for one in history_of(case)]


def _told(row: Model) -> dict[str, Any]:
    """One record: its number, its case and its own columns, without those that are empty or only ours to match with."""
    told: dict[str, Any] = {"number": row.pk}
    for field in row._meta.concrete_fields:
        value = _plain(row, field)
        if value not in (None, "", [], {}) and not field.primary_key:
            told[field.name] = value
    return told


def _plain(row: Model, field: "Field[Any, Any]") -> Any:
    """What JSON can hold of a column; of the columns that lead elsewhere only the case and the issue."""
    if field.name in _HIDDEN or (field.is_relation and field.name not in ("case", "issue", "message", "offer")):
        return None
    value = getattr(row, field.attname)
    if isinstance(value, str):
        return without_links(value)
    return value.isoformat() if isinstance(value, date) else value


def _mails(customer: Customer) -> Iterator[tuple[str, bytes]]:
    for raw in raw_mails(customer.pk).iterator(chunk_size=20):
        yield f"mails/{raw.pk}.eml", bytes(raw.body)


def _files(customer: Customer) -> Iterator[tuple[str, bytes]]:
    rows = Attachment.objects.select_related("message__raw").filter(message__case__customer=customer).order_by("pk")
    for one in rows.iterator(chunk_size=20):
        if one.message.raw is None:
            continue
        try:
            body = enclosure_bytes(bytes(one.message.raw.body), one.index)
        except Unreadable:
            continue  # the mail itself is given out as it came
        yield f"files/{one.pk}-{safe_name(one.name) or 'file'}", body
