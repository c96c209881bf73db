"""Agreement of coders and the lower bound of the unheard, on published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.errors import ImpossibleCount
from amends.measures.iceberg import iceberg
from amends.measures.kappa import coded_alike, kappa

DIAGNOSES = [
    *[("psychotic", "psychotic")] * 75,
    *[("psychotic", "neurotic")] * 1,
    *[("psychotic", "organic")] * 4,
    *[("neurotic", "psychotic")] * 5,
    *[("neurotic", "neurotic")] * 4,
    *[("neurotic", "organic")] * 1,
    *[("organic", "organic")] * 10,
]


def test_a_published_kappa():
    """100 diagnoses by two raters: kappa 0.68 (Fleiss, Statistical methods for rates and proportions, ch. 18).

    89 are alike, 0.66 would be by chance; Wilson's interval of 89 in 100 is 0.8137 to 0.9375, less 0.66, over 0.34.
    """
    found = kappa(DIAGNOSES)
    assert round(found.value, 2) == 0.68
    assert (found.low, found.high) == pytest.approx(((0.8137 - 0.66) / 0.34, (0.9375 - 0.66) / 0.34), abs=2e-3)
    assert found.words.startswith("Agreement beyond chance (kappa): 0.68 (0.45 to 0.82), from 100 issues")


def test_kappa_by_hand():
    """20, 5, 10, 15 of 50: alike 0.7, by chance 0.5, so 0.4."""
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs).value == pytest.approx(0.4)


def test_one_name_alone_says_nothing():
    assert (kappa([("a", "a")] * 40).low, kappa([]).high) == (-1, 1)


def test_lists_of_unequal_length_are_refused():
    with pytest.raises(ImpossibleCount, match="One coder named 2"):
        coded_alike(["a", "b"], ["a"])


names = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=80)


@given(names)
def test_kappa_lies_in_its_interval_and_does_not_ask_who_came_first(pairs):
    found, back = kappa(pairs), kappa([(two, one) for one, two in pairs])
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (found.value, found.low) == pytest.approx((back.value, back.low))


def test_a_published_count_of_the_unseen():
    """10 and 15 turtles, 5 of them both times: 28, and 22 to 65 (Chapman's estimator with Sadinle's interval)."""
    found = iceberg(10, 15, 5)
    assert (int(found.value), round(found.low), round(found.high)) == (28, 22, 65)
    assert not found.can_tell


def test_the_bound_is_named_as_one():
    assert iceberg(100, 80, 20).words.startswith("Affected, at least: 389 (")


def test_more_by_both_than_by_one_is_refused():
    with pytest.raises(ImpossibleCount, match="Count again"):
        iceberg(3, 9, 4)


@given(st.integers(0, 300), st.integers(0, 300), st.data())
def test_there_are_never_fewer_than_were_heard(one, other, data):
    both = data.draw(st.integers(0, min(one, other)))
    found = iceberg(one, other, both)
    heard = one + other - both
    assert heard - 1 <= found.low <= found.value + 1e-9
    assert heard - 1e-9 <= found.value <= found.high + 1e-9
