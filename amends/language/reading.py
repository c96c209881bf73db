"""Read what a customer wrote: is it a complaint, what went wrong, how they feel and what they ask for."""

import math
from dataclasses import dataclass

from amends.language.clarify import missing_facts
from amends.language.clauses import ENOUGH_TROUBLE, NAMES_NOTHING, Part, weighed
from amends.language.evidence import Evidence, gather
from amends.language.facts import Fact, find_facts
from amends.language.feeling import Feeling, find_feeling
from amends.language.issues import FoundIssue, find_issues
from amends.language.quoting import new_words, only_new
from amends.language.severity import find_severity
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.words import Span, Words, sentences, words_of

SURE = 0.65
FULL_TROUBLE = 6
NO_FEELING = Feeling("none", 0, ())


@dataclass(frozen=True, slots=True)
class Likelihood:
    """`is_` is None where the product is not sure. The probability is a guess, not yet calibrated [J]."""

    is_: bool | None
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says. Places refer to the whole text that was given, quotations included."""

    language: str
    complaint: Likelihood
    issues: tuple[FoundIssue, ...]
    feeling: Feeling
    severity: int
    severity_signals: tuple[str, ...]
    asks: tuple[str, ...]
    threats: tuple[str, ...]
    safety: bool
    questions: tuple[str, ...]
    facts: tuple[Fact, ...]
    missing: tuple[str, ...] = ()


def read(text: str) -> Reading:
    """Return the reading of a message in English, German, French or Spanish.

    Only the person's own new words are read. In another language only figures and questions are given and
    `complaint.is_` is None.
    """
    own = only_new(text, new_words(text))
    words = words_of(own)
    language = language_of(words)
    if language not in READ_LANGUAGES:
        return _unread(own, language if not words.normal else "")
    return _read(own, words, language)


def _unread(text: str, language: str) -> Reading:
    unsure = Likelihood(None, 0.5)
    return Reading(
        language, unsure, (), NO_FEELING, 1, (), (), (), False, _questions(text, sentences(text)), find_facts(text)
    )


def _read(text: str, words: Words, language: str) -> Reading:
    evidence = gather(text, words, language)
    spans, parts = weighed(text, evidence, language)
    complaint = _likelihood(evidence, parts, text)
    issues = find_issues(text, spans, parts) if complaint.is_ is not False else ()
    facts = find_facts(text, evidence)
    asks = _values(evidence, "asks")
    threats = _values(evidence, "threats")
    categories = frozenset(issue.category for issue in issues)
    severity, signals = find_severity(text, evidence, facts, categories, threats)
    return Reading(
        language=language,
        complaint=complaint,
        issues=issues,
        feeling=find_feeling(text, words, evidence, complaint=complaint.is_ is True),
        severity=severity if complaint.is_ is not False else 1,
        severity_signals=signals,
        asks=asks,
        threats=threats,
        safety=any(hit.value.startswith("harm_safety") for hit in evidence.of("trouble")),
        questions=_questions(text, spans),
        facts=facts,
        missing=missing_facts((issue.category for issue in issues), {fact.kind for fact in facts}),
    )


def _likelihood(evidence: Evidence, parts: list[Part], text: str) -> Likelihood:
    """Return a logistic guess over the weights in the word lists; between .35 and .65 it is not sure."""
    named = sum(part.weight for part in parts if part.weight >= ENOUGH_TROUBLE)
    trouble = named + sum(int(hit.value.split()[1]) for hit in evidence.of("trouble") if hit.value[0] == NAMES_NOTHING)
    feeling = sum(int(hit.value.split()[1]) for hit in evidence.of("feeling"))
    praise = sum(int(hit.value) for hit in evidence.of("praise"))
    claims = 3 * len(evidence.of("threats")) + len(evidence.of("asks"))
    score = -2.2 + 1.1 * min(trouble, FULL_TROUBLE) + 0.5 * min(feeling, 4) + 0.8 * min(claims, 3)
    score += 0.9 * min(sum(part.weight < ENOUGH_TROUBLE for part in parts), 2)
    score -= 0.9 * min(praise, 6) + (0.6 if trouble < 2 and text.rstrip().endswith("?") else 0.0)
    probability = round(1 / (1 + math.exp(-score)), 3)
    sure = True if probability >= SURE else False if probability <= 1 - SURE else None
    return Likelihood(sure, probability)


def _values(evidence: Evidence, label: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.value for hit in evidence.of(label)))


def _questions(text: str, spans: list[Span]) -> tuple[str, ...]:
    asked = (text[start:end] for start, end in spans)
    return tuple(question for question in asked if question.rstrip("\"'”’)").endswith("?"))
