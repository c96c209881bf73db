"""The letter that asks whether it is still right is whole in every language we write."""

from datetime import date
from string import Formatter

import pytest

from amends.language.follow_up import day_in, follow_up_words, language_of_mails
from amends.language.tongues import READ_LANGUAGES

GERMAN = "Die Lampe ist kaputt und ich bin wütend, wie kann das sein?"
DUTCH = "De lamp is kapot en ik ben heel boos, hoe kan dat nou weer gebeuren met een nieuwe lamp van jullie?"


@pytest.mark.parametrize("language", READ_LANGUAGES)
def test_every_language_has_every_sentence_with_its_blanks(language: str) -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english, other = follow_up_words("en"), follow_up_words(language)
    assert set(other) == set(english)
    assert {name: blanks(text) for name, text in other.items()} == {n: blanks(t) for n, t in english.items()}
    assert (len(other["weekdays"].split()), len(other["months"].split())) == (7, 12)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Monday 23 November"),
        ("de", "Montag, 23. November"),
        ("fr", "lundi 23 novembre"),
        ("es", "lunes 23 de noviembre"),
    ],
)
def test_a_day_as_the_language_says_it(language: str, said: str) -> None:
    assert day_in(language, date(2026, 11, 23)) == said


@pytest.mark.parametrize(
    ("mails", "language"),
    [
        ([GERMAN], "de"),
        (["OK", GERMAN], "de"),
        ([GERMAN, "The lamp is broken and I am angry."], "de"),
        ([DUTCH, GERMAN], "en"),
        (["OK"], "en"),
        ([], "en"),
    ],
)
def test_the_newest_mail_that_shows_a_language_decides(mails: list[str], language: str) -> None:
    assert language_of_mails(mails) == language
