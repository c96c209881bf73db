"""How easy a text is to read: words in a sentence, and Flesch's reading ease."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z’']+")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Ease:
    """The longest sentence in words, and reading ease: 60 to 70 is plain English, more is easier (Flesch 1948)."""

    longest: int
    flesch: float


def ease(sentences: list[str]) -> Ease:
    """How easy these sentences are; each may hold several."""
    parts = [part for sentence in sentences for part in _SENTENCE.split(sentence) if _WORD.search(part)]
    words = [_WORD.findall(part) for part in parts]
    every = [word for found in words for word in found]
    syllables = sum(_syllables(word.lower()) for word in every)
    flesch = 206.835 - 1.015 * len(every) / len(parts) - 84.6 * syllables / len(every)
    return Ease(max(len(found) for found in words), flesch)


def _syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end: a rough count, as the formula's users make it."""
    plain = word[:-1] if word.endswith("e") and not word.endswith("le") else word
    return max(1, len(_VOWELS.findall(plain)))
