"""The customer writes on their own page: kept raw first, then read like any other mail."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.once import Press, button, pressed
from amends.cases.page_mail import Upload, check_files, message_id, page_mail
from amends.cases.receive import receive
from amends.channels.email.parse import parse
from amends.channels.envelope import Automatic
from amends.channels.models import LEASE, PAGE, RawMail

log = logging.getLogger(__name__)


def customer_writes(
    case: Case, text: str, now: datetime, *, press: Press | None = None, files: Sequence[Upload] = ()
) -> RawMail:
    """Keep what a customer sent from their page as a raw mail, then read it into the case; returns the raw mail.

    Raises Incomplete when there are neither words nor files, or more files than we take at once, and AlreadyDone
    when this button was pressed before. From the moment it is kept nothing is lost: whoever dies while reading it
    leaves it to the worker, which finds the case by the mark in its address and knows it again by its Message-ID.
    """
    words = text.replace("\x00", "").strip()
    if not words and not files:
        raise Incomplete("Write your message first, or add a file.", "text")
    check_files([len(file.body) for file in files])
    _check_new(case, words, files)
    press = press or Press(case.pk, "write", "", button(case.pk, "write"))
    with pressed(press, now):
        raw = _keep(case, page_mail(case, words, files, number=press.number, now=now), now)
    _read(raw, now)
    return raw


def _check_new(case: Case, words: str, files: Sequence[Upload]) -> None:
    """Raise AlreadyDone for the very words and files that came last and were not answered since: the back button."""
    last = case.messages.filter(Q(outgoing=False) | Q(automatic="")).prefetch_related("attachments").last()
    if last is None or last.outgoing or last.text.split() != words.split():
        return
    if sorted(one.size for one in last.attachments.all()) == sorted(len(file.body) for file in files):
        raise AlreadyDone("We have this already: it reached us before. You need not send it again.")


def _keep(case: Case, body: bytes, now: datetime) -> RawMail:
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


def _read(raw: RawMail, now: datetime) -> None:
    """Put what was kept into its case the way of every mail; what goes wrong is told in the log and tried again."""
    try:
        envelope = parse(bytes(raw.body), return_path=raw.mail_from)
        receive(replace(envelope, automatic=Automatic.NO), raw=raw, now=now)
    except Exception:
        log.exception("What a customer wrote on their page (mail %s) is kept, but could not be read yet", raw.pk)


def is_the_same(case: Case, text: str, press: Press) -> bool:
    """Whether what was sent with this button before says the same: then there is nothing to send again."""
    sent = case.messages.filter(external_id=message_id(case, press.number).strip("<>")).first()
    return sent is None or sent.text.split() == text.split() or not text.strip()
