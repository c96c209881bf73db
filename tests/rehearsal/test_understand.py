"""What a trainee's free words are taken for, in a scenario that ships: the move, the issue and the place."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.rehearsal.moves import SAYABLE, Move
from amends.rehearsal.scene import Scene
from amends.rehearsal.shelf import scenarios
from amends.rehearsal.understand import understand
from tests.language.test_any_text import ANY_TEXT

SCENE = Scene(
    scenarios()["retail-late-present"],
    "It came five days late. And three times your people told me it was out for delivery!",
    told=("The telescope came five days after her birthday, for the second year running.",),
    raised=("late", "told_wrong"),
    to_come=("no_clamp",),
)
FAST_ENOUGH = 50
"""Milliseconds for a turn of about sixty words, with room for a slow machine."""

ONE_MOVE = {
    "Please go on, I'm listening.": Move.LISTEN,
    "Hold on, hold on. Can we keep this short, I have other callers waiting.": Move.INTERRUPT,
    "The telescope came five days after her birthday, and that for the second year.": Move.REFLECT,
    "So the bicycle came with a flat tyre and no bell?": Move.REFLECT_WRONG,
    "That must have been heartbreaking for her, and you have every right to be angry.": Move.ACK_FEELING,
    "I'm sorry that we brought the telescope after her birthday.": Move.APOLOGISE,
    "We apologise for any inconvenience caused.": Move.APOLOGISE_GENERIC,
    "I'm sorry if you feel let down.": Move.NON_APOLOGY,
    "We were short-staffed before the holidays, these things happen.": Move.EXCUSE,
    "You should have read the delivery terms before you ordered.": Move.BLAME_CUSTOMER,
    "That is the courier's fault, not ours.": Move.BLAME_OTHER,
    "Is there another day on which she would like to show it to her friends?": Move.QUESTION,
    "Could you tell me your order number again?": Move.ASK_REPEAT,
    "The depot lost the express label when the parcels were re-sorted.": Move.EXPLAIN,
    "I can refund the express fee and part of the telescope's price.": Move.OFFER_ONE,
    "I can refund the express fee, or send a note to the girl herself with part of the price.": Move.OFFER_OPTIONS,
    "I can give you a voucher for the toy department.": Move.OFFER_MISMATCH,
    "And as a small thank-you from us there is a star map in the post.": Move.GOODWILL,
    "This will never happen again, I guarantee it one hundred percent.": Move.OVERPROMISE,
    "Orla Keane will call the depot and write to you by noon tomorrow.": Move.COMMIT,
    "Somebody will get back to you as soon as possible.": Move.VAGUE_COMMIT,
    "From Monday every express parcel carries a second label.": Move.PREVENT,
    "We take your feedback seriously and will try to do better in future.": Move.PREVENT_VAGUE,
    "No. That is our policy and there is nothing I can do.": Move.REFUSE_FLAT,
    "I cannot name the worker, because the depot records scans, not people; I can show you those.": Move.REFUSE_FAIR,
    "That's another department, you will have to call the depot.": Move.TRANSFER_COLD,
    "I'm fetching Ms Keane, our manager, and telling her everything, so you won't repeat it.": Move.ESCALATE_WARM,
    "Per the SLA the ticket goes to tier 2.": Move.JARGON,
    "Does that put it right for you?": Move.CHECK_AGREE,
    "Thank you for telling me.": Move.THANK,
    "I want to help, but please stop insulting me.": Move.BOUNDARY,
    "On Friday at ten I'll ring you to check that everything has arrived.": Move.FOLLOW_UP,
}


def heard(text: str, scene: Scene = SCENE) -> set[Move]:
    return {one.move for one in understand(text, scene).moves}


@pytest.mark.parametrize(("text", "move"), ONE_MOVE.items(), ids=[move.value for move in ONE_MOVE.values()])
def test_each_move_is_heard(text, move):
    assert move in heard(text)


def test_every_move_that_can_be_said_has_its_example():
    assert set(ONE_MOVE.values()) == set(SAYABLE)


def test_several_moves_are_heard_in_reading_order_with_their_places():
    text = (
        "The telescope came after her birthday, for the second year. I'm sorry for that, it was our mistake."
        " I can refund the express fee, or send a note to her. Which would you rather have?"
    )
    found = understand(text, SCENE).moves
    assert [one.move for one in found] == [Move.REFLECT, Move.APOLOGISE, Move.OFFER_OPTIONS, Move.CHECK_AGREE]
    assert text[found[1].start : found[1].end] == "I'm sorry for that, it was our mistake."


def test_each_apology_goes_to_the_issue_it_names():
    text = "I'm sorry that her birthday present came late. I'm sorry that we told you wrong three times on the phone."
    sorry = [one.issue for one in understand(text, SCENE).moves if one.move is Move.APOLOGISE]
    assert sorry == ["late", "told_wrong"]


def test_sorry_for_both_is_sorry_for_each_that_was_brought_up():
    sorry = [one.issue for one in understand("I'm sorry for both.", SCENE).moves]
    assert sorry == ["late", "told_wrong"]


def test_a_change_goes_to_the_issue_it_is_the_change_of():
    text = "The screen now shows the last real scan with its hour."
    assert [(one.move, one.issue) for one in understand(text, SCENE).moves] == [(Move.PREVENT, "told_wrong")]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "asdf jkl qwer", "🙂🙂🙂", "....", "12345", "\u202e\0\ud800"])
def test_nonsense_makes_no_move(text):
    understood = understand(text, SCENE)
    assert understood.moves == ()
    assert not understood.hostile


def test_words_that_attack_the_customer_are_hostile():
    assert understand("Oh shut up, you stupid woman.", SCENE).hostile
    assert not understand("It was stupid of us to trust that screen.", SCENE).hostile


def test_another_language_is_not_read_and_says_so():
    understood = understand("Das Paket kam leider zu spät, das war unser Fehler und es tut uns sehr leid.", SCENE)
    assert not understood.checked
    assert understood.moves == ()


def test_words_without_their_apostrophes_are_heard_alike():
    assert heard("I cant refund it and I wont, thats our policy.") == heard(
        "I can't refund it and I won't, that's our policy."
    )


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_understood_and_every_place_is_in_it(text):
    issues = {None, *SCENE.raised, *SCENE.to_come}
    understood = understand(text, SCENE)
    for one in understood.moves:
        assert 0 <= one.start < one.end <= len(text)
        assert one.issue in issues
        assert one.move in SAYABLE
    assert len({(one.move, one.issue) for one in understood.moves}) == len(understood.moves)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(ONE_MOVE)), min_size=1, max_size=6).map(" ".join))
def test_any_mixture_of_moves_is_understood_twice_alike(text):
    assert understand(text, SCENE) == understand(text, SCENE)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["sorry if you feel ", "you said that we will ring you by noon ", "a", "Why? ", "'"])
def test_a_hundred_kilobytes_take_seconds_at_most(piece):
    began = time.process_time()
    understand(piece * (100_000 // len(piece)), SCENE)
    assert time.process_time() - began < 40


def test_sixty_words_are_understood_at_once():
    text = " ".join(list(ONE_MOVE)[i] for i in (2, 5, 14, 21, 31))
    understand(text, SCENE)
    took = []
    for _ in range(5):
        began = time.process_time()
        understand(text, SCENE)
        took.append(time.process_time() - began)
    assert min(took) * 1000 < FAST_ENOUGH
