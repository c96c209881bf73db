"""Several messages are one account: read whole, each issue in its own message, and nothing told twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.language.account import LONGEST, read_account, says_again
from amends.language.reading import read

LATE = "My order arrived nine days late, after the birthday it was meant for."
TWICE = "Now I see you have charged me €89 twice."
RUDE = "And the woman on the phone was rude to me and hung up."
QUOTED = f"\n\nOn Monday Tom wrote:\n> {TWICE}\n"


def test_what_went_wrong_is_found_in_the_message_it_was_told_in():
    texts = [LATE + "\n\n-- \nMaria", TWICE + QUOTED, RUDE]
    _, told = read_account(texts)
    assert [one.message for one in told] == [0, 1, 2]
    for one in told:
        assert one.issue.words == texts[one.message][one.issue.start : one.issue.end] != ""


def test_an_account_is_as_serious_as_what_it_says_as_a_whole():
    texts = ["It arrived late.", "This is the third time.", "I will go to my lawyer."]
    reading, _ = read_account(texts)
    assert reading.threats == ("legal",)
    assert reading.severity >= max(read(text).severity for text in texts)


def test_one_message_is_read_as_it_is():
    text = f"{LATE} {TWICE}"
    reading, told = read_account([text])
    assert reading == read(text)
    assert tuple(one.issue for one in told) == reading.issues


@given(st.lists(st.sampled_from([LATE, TWICE, RUDE, "Hello?", "", "> quoted", "ok\n\n--\nM"]), min_size=1, max_size=6))
def test_each_place_lies_inside_its_message(texts):
    _, told = read_account(texts)
    for one in told:
        assert one.issue.words == texts[one.message][one.issue.start : one.issue.end]


def test_a_flood_is_read_from_its_newest_message_back():
    texts = [LATE, "x" * (LONGEST - 10), TWICE]
    _, told = read_account(texts)
    assert [one.message for one in told] == [2]


@pytest.mark.parametrize(
    ("words", "again"),
    [
        ("Nine days late!!", True),
        ("As I said, my order arrived nine days late.", True),
        ("My lamp arrived with a broken shade.", False),
        ("You charged me twice for the delivery of the order.", False),
        ("...", False),
    ],
)
def test_a_repetition_is_known_and_a_new_thing_is_new(words, again):
    assert says_again(words, [LATE], "en") is again
