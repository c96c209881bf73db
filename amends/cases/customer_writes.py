"""The customer writes on their own page: kept raw first, then read like any other mail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.ledger import writing
from amends.cases.message import Message
from amends.cases.page_mail import Upload, check_files, page_mail
from amends.cases.receive import receive
from amends.channels.email.parse import parse
from amends.channels.envelope import Automatic
from amends.channels.models import LEASE, PAGE, RawMail


def customer_writes(case: Case, text: str, now: datetime, *, number: str, files: Sequence[Upload] = ()) -> RawMail:
    """Keep what a customer sent from their page as a raw mail, held for `read_page_mail`; `number` is its own alone.

    Raises Incomplete when there are neither words nor files, or more of them than we take at once. Whoever keeps it
    and dies leaves it to the worker, which finds the case by the mark in its address.
    """
    words = text.replace("\x00", "").strip()
    if not words and not files:
        raise Incomplete("Write your message first, or add a file.", "text")
    check_files([len(file.body) for file in files])
    body = page_mail(case, words, files, number=number, now=now)
    with writing():
        return RawMail.objects.create(
            received_at=now,
            mail_from=case.address,
            recipients=[],
            peer=PAGE,
            size=len(body),
            leased_until=now + LEASE,
            leased_by=PAGE,
            tries=1,
            body=body,
        )


def read_page_mail(raw: RawMail, now: datetime) -> Message | None:
    """Put what was kept into its case the way of every mail; returns its message, None when it was set aside."""
    envelope = parse(bytes(raw.body), return_path=raw.mail_from)
    return receive(replace(envelope, automatic=Automatic.NO), raw=raw, now=now).message
