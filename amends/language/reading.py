"""Read what a customer wrote: is it a complaint, what went wrong, how they feel and what they ask for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends.language.clarify import missing_facts
from amends.language.clauses import weighed
from amends.language.evidence import gather
from amends.language.facts import Fact, find_facts
from amends.language.feeling import Feeling
from amends.language.issues import FoundIssue
from amends.language.quoting import new_words, only_new
from amends.language.severity import find_severity
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.words import Span, Words, sentences, words_of

if TYPE_CHECKING:
    from amends.language.trained.weights import Trained

NO_FEELING = Feeling("none", 0, ())


@dataclass(frozen=True, slots=True)
class Likelihood:
    """`is_` is None where the product is not sure: the probability lies between .35 and .65 (calibrated)."""

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
    vulnerable: bool
    repeat_failure: bool
    questions: tuple[str, ...]
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]


def read(text: str, trained: "Trained | None" = None) -> Reading:
    """Return the reading of a message in English, German, French or Spanish, by the weights that ship with Amends
    or those that are given; in English with the model of meaning where a desk has it.

    Only the person's own new words are read. In another language only figures and questions are given and
    `complaint.is_` is None.
    """
    own = only_new(text, new_words(text))
    words = words_of(own)
    language = language_of(words)
    if language not in READ_LANGUAGES:
        return _unread(own, language)
    return _read(own, words, language, trained)


def _unread(text: str, language: str) -> Reading:
    return Reading(
        language=language,
        complaint=Likelihood(None, 0.5),
        issues=(),
        feeling=NO_FEELING,
        severity=1,
        severity_signals=(),
        asks=(),
        threats=(),
        safety=False,
        vulnerable=False,
        repeat_failure=False,
        questions=_questions(text, sentences(text)),
        facts=find_facts(text),
        missing=(),
    )


def _read(text: str, words: Words, language: str, given: "Trained | None") -> Reading:
    from amends.language.judgement import judge  # here, so that numpy and the weights wait for the first reading
    from amends.language.sense.learned import sensed
    from amends.language.trained.weights import shipped

    evidence = gather(text, words, language)
    spans, parts = weighed(text, evidence, language)
    told = judge(text, words, evidence, parts, sensed(given or shipped(), language))
    facts = find_facts(text, evidence)
    categories = frozenset(issue.category for issue in told.issues)
    severity, signals = find_severity(text, evidence, facts, categories, told.threats, told.flags)
    return Reading(
        language=language,
        complaint=Likelihood(told.is_complaint, round(told.complaint, 3)),
        issues=told.issues,
        feeling=told.feeling,
        severity=severity if told.is_complaint is not False else 1,
        severity_signals=signals,
        asks=told.asks,
        threats=told.threats,
        safety="safety" in told.flags,
        vulnerable="vulnerable" in told.flags,
        repeat_failure="repeat" in told.flags,
        questions=_questions(text, spans),
        facts=facts,
        missing=missing_facts((issue.category for issue in told.issues), {fact.kind for fact in facts}),
    )


def _questions(text: str, spans: list[Span]) -> tuple[str, ...]:
    asked = (text[start:end] for start, end in spans)
    return tuple(question for question in asked if question.rstrip("\"'”’)").endswith("?"))
