"""Whatever is handed over is read and checked: no exception, linear time, places that are true."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amends.language.brief import Brief, IssueBrief
from amends.language.quoting import new_words, only_new
from amends.language.reading import read
from amends.language.reply_check import check, parts
from bench.language.nasty import BRIEF, RUNS, checked, milliseconds, of_length

PIECES = st.sampled_from(
    [
        *(
            "the lamp is broken",
            "nobody answered",
            "I was charged twice",
            "refund £49.90",
            "order A-1234",
            "why",
            "danke",
        ),
        *("we are sorry", "sorry if", "our fault", "by Friday", "but", "not", "I will leave", "she said", "never"),
        *("das Paket ist kaputt", "le colis est cassé", "no funciona", "non è arrivato", "On 3 May Tom wrote:"),
        *(
            "> ",
            ">> ",
            "-- ",
            "--",
            "____________",
            "From: a@b.example",
            "To: c",
            "Subject: x",
            "Best regards,",
            "PS: ",
        ),
        *(" ", "\n", "\n\n", "\r\n", "\t", ". ", "! ", "? ", ", ", "; ", ": ", "…", "- ", "• ", "1) "),
        *('"', "“", "”", "„", "«", "»", "'", "’", "(", ")", "[", "{", "}", "*", "_", "#", "@", "%s", "\\", "|"),
        *("\0", "\x1b[31m", "\x85", "\u2028", "\u200b", "\u200d", "\ufeff", "\u202e", "\u0301", "\ud800", "\udfff"),
        *(
            "İ",
            "ß",
            "ﬁ",
            "Ⅷ",
            "²",
            "٣",
            "😡",
            "👩\u200d👧",
            "сломан",
            "壊れた",
            "مكسور",
            "1st of may",
            "31.12.",
            "10:30",
        ),
    ]
)
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=300), st.lists(PIECES, max_size=60).map("".join)
)


def places_are_true(text):
    reading = read(text)
    own = only_new(text, new_words(text))
    assert len(own) == len(text)
    for found in (*reading.issues, *reading.facts):
        assert 0 <= found.start < found.end <= len(text)
        assert found.words == text[found.start : found.end] == own[found.start : found.end]
    assert 0 <= reading.complaint.probability <= 1
    assert 1 <= reading.severity <= 4
    assert 0 <= reading.feeling.strength <= 3
    assert all(words in text for words in (*reading.feeling.words, *reading.questions))


@settings(max_examples=200)
@given(ANY_TEXT)
@example("It is broken.\n> you never answer\nIt is late too.")
@example("The lamp is broken.\n> you never answer\nThe lamp is broken again.")
@example("The lamp is broken\n> you never answer\nand the lamp is broken again.")
def test_any_text_is_read_and_every_place_is_the_persons_own_words(text):
    places_are_true(text)


@settings(max_examples=200)
@given(ANY_TEXT)
def test_any_draft_is_checked_and_every_place_is_in_it(text):
    for found in check(text, BRIEF):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.words == text[found.start : found.end]
        assert "{words}" not in found.advice + found.better or "{words}" in text
    for part in parts(text, BRIEF).values():
        spans = (part.apologise, part.reflect, part.acknowledge, part.remedy, part.prevent)
        assert all(0 <= span.start < span.end <= len(text) for span in spans if span)


@settings(max_examples=100)
@given(ANY_TEXT, ANY_TEXT)
def test_any_complaint_can_be_answered(complaint, draft):
    issues = tuple(
        IssueBrief(at, one.words, one.summary, one.category) for at, one in enumerate(read(complaint).issues)
    )
    check(draft, Brief(issues=issues, customer_text=complaint, customer_name=complaint[:20], public=True))


@pytest.mark.parametrize("kind", RUNS)
def test_eight_times_the_text_takes_about_eight_times_as_long(kind):
    """A quadratic step would make it 64 times as long; `python -m bench.language.nasty` says what 100 kB take."""
    few, many = of_length(kind, 3_000), of_length(kind, 24_000)
    for act in (read, checked):
        assert any(_is_linear(act, few, many) for _ in range(3))


def _is_linear(act, few, many):
    slow = milliseconds(act, many, runs=1)
    return slow < 30 or slow < 24 * milliseconds(act, few)
