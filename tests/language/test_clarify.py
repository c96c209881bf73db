"""Which facts a complaint leaves open, and the question for each in every language we write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.language.clarify import missing_facts, question_for
from amends.language.issues import CATEGORIES
from amends.language.lexicon import entries
from amends.language.reading import read
from amends.language.tongues import READ_LANGUAGES

FACTS = sorted({fact for _, facts in entries("any", "needed") for fact in facts.split()})


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The lamp is broken.", ("order_number", "photo")),
        ("The lamp of my order LH-48213 is broken.", ("photo",)),
        ("My order LH-48213 should have come on 3 November and is still not here.", ()),
        ("I was charged €89 twice for order LH-48213.", ()),
        ("I was charged twice.", ("order_number", "amount")),
        ("Die Lampe ist kaputt.", ("order_number", "photo")),
        ("Thank you, everything is fine.", ()),
        ("When do you open on Saturday?", ()),
    ],
)
def test_what_a_complaint_does_not_say_is_missing(text, missing):
    assert read(text).missing == missing


@given(st.lists(st.sampled_from(CATEGORIES)), st.frozensets(st.sampled_from(FACTS)))
def test_nothing_given_is_missing_and_nothing_twice(categories, given_facts):
    missing = missing_facts(categories, given_facts)
    assert not given_facts & set(missing)
    assert len(missing) == len(set(missing))
    assert set(missing) == set(missing_facts(categories, ())) - given_facts


@pytest.mark.parametrize("language", sorted(READ_LANGUAGES))
@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_can_be_asked_for_in_every_language(fact, language):
    question = question_for(fact, language)
    assert question.count("?") == 1
    assert language == "en" or question != question_for(fact, "en")


def test_a_language_we_do_not_write_is_asked_in_english():
    assert question_for("date", "it") == question_for("date", "en") != ""
    assert question_for("shoe size", "en") == ""
