"""The tree of a mail: every multipart a branch, every other part a numbered leaf.

The walk reads bytes itself and does not use `email.feedparser`, which recurses once for each level (a mail
nested 5,000 deep ends it) and looks at every open boundary for every line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.channels.email.caps import DEPTH, MESSAGE_BYTES, PARTS, Mended
from amends.channels.email.errors import Unreadable
from amends.channels.email.heads import Head, read_head
from amends.channels.email.parameters import read_parameters
from amends.channels.email.transfer import decode_transfer

_LINE_REST = re.compile(rb"(--)?[ \t]*\r*(?:\n|\Z)")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")
_EMPTY = Head()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that is not a multipart: its headers' meaning and where its body lies in the raw mail."""

    index: int
    head: Head
    start: int
    end: int
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    stray: bool = False

    @property
    def charset(self) -> str:
        """The declared character set, "" if none."""
        return self.parameters.get("charset", "")

    def payload(self, raw: bytes) -> bytes:
        """Return the part's bytes with the transfer encoding undone."""
        encoding = self.head.first("content-transfer-encoding").decode("latin-1").split(";")[0].strip().lower()
        text = self.content_type.startswith("text/")
        return decode_transfer(raw[self.start : self.end], encoding, text=text)


@dataclass(frozen=True, slots=True)
class Branch:
    """A multipart: its kind ("mixed", "alternative", …) and its parts in order."""

    kind: str
    parts: "tuple[Branch | Leaf, ...]"


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole mail, walked: its headers, its parts as a tree and its leaves in order."""

    raw: bytes
    head: Head
    root: Branch | Leaf
    leaves: tuple[Leaf, ...]

    @property
    def hint(self) -> str:
        """The first character set a part declares: the best guess for headers written in raw 8-bit bytes."""
        return next((leaf.charset for leaf in self.leaves if leaf.charset), "")


def walk(raw: bytes, mended: Mended) -> Tree:
    """Return the tree of the mail; raises Unreadable if its size or its headers pass the caps."""
    if len(raw) > MESSAGE_BYTES:
        raise Unreadable(
            "This mail is larger than 150 MB. It was not read; the raw mail is kept. "
            "Ask the sender to send large files as a link."
        )
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    head, body = read_head(raw, 0, len(raw), mended, top=True)
    walker = _Walker(raw, mended)
    root = walker.part(head, body, len(raw), 0, "text/plain")
    return Tree(raw, head, root, tuple(walker.leaves))


@dataclass(slots=True)
class _Walker:
    raw: bytes
    mended: Mended
    leaves: list[Leaf] = field(default_factory=list)
    seen: int = 0

    def part(self, head: Head, start: int, end: int, depth: int, default: str) -> Branch | Leaf:
        """Return the part whose body lies between the offsets."""
        self.seen += 1
        kind, parameters = read_parameters(head.first("content-type"))
        if kind.startswith("multipart/"):
            return self._multipart(head, start, end, depth, kind, parameters)
        return self._leaf(head, start, end, kind or default, parameters)

    def _leaf(self, head: Head, start: int, end: int, kind: str, parameters: dict[str, str]) -> Leaf:
        found = _TYPE.match(kind)
        shown, options = read_parameters(head.first("content-disposition"))
        name = options.get("filename") or parameters.get("name", "")
        content_type = found[0] if found else ("text/plain" if kind.startswith("text") else "application/octet-stream")
        leaf = Leaf(len(self.leaves), head, start, end, content_type, parameters, shown, name)
        self.leaves.append(leaf)
        return leaf

    def _stray(self, start: int, end: int) -> Leaf:
        """Words outside every part of a multipart: before the first, or after the last."""
        leaf = Leaf(len(self.leaves), _EMPTY, start, end, "text/plain", {}, "", "", stray=True)
        self.leaves.append(leaf)
        return leaf

    def _multipart(
        self, head: Head, start: int, end: int, depth: int, kind: str, parameters: dict[str, str]
    ) -> Branch | Leaf:
        if depth >= DEPTH:
            self.mended.note(f"The mail is nested more than {DEPTH} parts deep; what lies deeper is kept as a file.")
            return self._leaf(head, start, end, "application/octet-stream", {})
        boundary = parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        if not boundary or self._next(boundary, start, end) is None:
            self.mended.note("The parts of this mail could not be told apart; all of it is shown as text.")
            return self._leaf(head, start, end, "text/plain", {})
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        return Branch(kind.removeprefix("multipart/"), tuple(self._parts(boundary, start, end, depth, default)))

    def _parts(self, boundary: bytes, start: int, end: int, depth: int, default: str) -> Iterator[Branch | Leaf]:
        """Yield what lies between the boundaries, and non-empty words outside them as stray text."""
        cursor, inside = start, False
        while True:
            line = self._next(boundary, cursor, end)
            stop = line[0] if line else end
            if inside and self.seen >= PARTS and line:
                self.mended.note(f"The mail has more than {PARTS:,} parts; the last ones are kept as one file.")
                yield self._leaf(_EMPTY, cursor, end, "application/octet-stream", {})
                return
            if inside:
                head, body = read_head(self.raw, cursor, stop, self.mended)
                yield self.part(head, body, stop, depth + 1, default)
            elif self.raw[cursor:stop].strip():
                yield self._stray(cursor, stop)
            if not line:
                return
            cursor, inside = line[1], not line[2]
            if inside and cursor >= end:
                return

    def _next(self, boundary: bytes, start: int, end: int) -> tuple[int, int, bool] | None:
        """Return where the text before the next boundary ends, where it goes on, and if it closes."""
        mark = b"--" + boundary
        at = start
        while (at := self.raw.find(mark, at, end)) >= 0:
            after = at + len(mark)
            if (at == 0 or self.raw[at - 1] == 0x0A) and (rest := _LINE_REST.match(self.raw, after, end)):
                before = max(start, at - 1)
                if before > start and self.raw[before - 1] == 0x0D:
                    before -= 1
                return before, rest.end(), bool(rest[1])
            at = after
        return None
