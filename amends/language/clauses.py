"""The clauses of a message, each weighed: how much trouble it tells of, and of which kind."""

import re
from collections import Counter
from dataclasses import dataclass

from amends.language.evidence import Evidence
from amends.language.lexicon import Hit
from amends.language.pattern import Pattern
from amends.language.words import Span, sentences, trimmed

ENOUGH_TROUBLE = 2
ASK_DISCOUNT = 3
SHORT_CLAUSE = 3
REPORT_SPACES = 5
NAMES_NOTHING = "+"
ADVERSE = ("lack", "turn", "long", "said", "less")
QUOTED_SPEECH = re.compile('["“„«][^"“”„«»\n]{3,200}["”“»]')
CLAUSE = {
    "en": Pattern(
        r"(?:,\s?|\s)(?:and|but|yet|also|plus|while|then|so)\s(?:(?:then|also|now|when"
        r"|after that)\s)?(?=(?:i|we|you"
        r"|your|it|the|my|our|they|he|she|nobody|no one|this|that|there|still|on top|when|was|were|got"
        r"|never|now|one)\b)"
        r"|\s[-–—]\s|,\s(?=(?:i|we|you|your|it|the|my|they|nobody|no one|there)\b)|:\s",
        re.IGNORECASE,
    ),
    "de": Pattern(r",?\s(?:und|aber|außerdem|dann|zudem)\s|\s[-–—]\s|:\s", re.IGNORECASE),
    "fr": Pattern(r",?\s(?:et|mais|puis|de plus|en plus)\s|\s[-–—]\s|\s:\s", re.IGNORECASE),
    "es": Pattern(r",?\s(?:y|pero|además|luego)\s|\s[-–—]\s|:\s", re.IGNORECASE),
}
WHY = Pattern(r"(?:and |so |but )?(?:why|how come|how can|warum|wieso|pourquoi|por qué|¿por qué)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a sentence; `weight` is how much trouble the word lists find in it, `votes` of which category."""

    span: Span
    votes: dict[str, int]
    weight: int
    trouble_at: int
    sentence: int
    asked: bool


@dataclass(frozen=True, slots=True)
class _Mood:
    asked: bool
    felt: bool


def weighed(text: str, evidence: Evidence, language: str) -> tuple[list[Span], list[Part]]:
    """Return the sentences of a message and all their clauses in order, each with what the word lists say of it."""
    spans = sentences(text)
    return spans, [part for n, span in enumerate(spans) for part in _sentence_parts(text, span, n, evidence, language)]


def _sentence_parts(text: str, span: Span, number: int, evidence: Evidence, language: str) -> list[Part]:
    labels = {hit.label for hit in evidence.within(span)}
    asked = text[span.end - 1] == "?" and not WHY.match(text, span.start)
    clauses = _clauses(text, span, language)
    if not labels:
        return [Part(clause, {}, 0, clause.start, number, asked) for clause in clauses]
    mood = _Mood(asked, "feeling" in labels)
    return [_read(text, clause, number, evidence, mood) for clause in clauses]


def _clauses(text: str, span: Span, language: str) -> list[Span]:
    starts = [span.start]
    ends: list[int] = []
    for cut in CLAUSE[language].finditer(text, span.start, span.end):
        ends.append(cut.start())
        starts.append(cut.end())
    pieces = (trimmed(text, start, end) for start, end in zip(starts, [*ends, span.end], strict=True))
    return [piece for piece in pieces if piece.start < piece.end]


def _read(text: str, span: Span, number: int, evidence: Evidence, mood: _Mood) -> Part:
    hits = evidence.within(span)
    troubles = [hit for hit in hits if hit.label == "trouble" and not hit.value.startswith(NAMES_NOTHING)]
    signs = [hit for hit in hits if hit.label == "signs"]
    scores = _scores(hits, troubles)
    weight = sum(int(hit.value.split()[1]) for hit in troubles)
    if mood.asked or any(hit.value.startswith("ask") for hit in signs):
        weight = max(0, weight - ASK_DISCOUNT)
    else:
        weight += _of_signs(text, span, signs, bool(scores), mood)
        weight += 1 if scores and 0 < weight < ENOUGH_TROUBLE else 0
        weight = weight or _plain_report(text, span, signs, bool(scores), mood)
    weight = max(0, weight - sum(int(hit.value) for hit in hits if hit.label == "praise"))
    first = troubles[0].start if troubles else next((hit.start for hit in signs if _adverse(hit)), span.start)
    return Part(span, dict(scores), weight, first, number, mood.asked)


def _of_signs(text: str, span: Span, signs: list[Hit], about: bool, mood: _Mood) -> int:
    """Return the weight of the small words: more where the clause is about something, less beside a feeling."""
    points: dict[str, int] = {}
    for hit in signs:
        kind, _, worth = hit.value.partition(" ")
        points[kind] = max(points.get(kind, 0), int(worth))
    if points.get("said") and QUOTED_SPEECH.search(text, span.start, span.end):
        points["said"] = 2
    adverse = sum(points.get(kind, 0) for kind in ADVERSE)
    if not about:
        short = text.count(" ", span.start, span.end) < SHORT_CLAUSE
        return 0 if short else max(0, adverse - 1 - mood.felt)
    return max(0, adverse + points.get("firm", 0) - 2 * mood.felt) if adverse else 0


def _plain_report(text: str, span: Span, signs: list[Hit], about: bool, mood: _Mood) -> int:
    """Return 1 for a statement about the house or its goods without a bad word: worth something in a complaint."""
    names_us = about or any(hit.value.startswith("firm") for hit in signs)
    return int(names_us and not mood.felt and text.count(" ", span.start, span.end) >= REPORT_SPACES)


def _adverse(hit: Hit) -> bool:
    return hit.value.partition(" ")[0] in ADVERSE


def _scores(hits: list[Hit], troubles: list[Hit]) -> Counter[str]:
    scores: Counter[str] = Counter()
    for hit in troubles:
        category, _, points = hit.value.partition(" ")
        scores[category] += 2 * int(points)
    for hit in hits:
        if hit.label == "topics":
            scores[hit.value] += 1
        elif hit.label == "signs" and hit.value.startswith("said"):
            scores["service_received"] += 1
    del scores["-"]
    return scores
