"""Content-Transfer-Encoding: from the bytes on the wire to the bytes the sender had."""

import binascii
import re
import string

_ALPHABET = (string.ascii_letters + string.digits + "+/").encode()
_JUNK = bytes(set(range(256)) - set(_ALPHABET) - {0x3D})
_ODD_LINE = re.compile(rb"^[^\r\n]*[^A-Za-z0-9+/=\s]|^[^\s]+[ \t]+[^\s]", re.MULTILINE)


def from_base64(data: bytes) -> bytes:
    """Return the decoded bytes; junk, missing padding, joined blocks and one odd character are forgiven."""
    pure = data.translate(None, _JUNK)
    if b"=" not in pure.rstrip(b"="):
        return _block(pure.rstrip(b"="))
    return b"".join(_block(block) for block in pure.split(b"=") if block)


def _block(data: bytes) -> bytes:
    if len(data) % 4 == 1:
        data = data[:-1]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def decode_transfer(body: bytes, encoding: str, *, text: bool) -> bytes:
    """Return the part's bytes; an unknown or plainly wrong encoding leaves them as they are.

    With `text`, words that follow or replace the base64 block (list footers, wrong label) are kept.
    """
    name = encoding.replace(" ", "").replace("_", "-")
    if name in ("quoted-printable", "quotedprintable", "q"):
        return binascii.a2b_qp(body)
    if name not in ("base64", "b", "base-64"):
        return body
    odd = _ODD_LINE.search(body) if text else None
    if odd is None:
        return from_base64(body)
    block = from_base64(body[: odd.start()])
    return block + (b"\n" if block else b"") + body[odd.start() :]
