"""Putting a letter of ours into the conversation and the outbox, addressed to the customer and nobody else."""

import secrets
from datetime import datetime

from amends.cases.case import Case
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.channels.email.tokens import Kind, marked
from amends.channels.envelope import Mailbox, Outgoing
from amends.team.models import User


def queue_letter(
    case: Case,
    text: str,
    *,
    now: datetime,
    not_before: datetime,
    author: User | None = None,
    automatic: bool = False,
    answers: Message | None = None,
) -> Message:
    """A message of ours in the case, waiting in the outbox; its Message-ID stays the same at every attempt."""
    channel = case.channel
    message_id = f"{secrets.token_hex(16)}@{channel.address.partition('@')[2]}"
    subject = case.subject if case.subject.lower().startswith("re:") else f"Re: {case.subject}"
    message = Message.objects.create(
        case=case,
        at=now,
        outgoing=True,
        automatic="acknowledgement" if automatic else "",
        author=author,
        sender_name=author.name if author else channel.name,
        sender_address=channel.address,
        external_id=message_id,
        subject=subject[:300],
        text=text,
    )
    entry = OutboxEntry(message=message, not_before=not_before, envelope={})
    entry.save()
    entry.envelope = _outgoing(case, message, entry, answers, automatic=automatic).to_json()
    entry.save(update_fields=["envelope"])
    return message


def _outgoing(
    case: Case, message: Message, entry: OutboxEntry, answers: Message | None, *, automatic: bool
) -> Outgoing:
    channel, customer = case.channel, case.customer
    sender = f"{message.sender_name} at {channel.name}" if message.author_id else channel.name
    recipient = customer.addresses.filter(kind=channel.kind).first()
    if recipient is None:
        raise LookupError(f"Case {case.pk} has a customer without an address for {channel.kind}.")
    chain = list(case.messages.exclude(external_id="").exclude(pk=message.pk).values_list("external_id", flat=True))
    answered = answers.external_id if answers else (chain[-1] if chain else "")
    return Outgoing(
        message_id=message.external_id,
        sender=Mailbox(channel.address, sender),
        recipient=Mailbox(recipient.value, customer.name),
        reply_to=marked(channel.address, Kind.CASE, case.pk),
        return_path=marked(channel.address, Kind.LETTER, entry.pk),
        subject=message.subject,
        text=message.text,
        in_reply_to=answered,
        references=tuple(chain[-20:]),
        automatic=automatic,
    )
