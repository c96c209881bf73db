"""Whether anybody is there, when somebody will be and who is told, in the language a customer reads."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from amends.language.acknowledgement import DEFAULT_LANGUAGE
from amends.language.follow_up import day_in
from amends.language.lexicon import entries
from amends.language.tongues import READ_LANGUAGES


def back_sentence(at: datetime, language: str) -> str:
    """When a team is back, by the clock of the zone `at` is in: "We are back on … at 09:00 (Stockholm time)."."""
    return _filled("back", at, language)


def nobody_sentence(at: datetime, language: str) -> str:
    """That nobody is there now, and when somebody is."""
    return _filled("nobody", at, language)


def on_call_sentence(language: str) -> str:
    """That the person on call is being told."""
    return _words(_written(language))["on_call"]


def _filled(name: str, at: datetime, language: str) -> str:
    written = _written(language)
    place = str(at.tzinfo).rpartition("/")[2].replace("_", " ")
    return _words(written)[name].format(day=day_in(written, at.date()), time=f"{at:%H:%M}", place=place)


def _written(language: str) -> str:
    return language if language in READ_LANGUAGES else DEFAULT_LANGUAGE


@cache
def _words(language: str) -> Mapping[str, str]:
    return dict(entries(language, "presence"))
