"""What a text is about in single words and pairs of neighbours, as people read them: what a theme is found by."""

import re
from functools import lru_cache

from amends.language.lexicon import words_in
from amends.language.words import lowered

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?;,:\n]")
SHORTEST = 3
SPOKEN = ("en", "de", "es", "fr")


def terms(text: str) -> frozenset[str]:
    """Each word that is not a small one and each pair of such words with nothing but small ones between, in lower case.

    A sentence's end or a comma parts a pair; numbers and what is masked with X's are no words.
    """
    small, found, before = _small(), set(), ""
    for match in _WORD.finditer(lowered(text)):
        word = match.group()
        if not word[0].isalpha():
            before = ""
        elif len(word) >= SHORTEST and word not in small and set(word) != {"x"}:
            found.add(word)
            if before and before != word:
                found.add(f"{before} {word}")
            before = word
    return frozenset(found)


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    """The words that say nothing by themselves, in every language that is read."""
    lists = [words_in(language, name) for language in SPOKEN for name in ("function_words", "stop_words")]
    return frozenset().union(*lists)
