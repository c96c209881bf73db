"""Which words everybody uses, and which names and places are widely borne."""

from functools import cache, lru_cache

from amends.language.lexicon import words_in

SPOKEN = ("en", "de", "es", "fr")
LISTS = ("function_words", "stop_words", "determiners", "negators", "subjects")


@cache
def small_words() -> frozenset[str]:
    """The words that say nothing by themselves, in every language that is read, in lower case."""
    lists = [words_in(language, name) for language in SPOKEN for name in LISTS]
    return frozenset().union(*lists)


@cache
def capital_words() -> frozenset[str]:
    """What is written with a capital and names nobody: days, months, feasts, tongues, ways to pay, forms of address."""
    return words_in("any", "capitals")


@cache
def everyday_words() -> frozenset[str]:
    """The small words, days, months, tongues, and the words of the complaints the lists were made from."""
    lists = [words_in(language, "vocabulary") for language in SPOKEN]
    return small_words().union(*lists) | capital_words()


def is_given_name(word: str) -> bool:
    """Whether many people bear it as a given name and it is no everyday word."""
    return word[:1].isupper() and word.lower() in words_in("any", "given_names")


def is_place(words: str) -> bool:
    """Whether a town, county or island is widely known by these words."""
    return words[:1].isupper() and words.lower() in words_in("any", "place_names")


@lru_cache(maxsize=1)
def longest_place() -> int:
    """Of how many words the longest of them is."""
    return max(len(one.split()) for one in words_in("any", "place_names"))
