"""The forms of the verbs of service in four languages: which of them tell of now or later, and which of the past."""

from functools import cache
from typing import Literal

from amends.language.lexicon import entries
from amends.language.pattern import Pattern

Tense = Literal["base", "present", "past"]
Endings = tuple[str, ...]
GERMAN: tuple[Endings, Endings] = (("", "e", "t", "et", "en", "n", "st", "est"), ("te", "ten", "ete", "eten"))
FRENCH: tuple[Endings, Endings] = (("e", "ons", "ez", "ent"), ("ait", "aient", "ions", "iez"))
FRENCH_LATER = ("ai", "a", "ons", "ez", "ont")
SPANISH: dict[str, tuple[Endings, Endings]] = {
    "ar": (("o", "a", "amos", "an"), ("é", "ó", "aron")),
    "er": (("o", "e", "emos", "en"), ("í", "ió", "ieron")),
    "ir": (("o", "e", "imos", "en"), ("í", "ió", "ieron")),
}
SPANISH_LATER = ("é", "á", "emos", "án")
LATER = {
    "es": Pattern(r"\b\w{3,40}r(?:é|á|emos|án)$"),
    "fr": Pattern(r"\b\w{3,40}(?:rai|rons|rez|ront|[eiu]ra)$"),
}
NOT_LATER = frozenset(["environs", "opéra", "caméra", "patrons"])


def tense_of(word: str, language: str) -> Tense | None:
    """Return the tense that a word in lower case has as a verb; None where it is no verb that is known.

    "base" is an English form that is a noun as well (“call”): a verb only behind its subject.
    """
    known = _forms(language).get(word)
    if known is None and language in LATER and word not in NOT_LATER and LATER[language].match(word):
        return "present"
    return known


@cache
def _forms(language: str) -> dict[str, Tense]:
    table: dict[str, Tense] = {}
    for word, tense in entries(language, "verbs"):
        forms: dict[str, Tense] = _named(word, tense) if tense else _expanded(word, language)
        for form, kind in forms.items():
            if tense or form not in table:
                table[form] = kind
    return table


def _named(word: str, tense: str) -> dict[str, Tense]:
    return {word: "past" if tense == "past" else "present"}


def _expanded(word: str, language: str) -> dict[str, Tense]:
    match language:
        case "en":
            return _english(word)
        case "de":
            return _ended(word, *GERMAN)
        case "fr":
            return _french(word)
    stem, ending = word[:-2], word[-2:]
    return _ended(stem, *SPANISH[ending]) | {word + one: "present" for one in SPANISH_LATER}


def _french(word: str) -> dict[str, Tense]:
    stem = word.removesuffix("e") if word.endswith("re") else word
    regular = _ended(word.removesuffix("er"), *FRENCH) if word.endswith("er") else {}
    if regular and (at := word.rfind("é", 0, -2)) > 0:
        regular |= {f"{word[:at]}è{word[at + 1 : -2]}{one}": "present" for one in ("e", "es", "ent")}
    return regular | {stem + one: "present" for one in FRENCH_LATER}


def _english(word: str) -> dict[str, Tense]:
    if word.endswith("y") and word[-2:-1] not in "aeou":
        return {word: "base", f"{word[:-1]}ies": "present", f"{word[:-1]}ied": "past"}
    third = "es" if word.endswith(("s", "sh", "ch", "x", "o")) else "s"
    past = "d" if word.endswith("e") else "ed"
    doubled = f"{word}{word[-1]}ed"
    return {word: "base", word + third: "present", word + past: "past", doubled: "past"}


def _ended(stem: str, now: Endings, then: Endings) -> dict[str, Tense]:
    """Every form of a stem; where two tenses share one, it tells of now."""
    past: dict[str, Tense] = {stem + one: "past" for one in then}
    return past | {stem + one: "present" for one in now}
