"""From an envelope to a message in the right case: once, whatever happens in between."""

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from amends.cases.acknowledge import acknowledge
from amends.cases.begin_again import raise_severity
from amends.cases.call_out import call_out
from amends.cases.case import Case
from amends.cases.closure import open_again
from amends.cases.learned import reading_with
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.message import Attachment, Message
from amends.cases.outbox import OutboxEntry, fail
from amends.cases.standing import stand
from amends.cases.thread import Thread, find_thread
from amends.cases.understand import understand, understand_more
from amends.channels.envelope import Automatic, Envelope
from amends.channels.models import IMPORTED, Channel, RawMail
from amends.customers.models import address_of
from amends.language.quoting import new_words
from amends.language.reading import Reading, read

_BLANK_LINE = re.compile(rb"\n\r?\n")


class Outcome(StrEnum):
    """What became of a mail."""

    OPENED = "opened a case"
    THREADED = "joined its case"
    BOUNCED = "told us a letter came back"
    DUPLICATE = "was here already"
    SET_ASIDE = "could not become part of a case"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one mail, with its message when it has one."""

    outcome: Outcome
    message: Message | None = None
    reason: str = ""


def receive(envelope: Envelope, *, raw: RawMail, now: datetime) -> Receipt:
    """Put a message into the right case, exactly once; marks the raw mail as read in the same transaction."""
    with writing():
        receipt = _receive(envelope, raw, now)
        if receipt.outcome is Outcome.SET_ASIDE:
            raw.set_aside(receipt.reason, now)
        else:
            RawMail.objects.filter(pk=raw.pk).update(read_at=now, leased_until=None)
    return receipt


def _receive(envelope: Envelope, raw: RawMail, now: datetime) -> Receipt:
    print_ = fingerprint(envelope, bytes(raw.body))
    known = _known(print_, envelope.external_id)
    if known is not None and known.fingerprint == print_:
        return Receipt(Outcome.DUPLICATE, known)
    if known is not None:
        return Receipt(Outcome.SET_ASIDE, reason="It is a letter of our own that came back to us.")
    if not envelope.sender.address:
        return Receipt(Outcome.SET_ASIDE, reason="It names no sender, so nobody could be answered.")
    thread = find_thread(envelope, raw.recipients, now, imported=raw.peer == IMPORTED)
    if envelope.automatic is Automatic.BOUNCE:
        return _bounce(thread, now)
    return _into_case(envelope, thread, raw, print_, now)


def _known(print_: str, external_id: str) -> Message | None:
    """The message that is this very mail, or the letter of ours that carries its Message-ID."""
    same = Q(fingerprint=print_)
    if external_id:
        same |= Q(external_id=external_id, outgoing=True)
    return Message.objects.filter(same).only("pk", "case_id", "fingerprint").first()


def fingerprint(envelope: Envelope, raw: bytes) -> str:
    """What makes a mail the same mail: its Message-ID and its body, without the headers relays add."""
    blank = _BLANK_LINE.search(raw)
    body = raw[blank.end() :] if blank else raw
    named = envelope.external_id or f"{envelope.sender.address} {envelope.sent_at} {envelope.subject}"
    body = body.replace(b"\r\n", b"\n").rstrip()
    return hashlib.sha256(named.encode() + b"\x00" + body).hexdigest()


def _bounce(thread: Thread, now: datetime) -> Receipt:
    """A letter came back: only a bounce to our own signed return address may fail it."""
    if thread.letter is None:
        return Receipt(Outcome.SET_ASIDE, reason="It says a letter came back, but it is not about a letter of ours.")
    entry = OutboxEntry.objects.select_related("message__case__customer").get(message=thread.letter)
    if entry.message.case.is_erased:
        return Receipt(Outcome.SET_ASIDE, reason="It is about a letter to somebody who was erased since.")
    if entry.is_alive:
        record("bounce_received", entry.message.case_id, SYSTEM, now, message=entry.message_id)
        fail(entry, "The recipient's mail server sent it back.", now)
    return Receipt(Outcome.BOUNCED, entry.message)


def _into_case(envelope: Envelope, thread: Thread, raw: RawMail, print_: str, now: datetime) -> Receipt:
    reading = read(envelope.text, reading_with())
    if thread.case is None:
        return _open(envelope, thread.channel, raw, print_, reading, now)
    case = thread.case
    message = _message(envelope, case, raw, print_, now, reading=reading, known_sender=thread.known_sender)
    whole = understand_more(message, case, reading, now)
    if envelope.automatic is Automatic.NO:
        if whole.severity > case.severity:
            raise_severity(case, at_least=whole.severity)
        open_again(case, f"customer:{case.customer_id}", now)
    _note(message, case, now)
    if raw.peer != IMPORTED:
        _call_if_in_danger(message, case, reading, now)
    stand(case, now)
    return Receipt(Outcome.THREADED, message)


def _open(envelope: Envelope, channel: Channel, raw: RawMail, print_: str, reading: Reading, now: datetime) -> Receipt:
    sender = envelope.sender
    address = address_of("email", sender.address.lower()[:320], name=sender.name[:200], language="", now=now)
    case = Case.objects.create(
        team_id=channel.team_id,
        channel=channel,
        customer=address.customer,
        address=address.value,
        subject=envelope.subject[:300] or "(no subject)",
        opened_at=now,
        severity=reading.severity,
    )
    record("case_opened", case.pk, SYSTEM, now)
    message = _message(envelope, case, raw, print_, now, reading=reading, known_sender=True)
    _note(message, case, now)
    understand(message, case, reading, now)
    if raw.peer != IMPORTED:
        _call_if_in_danger(message, case, reading, now)
        acknowledge(case, message, address, reading, now)
    return Receipt(Outcome.OPENED, message)


def _call_if_in_danger(message: Message, case: Case, reading: Reading, now: datetime) -> None:
    if reading.safety and message.automatic == Automatic.NO:
        call_out(case, message.pk, now)


def _note(message: Message, case: Case, now: datetime) -> None:
    actor = f"customer:{case.customer_id}"
    record("message_received", case.pk, actor, now, message=message.pk, known=message.known_sender)


def _message(
    envelope: Envelope,
    case: Case,
    raw: RawMail,
    print_: str,
    now: datetime,
    *,
    reading: Reading,
    known_sender: bool,
) -> Message:
    parted = new_words(envelope.text)
    message = Message.objects.create(
        case=case,
        at=now,
        outgoing=False,
        automatic=envelope.automatic.value,
        sender_name=envelope.sender.name[:200],
        sender_address=envelope.sender.address[:320],
        known_sender=known_sender,
        external_id=envelope.external_id[:998],
        fingerprint=print_,
        subject=envelope.subject[:300],
        text=envelope.text,
        pieces=[[str(piece.kind), piece.start, piece.end] for piece in parted.pieces],
        html=envelope.html,
        sent_at=envelope.sent_at,
        raw=raw,
        mended=list(envelope.mended),
        reading=asdict(reading),
    )
    if not envelope.enclosures:
        return message
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            index=enclosure.index,
            name=enclosure.name[:255],
            content_type=enclosure.content_type[:127],
            size=enclosure.size,
        )
        for enclosure in envelope.enclosures
    )
    return message
