"""Which language a text is in, by its small words, and a short one by all its words; not sure is an empty string."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from amends.language.lexicon import words_in
from amends.language.words import Words, words_of

READ_LANGUAGES = ("en", "de", "es", "fr")
KNOWN_LANGUAGES = (*READ_LANGUAGES, "it", "nl", "pt", "sv")
CLEAR_LEAD = 1.25
ENOUGH_WORDS = 3
MOST_OF_THEM = 0.5
SAMPLE_WORDS = 400


def language_of(words: Words) -> str:
    """Return `en`, `de`, `es`, `fr`, another known code, or an empty string where it is not clear."""
    sample = words.normal[:SAMPLE_WORDS]
    return _told_by(sample, _small_words(), ENOUGH_WORDS) or _by_all_words(sample)


def _told_by(sample: list[str], known: Mapping[str, Iterable[str]], enough: float) -> str:
    """Return the language that so many words are of, clearly more than of any other."""
    counts = Counter(language for word in sample for language in known.get(word, ()))
    (best, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= enough and most > second and most >= CLEAR_LEAD * second else ""


def _by_all_words(sample: list[str]) -> str:
    """Return the language that more than half of the words are of."""
    spelled = [word for word in sample if word.isalpha()]
    return _told_by(spelled, _all_words(), MOST_OF_THEM * len(spelled) + 0.5) if spelled else ""


@cache
def _all_words() -> dict[str, tuple[str, ...]]:
    """Return each small word and each word of the vocabularies with the languages it is of."""
    table = {word: set(languages) for word, languages in _small_words().items()}
    for language in READ_LANGUAGES:
        for word in words_in(language, "vocabulary"):
            table.setdefault(word, set()).add(language)
    return {word: tuple(languages) for word, languages in table.items()}


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language in KNOWN_LANGUAGES:
        for word in words_in(language, "function_words"):
            for normal in words_of(word).normal:
                table[normal] = (*table.get(normal, ()), language)
    return table
