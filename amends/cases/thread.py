"""Which case a mail belongs to: our signed mark first, then what it answers, else none."""

from dataclasses import dataclass

from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.message import Message
from amends.channels.email.tokens import Kind, read_marks, unmarked
from amends.channels.envelope import Envelope
from amends.channels.models import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where a mail belongs: its channel, its case if any, the letter a bounce is about, and whose words it is."""

    channel: Channel
    case: Case | None = None
    known_sender: bool = False
    letter: int | None = None


def find_thread(envelope: Envelope, recipients: list[str]) -> Thread:
    """The thread of a mail; a guessed number, a forged mark or a stranger's reference finds no case."""
    addresses = [*recipients, *envelope.recipients]
    channel = channel_for(addresses)
    marks = read_marks(addresses)
    letter = next((mark.id for mark in marks if mark.kind is Kind.LETTER), None)
    marked = next((mark.id for mark in marks if mark.kind is Kind.CASE), None)
    case = Case.objects.select_related("customer").filter(pk=marked).first() if marked else None
    case = case or _by_reference(envelope)
    known = case is not None and _takes_part(case, envelope.sender.address)
    return Thread(channel=channel, case=case, known_sender=known, letter=letter)


def channel_for(addresses: list[str]) -> Channel:
    """The channel one of these addresses belongs to, else the first one; raises NotPossible when there is none."""
    channels = {channel.address: channel for channel in Channel.objects.filter(kind="email").order_by("pk")}
    for address in addresses:
        if unmarked(address) in channels:
            return channels[unmarked(address)]
    if not channels:
        raise NotPossible("There is no mailbox yet. Make one with `amends team` or start with `amends up --sample`.")
    return next(iter(channels.values()))


def _by_reference(envelope: Envelope) -> Case | None:
    """The case of a message this one answers, only for somebody who takes part in it."""
    if not envelope.references:
        return None
    answered = (
        Message.objects.filter(external_id__in=envelope.references[:20])
        .select_related("case__customer")
        .order_by("-at", "-pk")
    )
    return next((one.case for one in answered if _takes_part(one.case, envelope.sender.address)), None)


def _takes_part(case: Case, address: str) -> bool:
    return case.customer.addresses.filter(kind="email", value=address.lower()).exists()
