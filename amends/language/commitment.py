"""The grammar of commitment: whether a clause of our letter says what we will do, by its subject, tense and mood."""

from functools import cache
from typing import Literal

from amends.language.clause_signs import Clause, helpers, receiving, subjects
from amends.language.lexicon import words_in
from amends.language.pattern import Pattern
from amends.language.times import overlaps
from amends.language.verb_forms import tense_of

Verdict = Literal["ours", "theirs", "past", "no", "if", "open"]
DOUBTS = frozenset({"maybe", "hope", "if"})
OF_THE_SENTENCE = frozenset({"choice"})
SUBORDINATE = ("that", "dass", "que")
YOU = ("you", "you'll", "you're", "you've", "you'd")
WE_HAVE = ("hemos", "he", "avons", "j'ai")
HAVE_TIME = Pattern(r"\b(?:\w{1,20} ){0,2}you (?:\w{1,20} )?have (?:a |\d|until|two|three|four|five|ten)", 2)
FEW = 12


def verdict(clause: Clause, before: Verdict) -> Verdict:
    """Return what a clause does: commits us ("ours") or not; one without a subject goes on as the one before it.

    "open" says nothing by itself: it has no verb, or one that only a subject would make one.
    """
    if clause.has("no"):
        return "no"
    first = _first_words(clause)
    if _is_condition(clause):
        return "if"
    if clause.has("theirs", "said") or _is_of_others(clause) or _asks(clause, first, before):
        return "theirs"
    if clause.words.normal[:1] and clause.words.normal[0] in SUBORDINATE and before in ("past", "no", "theirs"):
        return before
    if clause.predicate is None:
        return _without_a_verb(clause, before)
    if clause.predicate.kind != "past" or _has_booked(clause):
        return "ours"
    return "ours" if before == "ours" and not clause.text[: clause.predicate.start].strip() else "past"


def _has_booked(clause: Clause) -> bool:
    """Whether we have set a time ahead: “wir haben einen Termin am Montag reserviert”."""
    return clause.has("booked") and any(
        word in subjects(clause.language) or word in WE_HAVE for word in clause.words.normal
    )


def _is_of_others(clause: Clause) -> bool:
    """Whether its subject is someone who does not work for us: the bank, the court, a strike."""
    other = next((mark for mark in clause.marks if mark.kind == "others"), None)
    return other is not None and (clause.predicate is None or other.start < clause.predicate.start)


def stands_alone(clause: Clause) -> bool:
    """Whether a piece of a sentence says something of its own and is not part of its neighbour."""
    return clause.predicate is not None or clause.has("theirs", "if", "said", "choice") or _is_verb_first(clause)


def _without_a_verb(clause: Clause, before: Verdict) -> Verdict:
    if before == "open" and clause.has("thing"):
        return "ours"
    return before


def _is_condition(clause: Clause) -> bool:
    condition = next((mark for mark in clause.marks if mark.kind == "if"), None)
    return condition is not None and (
        clause.predicate is None
        or condition.start < clause.predicate.start
        or not clause.text[: condition.start].strip()
    )


def _is_verb_first(clause: Clause) -> bool:
    first = _first_words(clause)
    return bool(first) and clause.language == "en" and tense_of(first[0], "en") == "base"


def _asks(clause: Clause, first: list[str], before: Verdict) -> bool:
    """Whether the customer is the one to act: an order, or a sentence about “you” that gives them nothing."""
    if not first or (clause.predicate and clause.predicate.kind in ("grace", "booked")):
        return False
    match clause.language:
        case "en":
            return _asks_in_english(clause, first, before)
        case "de":
            verb = first[1] if first[0] == "sie" and len(first) > 1 else first[0] if first[1:2] == ["sie"] else ""
            return verb.endswith("en") and verb not in receiving("de")
        case "fr":
            verb = first[1] if first[0] == "vous" and len(first) > 1 else first[0]
            return verb.endswith("ez") and verb not in receiving("fr")
    return first[0] == "usted" and first[1:2] != [] and first[1] not in receiving("es")


def _asks_in_english(clause: Clause, first: list[str], before: Verdict) -> bool:
    if first[0] in YOU:
        return not _is_given(clause, first)
    if first[0] == "to" and clause.predicate and clause.predicate.kind == "plain":
        return True
    opens = clause.predicate is None or clause.predicate.kind == "present"
    return opens and before != "ours" and _is_verb_first(clause)


def _is_given(clause: Clause, first: list[str]) -> bool:
    """Whether “you” are given something: “you get it”; not “you have 30 days to”."""
    verb = clause.predicate
    if verb and verb.kind in ("ours", "hope") and clause.text[verb.start : verb.end].lower().startswith("you"):
        return True
    rest = [word for word in first[1:FEW] if word not in helpers()]
    if rest[:1] == ["have"] and clause.times and " to " in clause.text and HAVE_TIME.match(clause.text):
        return False
    return bool(rest) and rest[1:2] != ["to"] and (rest[0] in receiving("en") or tense_of(rest[0], "en") == "past")


def _first_words(clause: Clause) -> list[str]:
    """The words with which the clause begins, without its times and the small words that lead in."""
    kept = [
        word
        for word, start in zip(clause.words.normal, clause.words.starts, strict=True)
        if word[0].isalnum() and not overlaps(clause.times, start, start + 1)
    ]
    leading = next((at for at, word in enumerate(kept) if word not in _leads(clause.language)), len(kept))
    return kept[leading:]


@cache
def _leads(language: str) -> frozenset[str]:
    return words_in(language, "leads")
