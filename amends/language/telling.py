"""Finds the separate issues of a complaint: which clauses tell one, and of which kind each is."""

import re
from dataclasses import dataclass, replace

import numpy as np

from amends.language.clauses import ENOUGH_TROUBLE, Part
from amends.language.issues import CATEGORIES, FoundIssue
from amends.language.pattern import Pattern
from amends.language.quoting import HOLE
from amends.language.summary import summarise
from amends.language.trained.heads import judged, of_each
from amends.language.trained.signs import Scores, of_categories, of_clauses
from amends.language.trained.weights import Floats, Trained
from amends.language.words import Span

MOST_ISSUES = 6
FEW_CLAUSES = 3
NEVER = 1000
OUTRIGHT = 3.0
NEW_THING = Pattern(
    r"(?:[-*•–]|\d{1,2}[.)]|(?:also|second|secondly|thirdly|another|additionally|furthermore|moreover"
    r"|in addition"
    r"|on top of|and another|außerdem|zudem|de plus|además)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Pick:
    part: Part
    likely: float
    categories: Floats
    at: int


def find_issues(
    text: str, parts: list[Part], scores: Scores, trained: Trained, *, complaint: float, sure: bool
) -> tuple[FoundIssue, ...]:
    """Return the issues in reading order, at most six (the likeliest); neighbours that tell one thing are one.

    `complaint` is the score of the message being one; where that is `sure`, something is found: the likeliest.
    """
    if not parts:
        return ()
    likely = judged(trained.stages["issue"], of_clauses(scores, parts, complaint))
    cut = trained.cuts["issue"]
    plain = ENOUGH_TROUBLE if len(parts) <= FEW_CLAUSES and sure else NEVER
    chosen = [
        at
        for at in np.argsort(-likely, kind="stable")[:MOST_ISSUES].tolist()
        if likely[at] >= cut or parts[at].weight >= plain
    ]
    if not chosen and sure:
        chosen = [int(likely.argmax())]
    stage = trained.stages["category"]
    picks = [
        _Pick(parts[at], float(likely[at]), judged(stage, of_categories(scores, parts[at], at)) + _plain(parts, at), at)
        for at in sorted(chosen)
    ]
    return _named(text, _merged(text, picks), scores, trained)


def _merged(text: str, picks: list[_Pick]) -> list[_Pick]:
    merged: list[_Pick] = []
    for pick in picks:
        if merged and _continues(text, merged[-1], pick):
            merged[-1] = _joined(merged[-1], pick)
        else:
            merged.append(pick)
    return merged


def _continues(text: str, last: _Pick, pick: _Pick) -> bool:
    if HOLE in text[last.part.span.end : pick.part.span.start]:
        return False
    if pick.at - last.at > 1 or NEW_THING.match(text, pick.part.span.start):
        return False
    if last.part.votes and pick.part.votes and _voted(last.part).isdisjoint(_voted(pick.part)):
        return False
    return bool(last.categories.argmax() == pick.categories.argmax())


def _plain(parts: list[Part], at: int) -> Floats:
    """Return what a short message adds to the one category that its words name outright."""
    voted = _voted(parts[at]) if parts[at].weight >= ENOUGH_TROUBLE and len(parts) <= FEW_CLAUSES else set()
    return np.array([OUTRIGHT * (voted == {category}) for category in CATEGORIES])


def _voted(part: Part) -> set[str]:
    return {category for category, votes in part.votes.items() if votes == max(part.votes.values(), default=0)}


def _joined(one: _Pick, other: _Pick) -> _Pick:
    stronger = one if one.likely >= other.likely else other
    place = Span(one.part.span.start, other.part.span.end)
    return _Pick(replace(stronger.part, span=place), stronger.likely, stronger.categories, other.at)


def _named(text: str, picks: list[_Pick], scores: Scores, trained: Trained) -> tuple[FoundIssue, ...]:
    if not picks:
        return ()
    table = trained.tables["kinds"]
    rows = of_each(table, scores.features, np.array([pick.part.span for pick in picks], dtype=np.int64))
    return tuple(_found(text, pick, table.names, row) for pick, row in zip(picks, rows, strict=True))


def _found(text: str, pick: _Pick, kinds: tuple[str, ...], row: Floats) -> FoundIssue:
    span = pick.part.span
    words = text[span.start : span.end]
    second, first = np.argsort(pick.categories, kind="stable")[-2:].tolist()
    category = CATEGORIES[first]
    mine = [(score, kind) for kind, score in zip(kinds, row.tolist(), strict=True) if kind.startswith(f"{category}.")]
    subcategory = max(mine)[1].partition(".")[2] if mine else ""
    summary = summarise(words, pick.part.trouble_at - span.start)
    return FoundIssue(words, *span, category, subcategory, CATEGORIES[second], summary)
