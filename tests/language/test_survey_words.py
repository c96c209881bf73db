"""The letter that asks how it was is whole in every language we write."""

from string import Formatter

import pytest

from amends.language.survey import survey_words
from amends.language.tongues import READ_LANGUAGES
from amends.method.survey import SCALES, Why


@pytest.mark.parametrize("language", READ_LANGUAGES)
def test_every_language_has_every_sentence_with_its_blanks(language: str) -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english, other = survey_words("en"), survey_words(language)
    assert set(other) == set(english)
    assert {name: blanks(text) for name, text in other.items()} == {
        name: blanks(text) for name, text in english.items()
    }


def test_there_is_a_question_for_each_kind_and_a_beginning_for_each_reason() -> None:
    words = survey_words("en")
    assert {f"ask_{kind}" for kind in SCALES} | {why.value for why in Why} <= set(words)


@pytest.mark.parametrize("language", READ_LANGUAGES)
def test_an_answer_with_a_number_says_its_own(language: str) -> None:
    for name, said in survey_words(language).items():
        kind, _, number = name.partition("_")
        if kind in ("csat", "nps", "ces"):
            assert said.startswith(f"{number}, ")
