"""One place of a text that may tell who it is about."""

from collections.abc import Iterable
from typing import NamedTuple

KINDS = {
    "customer": "the customer's name",
    "colleague": "a colleague's name",
    "name": "a name",
    "firm": "a firm",
    "place": "a place",
    "contact": "a way to reach somebody",
    "number": "a number",
    "day": "a day",
    "amount": "a sum",
    "rare": "something few people are or have",
}


class Finding(NamedTuple):
    """`words` is `text[start:end]`; one that is not `sure` is for a person to judge; `known` of this very case."""

    kind: str
    start: int
    end: int
    words: str
    sure: bool = True
    known: bool = False


def found(kind: str, text: str, start: int, end: int, *, sure: bool = True, known: bool = False) -> Finding:
    """A finding of `text[start:end]`."""
    return Finding(kind, start, end, text[start:end], sure, known)


def apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that do not overlap, in reading order: what is known goes before what is sure, the longer before shorter.

    What a finding that gave way covers beyond the others is not lost: its rest is kept where it holds a word.
    """
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda one: (not one.known, not one.sure, one.start - one.end, one.start)):
        kept += [rest for rest in _rest(one, kept) if any(sign.isalnum() for sign in rest.words)]
    return tuple(sorted(kept, key=lambda one: one.start))


def _rest(one: Finding, kept: list[Finding]) -> list[Finding]:
    """What is left of a finding beside those that are kept."""
    left = [(one.start, one.end)]
    for other in kept:
        left = [
            (start, end)
            for a, b in left
            for start, end in ((a, min(b, other.start)), (max(a, other.end), b))
            if start < end
        ]
    return [_part(one, a, b) for a, b in left]


def _part(one: Finding, start: int, end: int) -> Finding:
    """A part of a finding, without white space at its edges."""
    words = one.words[start - one.start : end - one.start]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return one._replace(start=start, end=start + len(words), words=words)
