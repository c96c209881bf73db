"""A draft taken apart: its sentences in the agent's own voice, with what they quote left out."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from amends.language.ear import SILENT, Ears, Heard, hear, shipped_ears
from amends.language.lexicon import Hit, Phrases, entries, words_in
from amends.language.words import Span, Words, lowered, sentences, stem, words_of

INLINE = r"\"[^\"\n]{2,400}\"|“[^”\n]{2,400}”|«[^»\n]{2,400}»"
QUOTED = re.compile(rf"^[ \t]{{0,3}}>[^\n]*|{INLINE}", re.MULTILINE)
SAID_BACK = re.compile(INLINE)
LINES = re.compile(r"^[ \t]{0,3}>[^\n]*", re.MULTILINE)
REMEMBERED = 64
LISTS = (
    "reply_blame",
    "reply_blank",
    "reply_but",
    "reply_calm",
    "reply_can",
    "reply_change",
    "reply_claim",
    "reply_done",
    "reply_doubt",
    "reply_excuse",
    "reply_filler",
    "reply_generic",
    "reply_jargon",
    "reply_nonapology",
    "reply_over",
    "reply_own",
    "reply_someone",
    "reply_soon",
    "reply_sorry",
    "reply_trade",
    "reply_wall",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the draft: its place, its words in lower case (quotations blank), their stems, phrases in it.

    `heard` is what it seems to do by the sound of it. `named` are the stems with those of the words it quotes: `sorry
    for "just sieve it"` names what was said, though a quotation says nothing back.
    """

    start: int
    end: int
    low: str
    stems: frozenset[str]
    hits: tuple[Hit, ...] = ()
    heard: Heard = SILENT
    named: frozenset[str] = frozenset()

    def of(self, name: str) -> list[Hit]:
        """Return the phrases of one list in this sentence; their places are those in the draft."""
        return [hit for hit in self.hits if hit.label == name]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as written, the same length with quotations blanked, its sentences and its language."""

    text: str
    spoken: str
    sentences: tuple[Sentence, ...]
    language: str = "en"


def take_apart(text: str, language: str = "en", ears: Ears | None = None) -> Draft:
    """Return the draft in sentences; words in quotation marks or after ">" are not the agent's.

    They are heard with the `ears` that ship, or with others.
    """
    spoken = _blanked(QUOTED, text)
    words = words_of(spoken)
    hits = _phrases(language).find(words)
    spans = sentences(spoken)
    heard = hear(spoken, words, hits, spans, ears or shipped_ears(language))
    starts = [hit.start for hit in hits]
    naming = words_of(_blanked(LINES, text)) if SAID_BACK.search(text) else words
    found = []
    for span, sounds in zip(spans, heard, strict=True):
        inside = hits[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        low = lowered(spoken[span.start : span.end])
        stems = _stems_within(words, span) if language == "en" else frozenset[str]()
        named = stems if naming is words else _stems_within(naming, span)
        found.append(Sentence(*span, low, stems, tuple(inside), sounds, named))
    return Draft(text, spoken, tuple(found), language)


def _blanked(quoted: re.Pattern[str], text: str) -> str:
    return quoted.sub(lambda found: " " * len(found.group()), text)


@lru_cache(maxsize=REMEMBERED)
def details(text: str) -> frozenset[str]:
    """Return the stems of the words that name something, numbers included."""
    return _stems(words_of(text).normal)


@lru_cache(maxsize=REMEMBERED)
def widened(stems: frozenset[str]) -> frozenset[str]:
    """Return the stems together with those of words that name the same trouble."""
    return stems.union(*(_groups().get(one, frozenset()) for one in stems))


def _stems_within(words: Words, span: Span) -> frozenset[str]:
    first, last = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
    return _stems(words.normal[first:last])


@cache
def _phrases(language: str) -> Phrases:
    return Phrases(language, LISTS)


def _stems(normal: list[str]) -> frozenset[str]:
    stops = _normal_stops()
    named = (word for word in normal if word[0].isalnum() and (len(word) > 2 or word.isdigit()))
    return frozenset(stem(word) for word in named if word not in stops)


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
    words = words_in("en", "stop_words")
    return words | frozenset(word for phrase in words for word in words_of(phrase).normal)
