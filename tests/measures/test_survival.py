"""Kaplan-Meier and log-rank on the trial of Freireich 1963, whose figures stand in every textbook."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.survival import Life, log_rank, stayed_for, survival

TREATED = [
    *(Life(week, True) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
    *(Life(week, False) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
]
PLACEBO = [Life(week, True) for week in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


def test_the_published_curve_and_its_standard_errors():
    rows = [(one.day, round(one.stayed, 3), round(one.stayed * sqrt(one.spread), 4)) for one in survival(TREATED)]
    assert rows == [
        (6, 0.857, 0.0764),
        (7, 0.807, 0.0869),
        (10, 0.753, 0.0963),
        (13, 0.690, 0.1068),
        (16, 0.627, 0.1141),
        (22, 0.538, 0.1282),
        (23, 0.448, 0.1346),
    ]


def test_the_published_interval():
    """At week 6: 0.620 to 0.952 on the log-log scale."""
    found = stayed_for(TREATED, 6)
    assert (round(found.low, 3), round(found.high, 3)) == (0.620, 0.952)


def test_the_published_log_rank_test():
    """Chi-square 16.79; 19.25 departures expected in the treated group."""
    found = log_rank(TREATED, PLACEBO)
    assert (round(found.statistic, 2), round(found.expected, 2)) == (16.79, 19.25)
    assert found.p == pytest.approx(4.2e-5, rel=0.02)


def test_nobody_gone_is_not_certainty():
    """20 people, none left: Wilson's interval for 20 of 20 begins at 0.839."""
    found = stayed_for([Life(400, False)] * 20, 365)
    assert (found.value, round(found.low, 3), found.high) == (1, 0.839, 1)


def test_who_was_not_followed_so_long_does_not_count():
    found = stayed_for([Life(30, False)] * 100, 90)
    assert (found.n, found.can_tell) == (0, False)


lives = st.lists(st.builds(Life, st.integers(0, 400), st.booleans()), min_size=1, max_size=60)


@given(lives, st.integers(0, 400))
def test_the_share_lies_in_its_interval_and_never_rises(some, day):
    found = stayed_for(some, day)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
    assert stayed_for(some, day + 30).value <= found.value + 1e-12


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.integers(0, 400))
def test_when_all_left_it_is_the_plain_share(days, day):
    found = stayed_for([Life(one, True) for one in days], day)
    assert found.value == pytest.approx(sum(one > day for one in days) / len(days))


@given(lives, lives)
def test_it_does_not_matter_which_group_comes_first(one, other):
    assert log_rank(one, other).statistic == pytest.approx(log_rank(other, one).statistic)
