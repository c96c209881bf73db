"""The grammar of commitment: whether a clause of our letter says what we will do, by its subject, tense and mood."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from amends.language.lexicon import Phrases, words_in
from amends.language.pattern import Pattern
from amends.language.times import SaidTime, overlaps, times_in
from amends.language.verb_forms import tense_of
from amends.language.words import Words, words_of

Verdict = Literal["ours", "theirs", "past", "no", "if", "open"]
PREDICATES = ("ours", "present", "booked", "hope", "grace")
DOUBTS = frozenset({"maybe", "hope", "if"})
OF_THE_SENTENCE = frozenset({"choice"})
PARTICIPLE = {
    "en": Pattern(
        r"\w+ed$|(?:been|done|sent|taken|given|written|seen|gone|spoken|shown|put|set|had|made|paid|found|told|got|left"
        r"|begun|run|come|kept|held|brought|bought|built|lost|sold|heard|read|cut|let|rung|met|spent|stood|thought)$"
    ),
    "de": Pattern(r"(?:\w{2,5})?ge\w{2,}(?:t|en)$|(?:be|ver|er|ent|zer|über|unter)\w{2,}(?:t|en)$|\w+iert$"),
    "fr": Pattern(r"\w{2,}(?:é|ée|és|ées|u|ue|us|ues|ert|i|is|it|ite|ait)$"),
    "es": Pattern(r"\w+[ai]do$|hecho$|dicho$|puesto$|visto$|escrito$|vuelto$|devuelto$|abierto$|roto$"),
}
HAVE = {
    "en": ("have", "has", "i've", "we've", "they've", "you've"),
    "de": ("haben", "hat", "habe", "habt"),
    "fr": ("avons", "ai", "a", "ont", "avez", "j'ai", "as", "t'a", "l'a", "m'a", "l'ai", "t'ai"),
    "es": ("ha", "han", "he", "hemos"),
}
BE = {"de": ("ist", "sind", "bin"), "fr": ("est", "sont", "êtes", "suis", "sommes")}
MOVED = {
    "de": Pattern(
        r"(?:an|aus|ein|ab|zurück|weg)?(?:ge(?:kommen|gangen|fahren|blieben|troffen|wesen|worden|schehen))$|passiert$"
    ),
    "fr": Pattern(r"(?:arrivé|parti|venu|passé|allé|resté|tombé|sorti|revenu|devenu)e?s?$"),
}
BETWEEN = 3
CONTRACTED = ("'s", "'re", "'m", "'ll")
ALWAYS = frozenset({"is", "are", "am", "gets", "goes", "comes"})
FEW = 12
FAR = 40
FIRST_PERSON = {"de": ("e", "en"), "fr": ("e", "s", "ons", "x")}
HAVE_TIME = Pattern(r"(?:\w+ ){0,2}you (?:\w+ )?have (?:a |\d|until|two|three|four|five|ten)", 2)
WE_HAVE = ("hemos", "he", "avons", "j'ai")
BEHIND = ("und", "oder", "wie", "als", "haben")
SUBORDINATE = ("that", "dass", "que")


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign in a clause of who does what and when: its kind and its place in the clause."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at `start` of its text, with the times said in it and its signs in order."""

    text: str
    start: int
    language: str
    words: Words
    times: tuple[SaidTime, ...]
    marks: tuple[Mark, ...]

    def has(self, *kinds: str) -> bool:
        """Whether a sign of one of these kinds stands in it."""
        return any(mark.kind in kinds for mark in self.marks)

    @property
    def predicate(self) -> Mark | None:
        """The first sign of a verb that says something by itself, or else a plain form: “the eggs _come_”."""
        strong = next((mark for mark in self.marks if mark.kind in (*PREDICATES, "past")), None)
        return strong or next((mark for mark in self.marks if mark.kind == "plain"), None)


def clause_of(text: str, start: int, language: str) -> Clause:
    """Return a clause, `text` as it stands at `start` of the letter, with its times and signs."""
    words = words_of(text)
    times = tuple(times_in(text, words, language))
    return Clause(text, start, language, words, times, tuple(_marks(text, words, times, language)))


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
        word in _subjects(clause.language) or word in WE_HAVE for word in clause.words.normal
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
            return verb.endswith("en") and verb not in _receiving("de")
        case "fr":
            verb = first[1] if first[0] == "vous" and len(first) > 1 else first[0]
            return verb.endswith("ez") and verb not in _receiving("fr")
    return first[0] == "usted" and first[1:2] != [] and first[1] not in _receiving("es")


