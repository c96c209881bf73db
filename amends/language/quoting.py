"""The new words of an e-mail, apart from its signature and the history quoted below or between them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from amends.language.lexicon import entries, words_in
from amends.language.signature import signature_start
from amends.language.words import Span, trimmed

Kind = Literal["new", "signature", "quoted"]
HOLE = "\f"
"""Stands for each character of what is not new: white space that people do not write."""
LONGEST_HEADER = 300
HEADER_LINES = 6
CLOCK_OR_ADDRESS = re.compile(r"\d{1,2}[:.h]\d{2}|[^\s@]{1,64}@[^\s@]{1,64}")
DASHES = re.compile(r"^[\s>*_\-=]*-{2,}\s*|\s*-{2,}[\s*]*$")
LABEL = re.compile(r"^\s{0,3}\*?([^\W\d_][^:*\n]{0,24}?)\s?\*?:\*?(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of whole lines of one kind: `text[start:end]`. Pieces follow each other without a hole."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parted:
    """A message in its parts; the pieces together are the whole text, so nothing is ever lost.

    `start` and `end` are the place from the first to the last new word in the whole text.
    """

    new: str
    signature: str
    quoted: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


def new_words(text: str) -> Parted:
    """Return the message parted into the person's own new words, signature and quoted history.

    Own lines between quotations are all new. When unsure, words are kept as new. Linear in the text.
    """
    lines = _lines(text)
    kinds = _kinds(text, lines)
    if not _has_words(text, lines, kinds) and _is_forward(text, lines):
        kinds = ["new"] * len(lines)
    return _parted(text, _pieces(lines, kinds))


def only_new(text: str, parted: Parted) -> str:
    """Return the text in its full length with everything that is not new turned into a line of `HOLE`."""
    return "".join(
        text[piece.start : piece.end] if piece.kind == "new" else HOLE * (piece.end - piece.start - 1) + "\n"
        for piece in parted.pieces
    )


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        spans.append(Span(start, end))
        start = end
    return spans


def _kinds(text: str, lines: list[Span]) -> list[Kind]:
    kinds: list[Kind] = []
    while len(kinds) < len(lines):
        at = len(kinds)
        if _history_starts(text, lines, at):
            kinds += ["quoted"] * (len(lines) - at)
        elif introduced := _introduced(text, lines, at):
            kinds += ["quoted"] * introduced
        else:
            kinds.append("quoted" if _is_marked(text, lines[at]) else "new")
    _mark_signatures(text, lines, kinds)
    return kinds


def _is_marked(text: str, line: Span) -> bool:
    return text[line.start : min(line.end, line.start + 200)].lstrip(" \t").startswith(">")


def _history_starts(text: str, lines: list[Span], at: int) -> bool:
    if _is_divider(text[lines[at].start : lines[at].end]) or _is_header_block(text, lines, at):
        return True
    if _is_rule(text, lines[at]):
        return at + 1 < len(lines) and _is_header_block(text, lines, at + 1)
    taken = _wrote(text, lines, at, CLOCK_OR_ADDRESS)
    return bool(taken) and not _marked_follows(text, lines, at + taken)


def _introduced(text: str, lines: list[Span], at: int) -> int:
    taken = _wrote(text, lines, at, None)
    return taken if taken and _marked_follows(text, lines, at + taken) else 0


def _wrote(text: str, lines: list[Span], at: int, needs: re.Pattern[str] | None) -> int:
    """Return over how many lines an "On ... wrote:" stretches, 0 if there is none."""
    for taken in (1, 2, 3):
        if at + taken > len(lines) or not text[lines[at + taken - 1].start : lines[at + taken - 1].end].strip():
            return 0
        if lines[at + taken - 1].end - lines[at].start > LONGEST_HEADER:
            return 0
        header = text[lines[at].start : lines[at + taken - 1].end].strip()
        if header.endswith(":"):
            return taken if _says_wrote(header) and (needs is None or needs.search(header)) else 0
    return 0


def _says_wrote(header: str) -> bool:
    padded = f" {header[:-1].strip().lower()} "
    return any(f" {word} " in padded for word in words_in("any", "wrote"))


def _marked_follows(text: str, lines: list[Span], at: int) -> bool:
    for line in lines[at : at + 3]:
        if text[line.start : line.end].strip():
            return _is_marked(text, line)
    return False


def _is_divider(line: str) -> bool:
    if len(line) > LONGEST_HEADER:
        return False
    bare = line.strip()
    if not bare.startswith("--") and not bare.endswith(":"):
        return False
    return DASHES.sub("", bare).rstrip(":").strip().lower() in words_in("any", "dividers")


def _is_rule(text: str, line: Span) -> bool:
    bare = text[line.start : line.end].strip()
    return len(bare) >= 8 and set(bare) <= {"_"}


@cache
def _header_labels() -> dict[str, str]:
    return dict(entries("any", "headers"))


def _is_header_block(text: str, lines: list[Span], at: int) -> bool:
    if _header(text, lines[at]) != "from":
        return False
    block = {_header(text, line) for line in lines[at : at + HEADER_LINES]}
    return len(block & {"sent", "to", "subject"}) >= 2


def _header(text: str, line: Span) -> str:
    found = LABEL.match(text[line.start : min(line.end, line.start + 40)])
    return _header_labels().get(found.group(1).strip().lower(), "") if found else ""


def _mark_signatures(text: str, lines: list[Span], kinds: list[Kind]) -> None:
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and kinds[end] == "new":
            end += 1
        run = [text[line.start : line.end] for line in lines[at:end]]
        start, stop = signature_start(run)
        kinds[at + start : at + stop] = ["signature"] * (stop - start)
        at = max(end, at + 1)


def _has_words(text: str, lines: list[Span], kinds: list[Kind]) -> bool:
    return any(kind == "new" and text[line.start : line.end].strip() for line, kind in zip(lines, kinds, strict=True))


def _is_forward(text: str, lines: list[Span]) -> bool:
    first = next((text[line.start : line.end] for line in lines if text[line.start : line.end].strip()), "")
    return _is_divider(first)


def _pieces(lines: list[Span], kinds: list[Kind]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for line, kind in zip(lines, kinds, strict=True):
        start = pieces.pop().start if pieces and pieces[-1].kind == kind else line.start
        pieces.append(Piece(kind, start, line.end))
    return tuple(pieces)


def _parted(text: str, pieces: tuple[Piece, ...]) -> Parted:
    def joined(kind: Kind) -> str:
        return "".join(text[piece.start : piece.end] for piece in pieces if piece.kind == kind).strip()

    new = [trimmed(text, piece.start, piece.end) for piece in pieces if piece.kind == "new"]
    full = [span for span in new if span.start < span.end]
    start, end = (full[0].start, full[-1].end) if full else (0, 0)
    return Parted(joined("new"), joined("signature"), joined("quoted"), start, end, pieces)
