"""Files pasted into the text by uuencode: found, named, decoded and taken out of the words."""

import binascii
import re
from dataclasses import dataclass

_BLOCK = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r*\n((?:[ -`]{0,90}\r*\n)*?)end[ \t]*\r*(?:\n|\Z)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """One uuencoded file: its name as written and its coded lines."""

    name: bytes
    lines: bytes

    def decoded(self) -> bytes:
        """Return the file's bytes; a damaged line is decoded as far as it goes."""
        return b"".join(_line(line) for line in self.lines.splitlines())


def split_pasted(body: bytes) -> tuple[bytes, list[Pasted]]:
    """Return the body without its uuencoded files, and the files in order."""
    if b"begin " not in body or b"\nend" not in body:
        return body, []
    files = [Pasted(found[1].strip(), found[2]) for found in _BLOCK.finditer(body)]
    return (_BLOCK.sub(b"", body), files) if files else (body, [])


def _line(line: bytes) -> bytes:
    if not line:
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        size = ((line[0] - 32) & 63) * 4 // 3 + 5
        try:
            return binascii.a2b_uu(line[:size])
        except binascii.Error:
            return b""
