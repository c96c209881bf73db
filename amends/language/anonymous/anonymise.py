"""A text without what tells who it is about, what was replaced in it, and what a person has to judge."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from amends.language.anonymous.addresses import addresses
from amends.language.anonymous.figures import figures
from amends.language.anonymous.finding import Finding, apart
from amends.language.anonymous.known import NOBODY, Known, known_places, tidy
from amends.language.anonymous.people import people
from amends.language.anonymous.rare import rare_places
from amends.language.anonymous.stand_ins import is_stand_in, stand_in
from amends.language.tongues import language_of
from amends.language.words import words_of

STANDS_IN = re.compile(r"\[[^\[\]\n]{1,60}\]")


@dataclass(frozen=True, slots=True)
class Anonymised:
    """The text with its stand-ins; what they replaced, placed in the first text; what is unsure, placed in this one."""

    text: str
    language: str
    replaced: tuple[Finding, ...]
    unsure: tuple[Finding, ...]


def anonymised(
    text: str, known: Known = NOBODY, *, common: Collection[str] | None = None, keep_amounts: bool = False
) -> Anonymised:
    """Put a stand-in wherever the text surely tells who it is about; the rest that may is listed as unsure.

    `common` are words that several of the desk's own cases hold; `keep_amounts` leaves sums as they are. Nothing of
    what is known stays in the text. The language is the one the text is written in, English where that is not clear.
    """
    clean = tidy(text)
    language = language_of(words_of(clean)) or "en"
    places = findings(clean, known, common=common, language=language)
    sure = [one for one in places if one.sure and not (keep_amounts and one.kind == "amount")]
    pieces, moved, at = [], [], 0
    for one in places:
        gone = one in sure
        pieces.append(clean[at : one.start])
        begins = sum(map(len, pieces))
        pieces.append(stand_in(one, language) if gone else one.words)
        at = one.end
        if not one.sure:
            moved.append(one._replace(start=begins, end=begins + len(one.words)))
    pieces.append(clean[at:])
    return Anonymised("".join(pieces), language, tuple(sure), tuple(moved))


def findings(
    text: str, known: Known = NOBODY, *, common: Collection[str] | None = None, language: str = ""
) -> tuple[Finding, ...]:
    """Everything in a tidy text that tells or may tell who it is about, in order, none overlapping; no stand-ins."""
    language = language or language_of(words_of(text)) or "en"
    found = [*known_places(text, known), *figures(text), *addresses(text), *people(text, language)]
    found += rare_places(text, common)
    ours = [hit.span() for hit in STANDS_IN.finditer(text) if is_stand_in(hit.group())]
    about = [hit.span() for hit in STANDS_IN.finditer(text)]
    free = (one for one in found if not _within(one, ours if one.known else about))
    return apart(free)


def _within(one: Finding, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start < end for start, end in places)


def left_in(text: str, known: Known = NOBODY) -> tuple[Finding, ...]:
    """What surely tells who a text is about that somebody means to publish; empty when it may be."""
    return tuple(one for one in findings(tidy(text), known) if one.sure)


def to_judge(text: str, known: Known = NOBODY, common: Collection[str] | None = None) -> tuple[Finding, ...]:
    """What a person judges in such a text before it is published."""
    return tuple(one for one in findings(tidy(text), known, common=common) if not one.sure)
