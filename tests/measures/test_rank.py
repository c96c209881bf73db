"""The rank correlation against a published example and a simulation of its interval."""

from math import asin, inf, pi, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.rank import rank_correlation

# Hours of television and IQ of ten people, the example of the encyclopaedias: 1 - 6 * 194 / (10 * 99) = -29/165.
TELEVISION = [(106, 7), (100, 27), (86, 2), (101, 50), (99, 28), (103, 29), (97, 20), (113, 12), (112, 6), (110, 17)]


def test_the_published_example():
    assert rank_correlation("x", TELEVISION).value == pytest.approx(-29 / 165)


def test_ties_share_their_mean_rank():
    """Ranks 1.5, 1.5, 3, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5)."""
    assert rank_correlation("x", [(1, 1), (1, 2), (2, 3), (3, 4)]).value == pytest.approx(4.5 / sqrt(4.5 * 5))


def test_where_one_side_is_alike_nothing_is_known():
    found = rank_correlation("x", [(1, other) for other in range(30)])
    assert (found.value, found.low, found.high) == (0, -1, 1)


def test_below_twenty_there_is_no_number():
    words = rank_correlation("Together", [(n, n * 7 % 5) for n in range(19)]).words
    assert words == "Together: too few to tell, 19 of the 20 people needed."


@pytest.mark.parametrize("r", [0.0, 0.5, 0.8])
def test_the_interval_holds_the_truth_in_about_95_of_100(r):
    """Pairs of normals with correlation r have the rank correlation 6/pi * asin(r/2)."""
    truth, dice, held, times = 6 / pi * asin(r / 2), Random(7), 0, 1500
    for _ in range(times):
        firsts = [dice.gauss(0, 1) for _ in range(25)]
        pairs = [(one, r * one + sqrt(1 - r * r) * dice.gauss(0, 1)) for one in firsts]
        found = rank_correlation("x", pairs)
        held += found.low <= truth <= found.high
    assert 0.93 <= held / times <= 0.97


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=4, max_size=40))
def test_it_lies_within_its_interval_and_the_scale_and_turns_with_a_side(pairs):
    found, turned = rank_correlation("x", pairs), rank_correlation("x", [(one, -other) for one, other in pairs])
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert found.value == pytest.approx(-turned.value)
    assert found.high < inf
