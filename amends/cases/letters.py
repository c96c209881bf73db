"""Putting a letter of ours into the conversation and the outbox, addressed to the customer and nobody else."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings

from amends.cases.automatic import check_reachable, may_write_by_itself
from amends.cases.begin_live import check_begun
from amends.cases.case import Case
from amends.cases.ledger import acting_rule
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.shape import Shape
from amends.channels.email.tokens import Kind, marked
from amends.channels.envelope import Mailbox, Outgoing
from amends.team.models import User

_SAID = Shape(
    lambda case: (
        Message.objects.filter(case=case).exclude(external_id="").order_by("at", "pk").values_list("external_id")
    )
)


def queue_letter(
    case: Case,
    text: str,
    *,
    now: datetime,
    author: User | None = None,
    automatic: str = "acknowledgement",
    answers: Message | None = None,
) -> Message:
    """A message of ours in the case, waiting in the outbox; its Message-ID stays the same at every attempt.

    A letter somebody wrote waits for its undo window. Without an author it is a letter nobody wrote, of the kind
    `automatic`; `answers` is the message it answers. One a rule writes is automatic too: raises NotPossible where
    RFC 3834 forbids it, any when the customer was erased, and one of a newcomer who has not practised (E74).
    """
    check_reachable(case)
    if author is not None:
        check_begun(author, now, case=case)
    if acting_rule() is not None:
        may_write_by_itself(case, now)
    channel = case.channel
    subject = case.subject if case.subject.lower().startswith("re:") else f"Re: {case.subject}"
    message = Message.objects.create(
        case=case,
        at=now,
        outgoing=True,
        automatic="rule" if acting_rule() is not None else "" if author else automatic,
        author=author,
        sender_name=author.name if author else channel.name,
        sender_address=channel.address,
        external_id=f"{secrets.token_hex(16)}@{channel.address.partition('@')[2]}",
        subject=subject[:300],
        text=text,
    )
    chain = [answers.external_id] if answers else _chain(case, message)
    outgoing = _outgoing(case, message, [one for one in chain if one])
    undo = timedelta(seconds=settings.AMENDS_UNDO_SECONDS if author else 0)
    OutboxEntry.objects.create(message=message, not_before=now + undo, envelope=outgoing.to_json())
    return message


def _chain(case: Case, message: Message) -> list[str]:
    """The Message-IDs of the conversation so far, oldest first."""
    return [said for (said,) in _SAID.rows(case.pk) if said != message.external_id][-20:]


def _outgoing(case: Case, message: Message, chain: list[str]) -> Outgoing:
    channel = case.channel
    return Outgoing(
        message_id=message.external_id,
        sender=Mailbox(
            channel.address, f"{message.sender_name} at {channel.name}" if message.author_id else channel.name
        ),
        recipient=Mailbox(case.address, case.customer.name),
        reply_to=marked(channel.address, Kind.CASE, case.pk),
        return_path=marked(channel.address, Kind.LETTER, message.pk),
        subject=message.subject,
        text=message.text,
        in_reply_to=chain[-1] if chain else "",
        references=tuple(chain),
        automatic=bool(message.automatic),
    )
