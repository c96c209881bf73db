"""The words of the letter that asks whether it is still right, in the language of the customer's own mail."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from amends.language.acknowledgement import DEFAULT_LANGUAGE
from amends.language.lexicon import entries
from amends.language.quoting import new_words, only_new
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.words import words_of


def language_of_mails(newest_first: Iterable[str]) -> str:
    """The language we write to somebody in: of their newest mail that shows one; English where we do not write it."""
    clear = (found for text in newest_first if (found := language_of(words_of(only_new(text, new_words(text))))))
    language = next(clear, DEFAULT_LANGUAGE)
    return language if language in READ_LANGUAGES else DEFAULT_LANGUAGE


@cache
def follow_up_words(language: str) -> Mapping[str, str]:
    """Each sentence of the letter by its name, in a language we write."""
    return dict(entries(language, "follow_up"))


def day_in(language: str, day: date) -> str:
    """A day as that language says it, without the year: "Monday 23 November", "Montag, 23. November"."""
    words = follow_up_words(language)
    weekday, month = words["weekdays"].split()[day.weekday()], words["months"].split()[day.month - 1]
    return words["day"].format(weekday=weekday, number=day.day, month=month)
