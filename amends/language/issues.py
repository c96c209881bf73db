"""What went wrong: the separate issues of a complaint in the customer's own words, each with a category."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from amends.language.evidence import Evidence
from amends.language.pattern import Pattern
from amends.language.summary import summarise
from amends.language.words import Span, sentences, trimmed

CATEGORIES = (
    "product_quality",
    "service_received",
    "price_billing",
    "delivery",
    "expectation_promise",
    "information",
    "access",
    "privacy",
    "harm_safety",
)
MOST_ISSUES = 6
ENOUGH_TROUBLE = 2
NAMES_NOTHING = "+"
CLAUSE = {
    "en": Pattern(
        r"(?:,\s?|\s)(?:and|but|yet|also|plus|while|then|so)\s(?:(?:then|also|now|when"
        r"|after that)\s)?(?=(?:i|we|you"
        r"|your|it|the|my|our|they|he|she|nobody|no one|this|that|there|still|on top|when|was|were|got"
        r"|never|now)\b)"
        r"|\s[-–—]\s|,\s(?=(?:i|we|you|your|it|the|my|they|nobody|no one|there)\b)",
        re.IGNORECASE,
    ),
    "de": Pattern(r",?\s(?:und|aber|außerdem|dann|zudem)\s|\s[-–—]\s", re.IGNORECASE),
    "fr": Pattern(r",?\s(?:et|mais|puis|de plus|en plus)\s|\s[-–—]\s", re.IGNORECASE),
    "es": Pattern(r",?\s(?:y|pero|además|luego)\s|\s[-–—]\s", re.IGNORECASE),
}
NEW_THING = Pattern(
    r"(?:[-*•–]|\d{1,2}[.)]|(?:also|second|secondly|thirdly|another|additionally|furthermore|moreover"
    r"|in addition"
    r"|on top of|and another|außerdem|zudem|de plus|además)\b)",
    re.IGNORECASE,
)
POINTS_BACK = Pattern(r"(?:it|they|this|these|that|one of them)\b", re.IGNORECASE)
COURTESY = Pattern(r"(?:hello|hi|dear|good (?:morning|afternoon|day)|thank|thanks|please|hey)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """One thing that went wrong: `words` is `text[start:end]`; an empty category means not sure."""

    words: str
    start: int
    end: int
    category: str
    summary: str


@dataclass(frozen=True, slots=True)
class _Part:
    span: Span
    category: str
    weight: int
    trouble_at: int
    sentence: int


def find_issues(text: str, evidence: Evidence, language: str) -> tuple[FoundIssue, ...]:
    """Return the issues in reading order, at most six (the weightiest); neighbours on one thing are one."""
    spans = sentences(text)
    parts = [part for n, span in enumerate(spans) for part in _sentence_parts(text, span, n, evidence, language)]
    parts = _reach_back(text, spans, parts)
    merged = _merge(text, parts)
    kept = sorted(sorted(merged, key=lambda part: -part.weight)[:MOST_ISSUES], key=lambda part: part.span)
    return tuple(_found(text, part) for part in kept)


def _found(text: str, part: _Part) -> FoundIssue:
    words = text[part.span.start : part.span.end]
    return FoundIssue(words, *part.span, part.category, summarise(words, part.trouble_at - part.span.start))


def _sentence_parts(text: str, span: Span, number: int, evidence: Evidence, language: str) -> list[_Part]:
    if not evidence.of("trouble", *span):
        return []
    parts: list[_Part] = []
    for clause in _clauses(text, span, language):
        part = _read(clause, number, evidence)
        if parts and (part.weight < ENOUGH_TROUBLE or _same(parts[-1], part) or parts[-1].weight < ENOUGH_TROUBLE):
            part = _joined(parts.pop(), part)
        parts.append(part)
    return [part for part in parts if part.weight >= ENOUGH_TROUBLE]


def _clauses(text: str, span: Span, language: str) -> list[Span]:
    starts = [span.start]
    ends: list[int] = []
    for cut in CLAUSE[language].finditer(text, span.start, span.end):
        ends.append(cut.start())
        starts.append(cut.end())
    pieces = (trimmed(text, start, end) for start, end in zip(starts, [*ends, span.end], strict=True))
    return [piece for piece in pieces if piece.start < piece.end]


def _read(span: Span, number: int, evidence: Evidence) -> _Part:
    scores: Counter[str] = Counter()
    weight, first = 0, span.start
    troubles = [hit for hit in evidence.of("trouble", *span) if not hit.value.startswith(NAMES_NOTHING)]
    for hit in troubles:
        category, _, points = hit.value.partition(" ")
        weight += int(points)
        scores[category] += 2 * int(points)
    for hit in evidence.of("topics", *span):
        scores[hit.value] += 1
        weight += 1 if 0 < weight < ENOUGH_TROUBLE else 0
    del scores["-"]
    first = troubles[0].start if troubles else span.start
    return _Part(span, max(scores, key=lambda name: scores[name]) if scores else "", weight, first, number)


def _same(one: _Part, other: _Part) -> bool:
    return one.category == other.category or not one.category or not other.category


def _joined(one: _Part, other: _Part) -> _Part:
    stronger = other if other.weight > one.weight and other.category else one
    category = stronger.category or one.category or other.category
    place = Span(one.span.start, other.span.end)
    at = one.trouble_at if one.weight >= min(other.weight, ENOUGH_TROUBLE) else other.trouble_at
    return _Part(place, category, one.weight + other.weight, at, other.sentence)


def _reach_back(text: str, spans: list[Span], parts: list[_Part]) -> list[_Part]:
    """Return the parts, those that begin with "it" widened by the sentence that says what "it" is."""
    taken = {part.sentence for part in parts}
    widened: list[_Part] = []
    for part in parts:
        before = part.sentence - 1
        own = part.span.start == spans[part.sentence].start and POINTS_BACK.match(text, part.span.start)
        if own and before >= 0 and before not in taken and _says_what(text, spans[before], part.span):
            place = Span(spans[before].start, part.span.end)
            widened.append(replace(part, span=place))
        else:
            widened.append(part)
    return widened


def _says_what(text: str, before: Span, here: Span) -> bool:
    if COURTESY.match(text, before.start) or "\n\n" in text[before.end : here.start]:
        return False
    return text[before.end - 1] not in "?," and before.end - before.start > 12


def _merge(text: str, parts: list[_Part]) -> list[_Part]:
    merged: list[_Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last and _continues(text, last, part):
            merged[-1] = _joined(last, part)
        else:
            merged.append(part)
    return merged


def _continues(text: str, last: _Part, part: _Part) -> bool:
    if part.sentence - last.sentence > 1 or NEW_THING.match(text, part.span.start):
        return False
    return _same(last, part)
