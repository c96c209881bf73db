"""Shares of small numbers: the Wilson interval against its definition, and the sentence that says too few."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.rates import Rate, base_rate_words, wilson

counts = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts)
def test_the_ends_solve_the_score_equation(pair):
    """The interval holds the shares p with |k/n - p| = z * sqrt(p (1-p) / n): Wilson 1927, not the code's formula."""
    count, of = pair
    for end in wilson(count, of):
        if 0 < end < 1:
            assert isclose((count / of - end) ** 2, 1.959964**2 * end * (1 - end) / of, rel_tol=1e-6, abs_tol=1e-12)


@given(counts)
def test_the_share_lies_inside_and_the_interval_inside_nought_and_one(pair):
    rate = Rate(*pair)
    assert 0 <= rate.low <= rate.share <= rate.high <= 1


def test_nothing_counted_says_nothing():
    assert (Rate(0, 0).low, Rate(0, 0).high, Rate(0, 0).share) == (0, 1, 0)


def test_a_published_example():
    """Wilson 95 % of 81 in 263: 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(
    ("count", "of", "sentence"),
    [
        (0, 0, "Too few to tell how often it was our fault: 0 decisions about delivery in the last 12 months."),
        (1, 1, "Too few to tell how often it was our fault: 1 decision about delivery in the last 12 months."),
        (9, 9, "Too few to tell how often it was our fault: 9 decisions about delivery in the last 12 months."),
        (
            42,
            50,
            "Of 50 decisions of this team about delivery in the last 12 months, 42 found the fault with us, wholly or "
            "partly.",
        ),
    ],
)
def test_the_nudge_gives_its_number_or_says_too_few(count, of, sentence):
    assert base_rate_words(Rate(count, of), "delivery") == sentence
