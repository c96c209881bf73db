"""What comes first for what went wrong, and that there is always something."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.issue import CATEGORIES
from amends.method.options import ALWAYS, FAILURES, Choice, Place, Repays, rank

REFUND = Choice("refund", "refund", "Refund", repays="money", suits=frozenset({"price_billing"}))
CREDIT = Choice("credit", "credit", "Credit")
EXCHANGE = Choice("exchange", "replacement", "A new one", repays="product")
AGAIN = Choice("again", "redelivery", "Done again", repays="performance")
FIRST = Choice("first", "expedite", "First in the queue", repays="time")
CALL = Choice("lead-call", "call", "A call", repays="attention")
SHELF = (REFUND, CREDIT, EXCHANGE, AGAIN, FIRST, CALL)

CHOICES = st.lists(
    st.builds(
        Choice,
        key=st.sampled_from("abcdefgh"),
        kind=st.sampled_from(["refund", "credit", "replacement", "goodwill", *ALWAYS]),
        name=st.sampled_from(["One", "Two", "Three"]),
        repays=st.sampled_from(["", *Repays]),
        suits=st.frozensets(st.sampled_from(sorted(CATEGORIES))),
        entitlement=st.booleans(),
    ),
    unique_by=lambda choice: choice.key,
    max_size=8,
)
WHAT = st.frozensets(st.sampled_from(sorted(CATEGORIES)), max_size=3)
FAILED = st.frozensets(st.sampled_from(["refund", "credit", "explanation"]), max_size=2)


def test_every_category_has_its_failure_type():
    assert set(FAILURES) == set(CATEGORIES)


@pytest.mark.parametrize(
    ("category", "first", "reason"),
    [
        ("price_billing", REFUND, "Repays money in money"),
        ("product_quality", EXCHANGE, "Repays product in product"),
        ("service_received", AGAIN, "Repays performance in performance"),
        ("delivery", FIRST, "Repays time in time"),
    ],
)
def test_what_was_taken_is_given_back_in_kind_first(category, first, reason):
    best = rank(SHELF, frozenset({category}))[0]
    assert (best.choice, best.reason) == (first, reason)


def test_credit_stands_in_where_a_match_is_impossible():
    second = rank((CREDIT, AGAIN), frozenset({"price_billing"}))[0]
    assert (second.choice, second.place) == (CREDIT, Place.NEXT_BEST)


def test_what_is_owed_anyway_comes_before_everything():
    owed = replace(REFUND, key="owed", name="Zero", entitlement=True)
    assert rank((*SHELF, owed), frozenset({"price_billing"}))[0].choice == owed


def test_what_failed_before_is_not_first_again():
    ranked = rank(SHELF, frozenset({"price_billing"}), failed=frozenset({"refund"}))
    assert ranked[0].choice == CREDIT
    assert ranked[-1].choice == REFUND
    assert "did not hold" in ranked[-1].reason


@given(CHOICES, WHAT, FAILED)
def test_there_is_always_something_to_offer_and_nothing_is_left_out(choices, categories, failed):
    ranked = rank(choices, categories, failed)
    assert set(ALWAYS) <= {one.choice.kind for one in ranked}
    assert set(choices) <= {one.choice for one in ranked}
    assert all(one.reason for one in ranked)
    assert ranked[0].choice.kind not in failed


@given(CHOICES, WHAT, FAILED, st.randoms())
def test_the_order_does_not_depend_on_how_the_catalogue_is_sorted(choices, categories, failed, random):
    shuffled = list(choices)
    random.shuffle(shuffled)
    assert rank(shuffled, categories, failed) == rank(choices, categories, failed)


@given(CHOICES, WHAT)
def test_repaid_in_kind_is_never_behind_what_merely_suits(choices, categories):
    places = [one.place for one in rank(choices, categories)]
    assert places == sorted(places)
