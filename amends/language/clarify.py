"""What a complaint leaves open: the facts its kind needs and nobody gave, and the question that asks for each."""

from collections.abc import Collection, Iterable
from functools import cache

from amends.language.lexicon import entries
from amends.language.tongues import READ_LANGUAGES

DEFAULT_LANGUAGE = "en"


def missing_facts(categories: Iterable[str], given: Collection[str]) -> tuple[str, ...]:
    """The facts that complaints of these categories need and that were not given, in the order to ask for them."""
    needed = dict.fromkeys(fact for category in categories for fact in _needed().get(category, ()))
    return tuple(fact for fact in needed if fact not in given)


def question_for(fact: str, language: str) -> str:
    """The question that asks for a fact, English where we do not write the language; "" for one we cannot ask for."""
    spoken = language if language in READ_LANGUAGES else DEFAULT_LANGUAGE
    return _questions(spoken).get(fact, "")


@cache
def _needed() -> dict[str, tuple[str, ...]]:
    return {category: tuple(facts.split()) for category, facts in entries("any", "needed")}


@cache
def _questions(language: str) -> dict[str, str]:
    return dict(entries(language, "clarify"))
