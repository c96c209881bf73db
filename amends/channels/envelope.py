"""The two shapes that cross a channel's border: what came in, and what is to go out."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Automatic(StrEnum):
    """Why nobody wrote this message by hand; such a message never gets an automatic answer (RFC 3834)."""

    NO = ""
    REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person's name as they wrote it ("" if none) and their address, domain in lower case."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """One file that came with a message: where it lies in the raw message, never its bytes."""

    index: int
    name: str
    content_type: str
    size: int
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message as it came in, understood but not yet judged; every text is free of NUL and lone surrogates."""

    channel: str
    external_id: str
    sender: Mailbox
    subject: str
    text: str
    html: str = ""
    recipients: tuple[str, ...] = ()
    reply_to: Mailbox | None = None
    sent_at: datetime | None = None
    references: tuple[str, ...] = ()
    automatic: Automatic = Automatic.NO
    enclosures: tuple[Enclosure, ...] = ()
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message ready to leave: everything a channel needs, and the same Message-ID at every attempt."""

    message_id: str
    sender: Mailbox
    recipient: Mailbox
    reply_to: str
    subject: str
    text: str
    html: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False
    return_path: str = ""
    unsubscribe: str = ""

    def to_json(self) -> dict[str, Any]:
        """This letter as plain values, for the outbox."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Outgoing":
        """The letter `to_json` wrote down."""
        return cls(
            **{
                **values,
                "sender": Mailbox(**values["sender"]),
                "recipient": Mailbox(**values["recipient"]),
                "references": tuple(values["references"]),
            }
        )
