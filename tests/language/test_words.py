"""Words are known whatever they are dressed in, and their places stay those of the text."""

import pytest

from amends.language.tongues import language_of
from amends.language.words import lowered, words_of


@pytest.mark.parametrize(
    "written",
    [
        "the lamp is broken",
        "the l\u200bamp is bro\u00adk\u200den",
        "\ufeffthe lamp is \u202ebroken\u202c",
        "ｔｈｅ　ｌａｍｐ　ｉｓ　ｂｒｏｋｅｎ",
        "𝐓𝐡𝐞 lamp 𝑖𝑠 𝗯𝗿𝗼𝗸𝗲𝗻",
        "Тhe lаmр iѕ brоkеn",
    ],
)
def test_a_disguised_word_is_the_word_and_its_place_is_that_of_the_disguise(written):
    words = words_of(written)
    assert words.normal == ["the", "lamp", "is", "broken"]
    pieces = [written[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert all(written.index(piece) == start for piece, start in zip(pieces, words.starts, strict=True))
    assert len(lowered(written)) == len(written)


def test_words_of_another_alphabet_stay_what_they_are():
    assert words_of("лампа сломана и не работает").normal == ["лампа", "сломана", "и", "не", "работает"]
    assert words_of("η λάμπα είναι σπασμένη").normal == ["η", "λάμπα", "είναι", "σπασμένη"]


def test_an_apostrophe_stays_in_its_word():
    assert words_of("it doesn’t work, it's\u200b off").normal == ["it", "doesnt", "work", ",", "it's", "off"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I want my money back.", "en"),
        ("Charged me twice", "en"),
        ("Is the blue version back in stock?", "en"),
        ("Das Paket ist beschädigt.", "de"),
        ("Kaputt angekommen", "de"),
        ("Le colis est arrivé cassé.", "fr"),
        ("Toujours pas remboursée", "fr"),
        ("El pedido llegó tarde.", "es"),
        ("Quiero mi dinero", "es"),
        ("Dov'è il mio ordine?", "it"),
        ("Gdzie jest moje zamówienie?", ""),
        ("Hvor er min pakke?", ""),
        ("4471", ""),
        ("", ""),
    ],
)
def test_a_few_words_tell_their_language_or_are_not_sure(text, language):
    assert language_of(words_of(text)) == language
