"""The signs in a clause of who does what and when: its verbs with their tense, its phrases that commit or do not."""

from dataclasses import dataclass
from functools import cache

from amends.language.lexicon import Phrases, words_in
from amends.language.pattern import Pattern
from amends.language.times import SaidTime, overlaps, times_in
from amends.language.verb_forms import tense_of
from amends.language.words import Words, words_of

PREDICATES = ("ours", "present", "booked", "hope", "grace")
PARTICIPLE = {
    "en": Pattern(
        r"\b\w{1,40}ed$|\b(?:been|done|sent|taken|given|written|seen|gone|spoken|shown|put|set|had|made|paid|found|told|got|left"
        r"|begun|run|come|kept|held|brought|bought|built|lost|sold|heard|read|cut|let|rung|met|spent|stood|thought)$"
    ),
    "de": Pattern(
        r"\b(?:\w{2,5})?ge\w{2,40}(?:t|en)$|\b(?:be|ver|er|ent|zer|über|unter)\w{2,40}(?:t|en)$|\b\w{1,40}iert$"
    ),
    "fr": Pattern(r"\b\w{2,40}(?:é|ée|és|ées|u|ue|us|ues|ert|i|is|it|ite|ait)$"),
    "es": Pattern(r"\b\w{1,40}[ai]do$|hecho$|dicho$|puesto$|visto$|escrito$|vuelto$|devuelto$|abierto$|roto$"),
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
FAR = 40
CONTRACTED = ("'s", "'re", "'m", "'ll")
ALWAYS = frozenset({"is", "are", "am", "gets", "goes", "comes"})
FIRST_PERSON = {"de": ("e", "en"), "fr": ("e", "s", "ons", "x")}
BEHIND = ("und", "oder", "wie", "als", "haben")


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
        return "present" if word.endswith(CONTRACTED) and word.split("'")[0] in (*subjects("en"), "you") else ""
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
    if language == "en" and before in subjects("en"):
        return "past" if tense == "past" or word.endswith("ed") else "present"
    if language == "en" and before == "you" and tense == "base" and word in receiving("en"):
        return "present"
    if tense == "base" and at and before != "to":
        return "plain"
    if before in subjects(language) and word.endswith(FIRST_PERSON.get(language, ())):
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
            rest = rest[: 1 + sum(word in helpers() for word in rest)]
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
def receiving(language: str) -> frozenset[str]:
    """Return the verbs with which “you” are given something."""
    return words_in(language, "receiving")


@cache
def helpers() -> frozenset[str]:
    """Return the English words between a subject and its verb."""
    return words_in("en", "helpers")


@cache
def subjects(language: str) -> frozenset[str]:
    """Return the words that are the subject of the verb behind them."""
    return words_in(language, "subjects")
