"""Which messages this one belongs to: its own id and those it answers."""

import re

from amends.channels.email.caps import ID_BYTES, REFERENCES
from amends.channels.email.charsets import decode_header_bytes
from amends.channels.email.heads import Head
from amends.channels.email.words import one_line

_ANGLE = re.compile(r"<([^<>]+)>")
_SPACES = re.compile(r"\s+")


def ids_in(value: bytes) -> list[str]:
    """Return the message ids in a header, without angle brackets, in order."""
    if not value:
        return []
    text = decode_header_bytes(value)
    found = [_SPACES.sub("", inner) for inner in _ANGLE.findall(text)]
    if not found:
        found = text.replace("<", " ").replace(">", " ").replace(",", " ").split()
    return [name for each in found if (name := one_line(each).encode()[:ID_BYTES].decode(errors="ignore"))]


def read_ids(head: Head) -> tuple[str, tuple[str, ...]]:
    """Return the mail's own id ("" if none) and what it answers, nearest first."""
    own = next(iter(ids_in(head.first("message-id"))), "")
    answered = [name for value in head.every("in-reply-to") for name in ids_in(value) if "@" in name]
    thread = [name for value in head.every("references") for name in ids_in(value)]
    return own, tuple(dict.fromkeys([*answered, *reversed(thread)]))[:REFERENCES]
