"""Times: published ranks, waits that go on, and the promise of the interval in a simulation."""

from datetime import timedelta
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.times import quantile, ranks, times
from amends.method.waits import Wait

HOUR = timedelta(hours=1)


def ended(*hours):
    return [Wait(one * HOUR) for one in hours]


@pytest.mark.parametrize(("of", "first", "last"), [(10, 2, 9), (20, 6, 15), (30, 10, 21), (100, 40, 61)])
def test_published_ranks_of_the_median(of, first, last):
    """The ordered values that bound a median at 95 % or more, as tables of the sign test give them."""
    assert ranks(of, 0.5) == (first, last)


def test_too_few_cannot_bound_nine_in_ten():
    """1 - 0.9^n reaches 0.975 only at 36 waits."""
    assert [ranks(of, 0.9)[1] > of for of in (35, 36)] == [True, False]
    assert quantile("Nine in ten", ended(*range(1, 31)), 0.9).high == inf


def test_times_by_hand():
    found = times(ended(*range(1, 21)), target=15 * HOUR)
    assert (found.median.value, found.median.low, found.median.high) == (10, 6, 15)
    assert (found.p90.value, found.within.value, found.undecided) == (18, 0.75, 0)
    assert found.median.words == "Half take at most: 10.0 hours (6.0 hours to 15.0 hours), from 20 waits."


def test_a_wait_that_goes_on_is_missed_past_the_target_and_undecided_before():
    waits = [*ended(1, 2, 3), Wait(9 * HOUR, over=False), Wait(2 * HOUR, over=False)]
    found = times(waits, target=4 * HOUR)
    assert (found.within.value, found.within.n, found.undecided) == (0.75, 4, 1)


def test_while_most_still_wait_the_middle_is_not_known():
    waits = [*ended(1, 2), *[Wait(5 * HOUR, over=False)] * 20]
    found = quantile("Half take at most", waits, 0.5)
    assert (found.value, found.high) == (inf, inf)
    assert found.words.startswith("Half take at most: not yet known (5.0 hours or more)")


waits = st.builds(Wait, st.integers(0, 500).map(lambda one: one * HOUR), st.booleans())


@given(st.lists(waits, max_size=80), st.sampled_from([0.5, 0.9]))
def test_the_value_lies_in_its_interval_whatever_still_goes_on(some, part):
    found = quantile("Time", some, part)
    assert 0 <= found.low <= found.value <= found.high


@given(st.lists(waits, min_size=1, max_size=60), st.integers(0, 500))
def test_how_the_open_ones_end_cannot_leave_the_interval(some, more):
    """Let each wait that goes on last some hours more: the median found then lies between the ends found today."""
    today = quantile("Time", some, 0.5)
    then = quantile("Time", [Wait(one.span + (0 if one.over else more) * HOUR) for one in some], 0.5)
    assert today.low <= then.value <= today.high


def test_the_interval_covers_the_true_median():
    """Exponential waits of 10 hours in the mean, 25 of them, 2,000 times: ln 2 * 10 lies inside 95 times in 100."""
    chance = Random(2)
    covered = 0
    first, last = ranks(25, 0.5)
    for _ in range(2000):
        drawn = sorted(chance.expovariate(0.1) for _ in range(25))
        covered += drawn[first - 1] <= 6.931 <= drawn[last - 1]
    assert 0.945 <= covered / 2000 <= 0.975
