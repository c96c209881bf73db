"""The words around a gesture, in the language of the customer's own mail."""

from collections.abc import Mapping
from functools import cache

from amends.language.lexicon import entries


@cache
def gesture_words(language: str) -> Mapping[str, str]:
    """Each sentence of the letter by its name, in a language we write."""
    return dict(entries(language, "gesture"))
