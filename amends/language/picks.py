"""Which option of an offer a text names: by its number, by its place, or by what it is about."""

from collections.abc import Sequence
from functools import cache

from amends.language.lexicon import Hit, Phrases, words_in
from amends.language.pattern import Pattern
from amends.language.words import ENDERS, Words, words_of

SHORTEST_NAME = 4
LONGEST_NAME = 3
BARE_NUMBER = Pattern(
    r"\s*(?:(?:n[or]\.?|nº|#)\s?)?([1-9])[.)]?(?=\s*(?:[,.!\n]|$|please|bitte|svp|por favor|merci|thanks))", 2
)
NUMBERED = Pattern(r"\b(?:option|number|choice|nummer|variante|opción|numéro|número|proposition)\s?([1-9])\b", 2)


def picks_in(text: str, options: Sequence[str], language: str) -> frozenset[int]:
    """Return the options a text names, counted from 0; several where it names several."""
    by_place = _by_number(text, len(options)) | _by_ordinal(text, len(options), language)
    return frozenset(by_place or _by_name(text, options, language))


def unknown_words(text: str, words: Words, hits: list[Hit], options: Sequence[str], language: str) -> list[str]:
    """Return the words that are neither in the lists nor small words nor an option's nor a name."""
    known = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    known |= {at for hit in _things(language).find(words) for at in range(hit.first, hit.last + 1)}
    titles = {word for title in options for word in words_of(title).normal}
    small = words_in(language, "function_words") | words_in(language, "stop_words") | titles
    left = [at for at, word in enumerate(words.normal) if at not in known and word.isalpha() and word not in small]
    return [words.normal[at] for at in left if not _is_a_name(text, words, at, language)]


def _is_a_name(text: str, words: Words, at: int, language: str) -> bool:
    """A capital inside a sentence, or alone on its line; in German only the latter, where every noun has one."""
    word = text[words.starts[at] : words.ends[at]]
    line = text[text.rfind("\n", 0, words.starts[at]) + 1 :].partition("\n")[0]
    if word[:1].isupper() and len(line.split()) <= LONGEST_NAME and not line.rstrip().endswith((".", "!", "?")):
        return True
    inside = at > 0 and words.normal[at - 1] not in ENDERS - {","}
    return word[:1].isupper() and inside and language != "de"


def _by_number(text: str, count: int) -> set[int]:
    bare = BARE_NUMBER.match(text)
    found = {int(one.group(1)) - 1 for one in NUMBERED.finditer(text)}
    if bare:
        found.add(int(bare.group(1)) - 1)
    return {one for one in found if one < count}


def _by_ordinal(text: str, count: int, language: str) -> set[int]:
    places = [hit.value.partition(" ") for hit in _places(language).find(words_of(text))]
    numbers = [int(number) for kind, _, number in places if kind == "ordinal"]
    return {(number or count) - 1 for number in numbers if number <= count}


def _by_name(text: str, options: Sequence[str], language: str) -> set[int]:
    """By the words that only one title has, and by what only one title is about."""
    said = _names(text, language)
    titles = [_names(title, language) for title in options]
    found: set[int] = set()
    for at, title in enumerate(titles):
        others = frozenset().union(*(other for n, other in enumerate(titles) if n != at))
        if said & (title - others):
            found.add(at)
    return found


def _names(text: str, language: str) -> frozenset[str]:
    words = words_of(text)
    small = words_in(language, "function_words") | words_in(language, "stop_words")
    long = (word for word in words.normal if len(word) >= SHORTEST_NAME and word.isalpha() and word not in small)
    named = {word.rstrip("s") for word in long}
    return frozenset(named | {f"={hit.value}" for hit in _things(language).find(words)})


@cache
def _places(language: str) -> Phrases:
    return Phrases(language, ("answers",))


@cache
def _things(language: str) -> Phrases:
    return Phrases(language, ("things",))
