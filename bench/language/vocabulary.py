"""`python -m bench.language.vocabulary`: writes the words by which short texts tell their language, from our corpora.

A word is one of a language when two texts of the training parts hold it, four times as often as in any other language.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import amends.language
from amends.language.tongues import READ_LANGUAGES
from amends.language.words import words_of
from bench.language.complaints import messages
from bench.language.replies import drafts
from bench.language.sentences import said

LEXICONS = Path(amends.language.__file__).parent / "lexicons"
LEAST, MORE = 2, 4
HEAD = "# Words of this language, not of its neighbours: made by `python -m bench.language.vocabulary`.\n"


def main() -> None:
    """Write each language's list anew."""
    for language, words in vocabulary(texts()).items():
        lines = "".join(f"{word}\n" for word in sorted(words))
        (LEXICONS / language / "vocabulary.txt").write_text(HEAD + lines, "utf-8")
        print(language, len(words))


def texts() -> Iterator[tuple[str, str]]:
    """Yield the language and the words of every text that may train what ships."""
    yield from ((one.language, one.text) for one in messages("train"))
    yield from ((one.to.language, one.text) for one in drafts("dev"))
    yield from ((one.language, one.text) for one in said())


def vocabulary(found: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the words of each language that is read, out of texts with their language."""
    held: dict[str, Counter[str]] = {language: Counter() for language in READ_LANGUAGES}
    sizes: Counter[str] = Counter()
    for language, text in found:
        if language in held:
            held[language].update({word for word in words_of(text).normal if word.isalpha() and len(word) > 1})
            sizes[language] += 1
    shares = {one: {word: count / sizes[one] for word, count in held[one].items()} for one in held}
    return {
        one: {
            word
            for word, count in held[one].items()
            if count >= LEAST
            and all(shares[one][word] >= MORE * shares[other].get(word, 0) for other in held if other != one)
        }
        for one in held
    }


if __name__ == "__main__":
    main()
