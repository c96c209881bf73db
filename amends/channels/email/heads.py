"""Headers: cut a block of bytes into names and values, whatever state it is in."""

import re
from dataclasses import dataclass, field

from amends.channels.email.caps import HEAD_BYTES, HEADER_BYTES, Mended
from amends.channels.email.errors import Unreadable

_HEADER = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_KNOWN = re.compile(
    rb"(?i:from|to|cc|date|subject|sender|reply-to|message-id|mime-version|content-type|received|references|"
    rb"in-reply-to|content-transfer-encoding|content-disposition|return-path|delivered-to|"
    rb"x-[a-z-]{1,60})[ \t]*:"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The headers of one part: values as raw bytes under lower-case names, in the order they came."""

    fields: dict[str, list[bytes]] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        """Return the first value of the header, b"" if it is absent."""
        return self.fields.get(name, _NONE)[0]

    def every(self, name: str) -> list[bytes]:
        """Return all values of the header, [] if it is absent."""
        return self.fields.get(name, [])

    def __contains__(self, name: str) -> bool:
        return name in self.fields


_NONE = [b""]


@dataclass(slots=True)
class _Builder:
    mended: Mended
    strict: bool
    fields: dict[str, list[bytes]] = field(default_factory=dict)
    kept: int = 0

    def add(self, name: bytes, chunks: list[bytes]) -> None:
        value = b"".join(chunks)
        if len(value) > HEADER_BYTES:
            value = value[:HEADER_BYTES]
            self.mended.note("A header line was longer than 64 kB and was cut there.")
        self.kept += len(value) + len(name) + 1
        if self.kept <= HEAD_BYTES:
            self.fields.setdefault(name.decode("ascii").lower(), []).append(value.strip())
            return
        if self.strict:
            raise Unreadable(
                "This mail has more than 256 kB of headers, which no ordinary mail has. It was not read; "
                "the raw mail is kept. Ask the sender to write again from their own mail program."
            )
        self.mended.note("A part had more than 256 kB of headers; the rest of them was left out.")


def read_head(raw: bytes, start: int, end: int, mended: Mended, *, top: bool = False) -> tuple[Head, int]:
    """Return the headers between the two offsets and the offset at which the body starts.

    Too many headers of the mail itself (`top`) raise Unreadable; too many in a part are cut.
    """
    position = _skip_garbage(raw, start, end) if top else start
    build = _Builder(mended, strict=top)
    name, chunks = b"", [b""]
    while position < end:
        stop = raw.find(b"\n", position, end) + 1 or end
        line = raw[position:stop]
        if line[0] in b" \t" and name:
            chunks.append(line)
        elif not line.strip(b"\r\n"):
            position = stop
            break
        elif found := _HEADER.match(line):
            if name:
                build.add(name, chunks)
            name, chunks = found[1], [found[2]]
        elif name and _KNOWN.match(raw, stop, end):
            mended.note("A header line was broken in two and was joined again.")
            chunks.append(b" " + line)
        else:
            mended.note("The empty line between headers and text was missing.")
            break
        position = stop
    if name:
        build.add(name, chunks)
    return Head(build.fields), position


def _skip_garbage(raw: bytes, start: int, end: int) -> int:
    """Step over empty lines and a mailbox separator ("From …") before the first header."""
    while start < end and raw[start] in b"\r\n":
        start += 1
    while raw.startswith((b"From ", b">From "), start):
        start = raw.find(b"\n", start, end) + 1 or end
    return start
