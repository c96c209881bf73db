"""Which language a text is in, by its small words; not sure is said as an empty string."""

from functools import cache

from amends.language.lexicon import reading_phrases, words_in
from amends.language.words import Words, words_of

READ_LANGUAGES = ("en", "de", "es", "fr")
KNOWN_LANGUAGES = (*READ_LANGUAGES, "it", "nl", "pt", "sv")
CLEAR_LEAD = 1.25
ENOUGH_WORDS = 3
SAMPLE_WORDS = 400


def language_of(words: Words) -> str:
    """Return `en`, `de`, `es`, `fr`, another known code, or an empty string where it is not clear."""
    counts = dict.fromkeys(KNOWN_LANGUAGES, 0)
    for word in words.normal[:SAMPLE_WORDS]:
        for language in _small_words().get(word, ()):
            counts[language] += 1
    ranked = sorted(counts, key=lambda language: -counts[language])
    best, second = counts[ranked[0]], counts[ranked[1]]
    if best >= ENOUGH_WORDS and best >= CLEAR_LEAD * second:
        return ranked[0]
    return _by_content(words, [name for name in ranked if counts[name] == best])


def _by_content(words: Words, leading: list[str]) -> str:
    short = Words(words.normal[:SAMPLE_WORDS], words.starts, words.ends)
    counts = {
        language: sum(hit.label == "trouble" for hit in reading_phrases(language).find(short))
        for language in READ_LANGUAGES
        if language in leading
    }
    found = [language for language, count in counts.items() if count]
    return found[0] if len(found) == 1 else ""


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language in KNOWN_LANGUAGES:
        for word in words_in(language, "function_words"):
            for normal in words_of(word).normal:
                table[normal] = (*table.get(normal, ()), language)
    return table
