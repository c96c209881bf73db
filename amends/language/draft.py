"""A draft taken apart: its sentences in the agent's own voice, with what they quote left out."""

import re
from dataclasses import dataclass
from functools import cache

from amends.language.lexicon import Phrases, entries, words_in
from amends.language.words import Span, lowered, sentences, stem, words_of

QUOTED = re.compile(r"^[ \t]{0,3}>[^\n]*|\"[^\"\n]{2,400}\"|“[^”\n]{2,400}”|«[^»\n]{2,400}»", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the draft: its place, its words in lower case (quotations blank) and their stems."""

    start: int
    end: int
    low: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as written, the same length with quotations blanked, and its sentences."""

    text: str
    spoken: str
    sentences: tuple[Sentence, ...]


def take_apart(text: str) -> Draft:
    """Return the draft in sentences; words in quotation marks or after ">" are not the agent's."""
    spoken = QUOTED.sub(lambda found: " " * len(found.group()), text)
    return Draft(text, spoken, tuple(_sentence(spoken, span) for span in sentences(spoken)))


def details(text: str) -> frozenset[str]:
    """Return the stems of the words that name something, numbers included."""
    stops = words_in("en", "stop_words")
    words = words_of(text)
    named = (word for word in words.normal if word[0].isalnum() and (len(word) > 2 or word.isdigit()))
    return frozenset(stem(word) for word in named if word not in stops and word not in _normal_stops())


def widened(stems: frozenset[str]) -> frozenset[str]:
    """Return the stems together with those of words that name the same trouble."""
    return stems.union(*(_groups().get(one, frozenset()) for one in stems))


@cache
def reply_phrases(name: str) -> Phrases:
    """Return the finder of one list of phrases in replies."""
    return Phrases("en", (name,))


@cache
def _groups() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line, _ in entries("en", "synonyms"):
        group = frozenset(stem(word) for word in line.split())
        for one in group:
            table[one] = table.get(one, frozenset()) | group
    return table


@cache
def _normal_stops() -> frozenset[str]:
    return frozenset(word for phrase in words_in("en", "stop_words") for word in words_of(phrase).normal)


def _sentence(spoken: str, span: Span) -> Sentence:
    piece = spoken[span.start : span.end]
    return Sentence(*span, lowered(piece), details(piece))