def _asks_in_english(clause: Clause, first: list[str], before: Verdict) -> bool:
    if first[0] in ("you", "you'll", "you're", "you've", "you'd"):
        if (
            clause.predicate
            and clause.predicate.kind in ("ours", "hope")
            and _begins_with_you(clause, clause.predicate)
        ):
            return False
        rest = [word for word in first[1:FEW] if word not in _helpers()]
        if rest[:1] == ["have"] and HAVE_TIME.match(clause.text) and clause.times and " to " in clause.text:
            return True
        return not rest or (rest[0] not in _receiving("en") and not (tense_of(rest[0], "en") == "past"))
    if first[0] == "to" and clause.predicate and clause.predicate.kind == "plain":
        return True
    opens = clause.predicate is None or clause.predicate.kind == "present"
    return opens and before != "ours" and _is_verb_first(clause)


def _begins_with_you(clause: Clause, mark: Mark) -> bool:
    return clause.text[mark.start : mark.end].lower().startswith("you")


def _first_words(clause: Clause) -> list[str]:
    """The words with which the clause begins, without its times and the small words that lead in."""
    kept = [
        word
        for word, start in zip(clause.words.normal, clause.words.starts, strict=True)
        if word[0].isalnum() and not overlaps(clause.times, start, start + 1)
    ]
    leading = next((at for at, word in enumerate(kept) if word not in _leads(clause.language)), len(kept))
    return kept[leading:]


def _marks(text: str, words: Words, times: tuple[SaidTime, ...], language: str) -> list[Mark]:
    full = [one for one in times if one.tokens[0].kind != "month" or len(one.tokens) > 1]
    free = [not overlaps(full, start, end) for start, end in zip(words.starts, words.ends, strict=True)]
    hits = [hit for hit in commitment_phrases(language).find(words) if all(free[hit.first : hit.last + 1])]
    for hit in (one for one in hits if one.value != "thing"):
        free[hit.first : hit.last + 1] = [False] * (hit.last + 1 - hit.first)
    named = [Mark(hit.value, hit.start, hit.end) for hit in hits if hit.value != "fine"]
    verbs = [
        Mark(kind, words.starts[at], words.ends[at])
        for at, is_free in enumerate(free)
        if is_free
        and text[words.starts[at] - 1 : words.starts[at]] != "-"
        and (kind := _verb(words.normal, at, language))
    ]
    return sorted([*named, *verbs], key=lambda mark: mark.start)


def _verb(normal: list[str], at: int, language: str) -> str:
    word, before = normal[at], normal[at - 1] if at else ""
    if word in HAVE[language] or word in BE.get(language, ()):
        return _perfect(word, normal[at + 1 : at + 1 + FAR], language)
    if language == "en" and "'" in word:
        return "present" if word.endswith(CONTRACTED) and word.split("'")[0] in (*_subjects("en"), "you") else ""
    if word in ALWAYS:
        return "present"
    if before in words_in(language, "determiners") or word in words_in(language, "between"):
        return ""
    kind = _spoken_of(normal, at, language)
    return "" if kind == "past" and normal[at + 1 : at + 2] == ["by"] else kind


def _spoken_of(normal: list[str], at: int, language: str) -> str:
    """The tense of a word that may be a verb: one behind its subject is, even where it is not known."""
    word, before = normal[at], _subject(normal, at, language)
    tense = tense_of(word, language)
    if language == "en" and before in _subjects("en"):
        return "past" if tense == "past" or word.endswith("ed") else "present"
    if language == "en" and before == "you" and tense == "base" and word in _receiving("en"):
        return "present"
    if tense == "base" and at and before != "to":
        return "plain"
    if before in _subjects(language) and word.endswith(FIRST_PERSON.get(language, ())):
        return tense or "present"
    return tense if tense in ("present", "past") else ""


def _subject(normal: list[str], at: int, language: str) -> str:
    """The word before a verb, small words between it and its subject left out: “je vous _rappelle_”."""
    for before in reversed(normal[max(0, at - BETWEEN) : at]):
        if before not in words_in(language, "between"):
            return before
    return ""


def _perfect(word: str, rest: list[str], language: str) -> str:
    """Return "past" where “have” or “be” goes with a participle in `rest` that makes it so, otherwise "present"."""
    if language in ("en", "fr", "es"):
        rest = rest[:BETWEEN]
        if language == "en":
            rest = rest[: 1 + sum(word in _helpers() for word in rest)]
    elif word in HAVE["de"] and rest:
        rest = [
            one for one, then in zip(rest, [*rest[1:], "."], strict=True) if not then[0].isalnum() or then in BEHIND
        ]
    forms = PARTICIPLE if word in HAVE[language] else MOVED
    return "past" if any(forms[language].match(one) for one in rest) else "present"


@cache
def commitment_phrases(language: str) -> Phrases:
    """Return the finder of what commits, and what does not, in one language."""
    return Phrases(language, ("commitments",))


@cache
def _receiving(language: str) -> frozenset[str]:
    return words_in(language, "receiving")


@cache
def _leads(language: str) -> frozenset[str]:
    return words_in(language, "leads")


@cache
def _helpers() -> frozenset[str]:
    return words_in("en", "helpers")


@cache
def _subjects(language: str) -> frozenset[str]:
    return words_in(language, "subjects")
