"""Signed marks in our own addresses: which case a reply belongs to, which letter a bounce is about."""

import base64
import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.crypto import constant_time_compare, salted_hmac

_MARK = re.compile(r"\+([cb])(\d{1,18})-([a-z2-7]{16})@", re.IGNORECASE)
_NAMED = re.compile(r"\+[cb]\d", re.IGNORECASE)


class Kind(StrEnum):
    """What a mark stands for."""

    CASE = "c"
    LETTER = "b"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark whose signature is ours."""

    kind: Kind
    id: int


def marked(address: str, kind: Kind, number: int) -> str:
    """Our address with a signed mark in its local part (RFC 5233); at most 64 characters before the @."""
    local, _, domain = address.partition("@")
    mark = f"+{kind}{number}-{_signature(kind, number)}"
    return f"{local[: 64 - len(mark)]}{mark}@{domain}"


def read_marks(addresses: list[str]) -> list[Mark]:
    """The marks in these addresses that we signed; a forged, cut or foreign mark is as if it were not there."""
    found = [_MARK.search(address.lower()) for address in addresses]
    return [
        Mark(Kind(match[1]), int(match[2]))
        for match in found
        if match and constant_time_compare(match[3], _signature(Kind(match[1]), int(match[2])))
    ]


def bear_mark(addresses: list[str]) -> bool:
    """Whether one of these addresses names a case or a letter, whoever signed it."""
    return any(_NAMED.search(address) for address in addresses)


def unmarked(address: str) -> str:
    """The address without any +mark, in lower case."""
    local, _, domain = address.lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _signature(kind: Kind, number: int) -> str:
    digest = salted_hmac("amends.mark", f"{kind}{number}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
