"""The automatic acknowledgement is sorry, short and repeats nothing."""

import pytest

from amends.language.acknowledgement import acknowledge
from amends.language.reading import read

MESSAGES = {
    "en": "The Milano lamp is broken and I am furious about it.",
    "de": "Die Milano Lampe ist kaputt und ich bin wütend, wie kann das sein?",
    "fr": "La lampe Milano est cassée et je suis furieux, ce n'est pas possible.",
    "es": "La lámpara Milano no funciona y estoy muy enfadado con la tienda.",
}
SORRY = {"en": "We are sorry", "de": "tut uns leid", "fr": "Nous sommes désolés", "es": "Lamentamos"}


@pytest.mark.parametrize("language", MESSAGES)
def test_it_says_what_it_must_and_no_more(language: str) -> None:
    text = acknowledge(read(MESSAGES[language]), "Anna Smith", "24 h", "https://x.example/c/1", "A-17")
    assert SORRY[language] in text
    assert all(given in text for given in ("Anna Smith", "24 h", "https://x.example/c/1", "A-17"))
    assert 6 <= len(text.splitlines()) <= 10
    assert not any(mark in text for mark in "!?{}")
    assert "Milano" not in text


def test_without_a_name_and_in_an_unread_language_it_is_plain_english() -> None:
    text = acknowledge(read("Moja lampa jest zepsuta"), " ", "one day", "https://x.example", "A-18")
    assert text.startswith("Hello,\n\nYour message has reached us.")


def test_danger_comes_first() -> None:
    text = acknowledge(read("The charger caught fire and burned my hand."), "", "one day", "https://x.example", "A-19")
    assert text.splitlines()[2].startswith("If anyone is in danger")


def test_what_a_customer_calls_themselves_cannot_fill_other_blanks() -> None:
    text = acknowledge(read("The lamp is broken."), "{page}\n{reference}", "one day", "https://x.example", "A-20")
    assert text.startswith("Dear {page} {reference},\n")
