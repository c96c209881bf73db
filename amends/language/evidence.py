"""What the word lists found in a message, without denials, suppositions and other people's words."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from amends.language.lexicon import Hit, reading_phrases, words_in
from amends.language.words import ENDERS, Span, Words

NEGATION_REACH = 2
THREAT_NEGATION_REACH = 4
CONDITION_REACH = 12
INLINE_QUOTE = re.compile(r"[\"“„«][^\"“”„«»\n]{12,400}[\"”“»]")
DENIABLE = frozenset({"trouble", "feeling", "threats", "praise"})
SUPPOSABLE = frozenset({"trouble", "signs"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The hits that count, in reading order; those that were denied; and the places of quoted speech."""

    hits: tuple[Hit, ...]
    starts: tuple[int, ...]
    denied: tuple[Hit, ...]
    quotes: tuple[tuple[int, int], ...]

    def of(self, label: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return the hits of one list, wholly inside a place of the text if one is given."""
        first = bisect_left(self.starts, start)
        last = len(self.hits) if end is None else bisect_left(self.starts, end)
        return [hit for hit in self.hits[first:last] if hit.label == label and (end is None or hit.end <= end)]

    def within(self, span: Span) -> list[Hit]:
        """Return the hits of all lists wholly inside a place of the text."""
        first = bisect_left(self.starts, span.start)
        last = bisect_left(self.starts, span.end)
        return [hit for hit in self.hits[first:last] if hit.end <= span.end]


def gather(text: str, words: Words, language: str) -> Evidence:
    """Return what counts: not denied ("no problems"), not merely supposed ("if it breaks"), not quoted."""
    hits = reading_phrases(language).find(words)
    quotes = [found.span() for found in INLINE_QUOTE.finditer(text)]
    supposing = not words_in(language, "conditions").isdisjoint(words.normal)
    counted: list[Hit] = []
    denied: list[Hit] = []
    for hit in hits:
        if (quotes and _quoted(hit, quotes)) or (supposing and _is_supposed(hit, words, language)):
            continue
        (denied if hit.label in DENIABLE and _denied(hit, words, language) else counted).append(hit)
    return Evidence(tuple(counted), tuple(hit.start for hit in counted), tuple(denied), tuple(quotes))


def _is_supposed(hit: Hit, words: Words, language: str) -> bool:
    return hit.label in SUPPOSABLE and not hit.value.startswith("ask") and _supposed(hit, words, language)


def _quoted(hit: Hit, quotes: list[tuple[int, int]]) -> bool:
    at = bisect_left(quotes, (hit.start + 1, 0)) - 1
    return at >= 0 and quotes[at][1] >= hit.end


def _denied(hit: Hit, words: Words, language: str) -> bool:
    negators = words_in(language, "negators")
    if not negators.isdisjoint(words.normal[hit.first : hit.last + 1]):
        return False
    reach = THREAT_NEGATION_REACH if hit.label == "threats" else NEGATION_REACH
    for at in range(hit.first - 1, max(-1, hit.first - 1 - reach), -1):
        word = words.normal[at]
        if word in ENDERS or word in {",", "only", "nur", "seulement", "but"}:
            return False
        if word in negators:
            return words.normal[at + 1] not in {"only", "just"}
    return False


def _supposed(hit: Hit, words: Words, language: str) -> bool:
    conditions = words_in(language, "conditions")
    for at in range(hit.first - 1, max(-1, hit.first - 1 - CONDITION_REACH), -1):
        if words.normal[at] in ENDERS or words.normal[at] == ",":
            return False
        if words.normal[at] in conditions:
            return True
    return False
