"""Raw mail to `Envelope`: every mail that people or machines really send, mended where it is broken."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from amends.channels.email.addresses import read_address, read_mailboxes
from amends.channels.email.automatic import why_automatic
from amends.channels.email.body import read_body
from amends.channels.email.bounced import read_returned
from amends.channels.email.caps import RECIPIENTS, REFERENCES, Mended
from amends.channels.email.charsets import decode_header_bytes
from amends.channels.email.enclosures import list_enclosures
from amends.channels.email.errors import Unreadable
from amends.channels.email.heads import Head
from amends.channels.email.threads import read_ids
from amends.channels.email.walk import walk
from amends.channels.email.words import header_text
from amends.channels.envelope import Automatic, Envelope, Mailbox

__all__ = ["Unreadable", "parse"]

_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
_SUBJECT_CHARS = 998
_DATE_CHARS = 128


@dataclass(frozen=True, slots=True)
class _People:
    sender: Mailbox
    recipients: tuple[str, ...]
    reply_to: Mailbox | None


def parse(raw: bytes, *, return_path: str | None = None) -> Envelope:
    """Return the mail understood: who, when, what it says, what it answers, whether a person wrote it.

    `return_path` is the envelope sender if the door knows it: "" for the null sender of bounces. What had to
    be repaired is told in `mended`. Raises Unreadable, and nothing else, for mails past the caps.
    """
    mended = Mended()
    tree = walk(raw, mended)
    head, hint = tree.head, tree.hint
    path = head.first("return-path").decode("latin-1") if return_path is None else return_path
    null_return = path.strip() == "<>" or return_path == ""
    people = _people(head, hint, path, mended)
    subject = _subject(head, hint, mended)
    body = read_body(tree, mended)
    own, references = read_ids(head)
    automatic = why_automatic(tree, sender=people.sender.address, subject=subject, null_return=null_return)
    text = body.text
    if automatic is Automatic.BOUNCE:
        returned, ids = read_returned(tree)
        text = "\n\n".join(words for words in (text, returned) if words)
        references = tuple(dict.fromkeys([*references, *ids]))[:REFERENCES]
    return Envelope(
        channel="email",
        external_id=own,
        sender=people.sender,
        subject=subject,
        text=text,
        html=body.html,
        recipients=people.recipients,
        reply_to=people.reply_to,
        sent_at=_sent_at(head, mended),
        references=references,
        automatic=automatic,
        enclosures=list_enclosures(tree),
        mended=tuple(mended.sentences),
    )


def _people(head: Head, hint: str, path: str, mended: Mended) -> _People:
    replies = [box for value in head.every("reply-to") for box in read_mailboxes(value, hint) if box.address]
    found = [box.address for name in _RECIPIENTS for value in head.every(name) for box in read_mailboxes(value, hint)]
    recipients = tuple(dict.fromkeys(address for address in found if address))
    if len(recipients) > RECIPIENTS:
        mended.note(f"The mail went to more than {RECIPIENTS:,} people; only the first are listed.")
    return _People(_sender(head, hint, path, mended), recipients[:RECIPIENTS], replies[0] if replies else None)


def _sender(head: Head, hint: str, path: str, mended: Mended) -> Mailbox:
    """Return who wrote: the first usable address of From, else of Sender, Reply-To and the return path."""
    written = [box for value in head.every("from") for box in read_mailboxes(value, hint)]
    with_address = [box for box in written if box.address]
    if len(with_address) > 1:
        mended.note("The mail names several senders; the first one counts.")
    if with_address:
        return with_address[0]
    name = written[0].name if written else ""
    for header in ("sender", "reply-to"):
        for box in read_mailboxes(head.first(header), hint):
            if box.address:
                mended.note(f"The From line has no address; it was taken from {header.title()}.")
                return Mailbox(box.address, name or box.name)
    address = read_address(path)
    outcome = "the return path was taken." if address else "nobody can be answered."
    mended.note(f"The From line has no address; {outcome}")
    return Mailbox(address, name)


def _subject(head: Head, hint: str, mended: Mended) -> str:
    subject = header_text(head.first("subject"), hint)
    if len(subject) > _SUBJECT_CHARS:
        mended.note(f"The subject was longer than {_SUBJECT_CHARS} characters and was cut there.")
    return subject[:_SUBJECT_CHARS]


def _sent_at(head: Head, mended: Mended) -> datetime | None:
    """Return the Date header in UTC; a time without a zone is read as UTC (RFC 5322 4.3)."""
    written = decode_header_bytes(head.first("date"))[:_DATE_CHARS]
    if not written:
        return None
    try:
        when = parsedate_to_datetime(written)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        mended.note("The date in the mail cannot be read.")
        return None
