"""Encoded words (RFC 2047) and the cleaning that makes a header one safe line."""

import binascii
import re

from amends.channels.email.charsets import decode, decode_header_bytes, scrub
from amends.channels.email.transfer import from_base64

_OPENING = re.compile(r"=\?([^?\s]{1,64})\?([bBqQ])\?")
_LINE_BREAKS = re.compile("[\\s\x00-\x20\x7f-\xa0\u2028\u2029]+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def decode_words(text: str) -> str:
    """Return the text with every encoded word decoded; neighbours in one charset are joined as bytes."""
    if "=?" not in text:
        return text
    out: list[str] = []
    pending, charset = b"", ""
    position = 0
    while found := _OPENING.search(text, position):
        stop = text.find("?=", found.end())
        if stop < 0:
            break
        between = text[position : found.start()]
        name = found[1].split("*", 1)[0].lower()
        if between.strip() or (charset and name != charset):
            out.append(decode(pending, charset) if charset else "")
            pending = b""
        if between.strip() or not charset:
            out.append(between)
        charset = name
        pending += _word_bytes(found[2], text[found.end() : stop])
        position = stop + 2
    out.append(decode(pending, charset) if charset else "")
    out.append(text[position:])
    return "".join(out)


def one_line(text: str) -> str:
    """Return the text on one line, without controls or characters that turn the reading direction."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return scrub(_UNSAFE.sub("", _LINE_BREAKS.sub(" ", text))).strip()


def header_text(value: bytes, hint: str = "") -> str:
    """Return a header's value as one readable line (RFC 2047, raw 8-bit by detection)."""
    return one_line(decode_words(decode_header_bytes(value, hint)))


def _word_bytes(kind: str, content: str) -> bytes:
    """Return the bytes inside one encoded word."""
    if not content.isascii():
        return content.encode("utf-8", "replace")
    data = content.encode("ascii")
    if kind in "bB":
        return from_base64(data)
    return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
