"""A guess from what was named before: the nearest decide, and where they do not agree there is none."""

from hypothesis import given
from hypothesis import strategies as st

from amends.language.alike import SURE, Named, guess

VAN, BANK = 1, 2
BEFORE = [
    Named(VAN, 11, "The driver came two days late", ("delivery",)),
    Named(VAN, 12, "The driver never rang and was late", ("delivery",)),
    Named(BANK, 21, "My card was charged twice", ("price",)),
    Named(BANK, 22, "They charged the card a second time", ("price",)),
]


def test_the_nearest_decide_and_are_named():
    found = guess("The driver was late", ("delivery",), BEFORE)
    assert found is not None
    assert found.of == VAN
    assert set(found.like) == {11, 12}
    assert found.share >= SURE


def test_a_definition_speaks_for_a_cause_and_is_no_earlier_issue():
    found = guess("charged twice by card", (), [Named(BANK, 0, "The card is charged twice"), *BEFORE[:2]])
    assert found is not None
    assert (found.of, found.like) == (BANK, ())


def test_no_guess_where_nothing_is_near_or_the_near_disagree():
    assert guess("Everything else", (), BEFORE) is None
    assert guess("", (), BEFORE) is None
    assert guess("The driver was late", (), []) is None
    split = [Named(VAN, 1, "the parcel was wet"), Named(BANK, 2, "the parcel was wet")]
    assert guess("the parcel was wet", (), split) is None


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(1, 3), st.text(max_size=40)), max_size=12))
def test_any_text_is_a_guess_among_what_is_known_or_none(words, rows):
    named = [Named(of, number, text) for number, (of, text) in enumerate(rows, 1)]
    found = guess(words, (), named)
    assert found is None or (found.of in {one.of for one in named} and SURE <= found.share <= 1.0001)
