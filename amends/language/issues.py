"""What went wrong: the separate issues of a complaint in the customer's own words, each with a category."""

import re
from dataclasses import dataclass, replace

from amends.language.clauses import ENOUGH_TROUBLE, Part, joined, same_thing
from amends.language.pattern import Pattern
from amends.language.quoting import HOLE
from amends.language.summary import summarise
from amends.language.words import Span

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
FEWEST_PARTS = 3
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


def find_issues(text: str, spans: list[Span], parts: list[Part]) -> tuple[FoundIssue, ...]:
    """Return the issues in reading order, at most six (the weightiest); neighbours on one thing are one.

    Where fewer than three parts have trouble enough, what tells of most comes in: a complaint is about something.
    """
    enough = [part for part in parts if part.weight >= ENOUGH_TROUBLE]
    if len(enough) < FEWEST_PARTS:
        enough = sorted(sorted(parts, key=_lightness)[:FEWEST_PARTS], key=lambda part: part.span)
    merged = _merge(text, _reach_back(text, spans, enough))
    kept = sorted(sorted(merged, key=_lightness)[:MOST_ISSUES], key=lambda part: part.span)
    return tuple(_found(text, part) for part in kept)


def _lightness(part: Part) -> int:
    return -part.weight


def _found(text: str, part: Part) -> FoundIssue:
    words = text[part.span.start : part.span.end]
    return FoundIssue(words, *part.span, part.category, summarise(words, part.trouble_at - part.span.start))


def _reach_back(text: str, spans: list[Span], parts: list[Part]) -> list[Part]:
    """Return the parts, those that begin with "it" widened by the sentence that says what "it" is."""
    taken = {part.sentence for part in parts}
    widened: list[Part] = []
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
    between = text[before.end : here.start]
    if COURTESY.match(text, before.start) or "\n\n" in between or HOLE in between:
        return False
    return text[before.end - 1] not in "?," and before.end - before.start > 12


def _merge(text: str, parts: list[Part]) -> list[Part]:
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last and _continues(text, last, part):
            merged[-1] = joined(last, part)
        else:
            merged.append(part)
    return merged


def _continues(text: str, last: Part, part: Part) -> bool:
    if part.sentence - last.sentence > 1 or NEW_THING.match(text, part.span.start):
        return False
    if HOLE in text[last.span.end : part.span.start]:
        return False
    return same_thing(last, part)
