"""What is heard in a sentence beside the rules: moves in words no list knows, and rules that misheard."""

import pytest

from amends.language.brief import Brief, IssueBrief
from amends.language.ear import deaf, shipped_ears
from amends.language.reply_check import check
from bench.language.sentences import said

LATE = Brief(
    issues=(IssueBrief(1, "the lamp came nine days late", category="delivery"),),
    customer_text="Hello, the lamp came nine days late and nobody told me. Maria",
)


def ids(draft, brief=LATE, **given):
    return {one.id for one in check(draft, brief, **given)}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("C23", "Your satisfaction is what drives all of us here every single day."),
        ("C26", "The answer is no and it stays no."),
        ("C03", "Apologies for the bumpy ride with us."),
    ],
)
def test_a_move_is_heard_in_words_that_are_in_no_list(number, sentence):
    assert number not in ids(sentence, ears=deaf())
    assert number in ids(sentence)


def test_what_the_customer_is_quoted_with_is_not_heard():
    assert "C23" not in ids("You wrote “Your satisfaction is what drives all of us here every single day”.")


def test_the_place_of_a_heard_move_is_its_sentence():
    filler = "Your satisfaction is what drives all of us here every single day."
    found = [one for one in check(f"Dear Maria, the lamp is here. {filler}", LATE) if one.id == "C23"]
    assert [one.words for one in found] == [filler]


def test_prevention_that_is_backed_is_not_remarked_however_it_is_said():
    draft = "From Monday two people look at every parcel before it leaves, so that a lamp does not lie for days."
    backed = Brief(issues=LATE.issues, customer_text=LATE.customer_text, prevention_linked=frozenset({1}))
    assert "C22" not in ids(draft, backed)


def test_without_ears_the_rules_alone_speak():
    draft = "It is only a lamp. Calm down, our policy is our policy."
    assert {"C09"} <= ids(draft, ears=deaf())


def test_every_sentence_of_the_corpus_belongs_to_a_known_move_on_both_sides():
    labelled = {(one.move, one.makes) for one in said()}
    assert {(move, side) for move in shipped_ears("en").table.names for side in (True, False)} <= labelled
    assert {one.language for one in said()} == {"en", "de", "fr", "es"}
