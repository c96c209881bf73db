"""Which case a mail belongs to: our signed mark first, then what it answers, then what its sender is still telling."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.message import Message
from amends.cases.turns import quiet_window, turns_of
from amends.channels.email.tokens import Kind, bear_mark, read_marks, unmarked
from amends.channels.envelope import Automatic, Envelope
from amends.channels.models import IMPORTED, Channel
from amends.method.listening import follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where a mail belongs: its channel, its case if any, the letter a bounce is about, and whose words it is."""

    channel: Channel
    case: Case | None = None
    known_sender: bool = False
    letter: int | None = None


def find_thread(envelope: Envelope, recipients: list[str], now: datetime, *, imported: bool = False) -> Thread:
    """The thread of a mail; a guessed number, a forged mark or a stranger's reference finds no case.

    A mail that names no case joins the one its sender opened on this channel and is still telling (F4).
    """
    addresses = [*recipients, *envelope.recipients]
    channel = channel_for(addresses)
    marks = read_marks(addresses)
    letter = next((mark.id for mark in marks if mark.kind is Kind.LETTER), None)
    marked = next((mark.id for mark in marks if mark.kind is Kind.CASE), None)
    case = _marked(marked) if marked else None
    case = case or _by_reference(envelope)
    if case is None and not (imported or bear_mark(addresses) or _names_another(envelope)):
        case = _still_told(envelope, channel, now)
    known = case is not None and _takes_part(case, envelope.sender.address)
    return Thread(channel=channel, case=case, known_sender=known, letter=letter)


def _marked(pk: int) -> Case | None:
    """The case of a mark; one whose customer was erased takes nothing more in."""
    return Case.objects.select_related("customer").filter(pk=pk, customer__erasure=None).first()


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


def _names_another(envelope: Envelope) -> bool:
    """Whether a mail answers a message of ours that its sender has no part in."""
    named = envelope.references[:20]
    return bool(named) and Message.objects.filter(external_id__in=named).exists()


def _still_told(envelope: Envelope, channel: Channel, now: datetime) -> Case | None:
    """The case this address opened on this channel within the quiet window and nobody has answered, if any."""
    address = envelope.sender.address.lower()
    if envelope.automatic is not Automatic.NO or not address:
        return None
    theirs = Message.objects.filter(
        case__customer__addresses__kind="email",
        case__customer__addresses__value=address,
        case__channel=channel,
        case__address=address,
        sender_address__iexact=address,
        outgoing=False,
        automatic="",
        known_sender=True,
        at__gt=now - quiet_window(),
    )
    newest = theirs.exclude(raw__peer=IMPORTED).select_related("case__customer").order_by("-at", "-pk").first()
    return newest.case if newest and _is_unanswered(newest, now) else None


def _is_unanswered(newest: Message, now: datetime) -> bool:
    """Whether nobody has written back in the case, or said that no answer is needed, or closed it."""
    if hasattr(newest.case, "closure") or not follows(now, newest.at, quiet_window()):
        return False
    return not any(one.ours or one.answered for one in turns_of(newest.case))


def _takes_part(case: Case, address: str) -> bool:
    return case.customer.addresses.filter(kind="email", value=address.lower()).exists()
