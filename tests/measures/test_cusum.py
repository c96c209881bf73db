"""The early warning: run lengths by hand, against a simulation, and the sum week by week."""

from math import exp, log

import numpy as np
import pytest

from amends.measures.cusum import RATIO, Watch, reference, run_length, sums, watch
from amends.measures.errors import ChartNeedsMore
from tests.measures.weeks import weeks


@pytest.mark.parametrize("mean", [0.3, 1.0, 2.5])
def test_a_run_length_by_hand(mean):
    """k = 1, warning at 1: the sum is 0 until a week brings two or more, so it is 1 / (1 - e^-m (1 + m))."""
    assert run_length(mean, 1.0, 1.0) == pytest.approx(1 / (1 - exp(-mean) * (1 + mean)))


def simulated(mean, k, warns_at, runs):
    chance = np.random.default_rng(1)
    so_far, ended, week = np.zeros(runs), np.zeros(runs), 0
    going = np.arange(runs)
    while len(going):
        week += 1
        so_far[going] = np.maximum(0, so_far[going] + chance.poisson(mean, len(going)) - k)
        over = so_far[going] >= warns_at - 1e-9
        ended[going[over]] = week
        going = going[~over]
    return ended.mean(), ended.std() / runs**0.5


@pytest.mark.parametrize(("mean", "k", "warns_at"), [(2, 2.9, 6), (4, 2.9, 6), (5, 6.15, 8), (7.5, 6.15, 10)])
def test_run_lengths_are_those_of_a_simulation(mean, k, warns_at):
    seen, error = simulated(mean, k, warns_at, 3000)
    assert run_length(mean, k, warns_at) == pytest.approx(seen, abs=4 * error)


def test_the_reference_lies_between_both_means():
    assert reference(5, 1.5) == pytest.approx(2.5 / log(1.5), abs=0.025)


@pytest.mark.parametrize("expected", [2, 5])
def test_the_watch_found_is_the_least_that_keeps_its_promise(expected):
    found = watch(expected)
    less = Watch(expected, RATIO, found.warns_at - 0.05)
    assert less.calm_weeks < 1000 <= found.calm_weeks
    assert found.weeks_to_warn < 25


def test_the_sum_by_hand():
    """Expected 2, twice as many sought: k = 2.9. 3, 5, 6: 0.1, 2.2, 5.3, a warning; then it begins anew."""
    told = Watch(2, 2, 5)
    assert sums(told, weeks([3, 5, 6, 4, 0]), rate=2) == pytest.approx((0.1, 2.2, 5.3, 1.1, 0))


def test_a_week_of_half_the_orders_takes_half_off():
    assert sums(Watch(2, 2, 5), weeks([3], exposure=0.5), rate=2) == pytest.approx((3 - 1.45,))


def test_its_promise_in_words():
    assert watch(5).words.startswith(
        "Warns after about 10 weeks when there are 1.5 times as many, and falsely once in 1,"
    )


@pytest.mark.parametrize(
    ("expected", "ratio", "way"), [(5, 1.0, "above 1"), (0, 1.5, "above 1"), (50, 1.01, "greater")]
)
def test_what_cannot_be_watched_is_refused(expected, ratio, way):
    with pytest.raises(ChartNeedsMore, match=way):
        watch(expected, ratio=ratio)


def test_a_rare_cause_can_be_watched():
    assert watch(0.02, ratio=3).calm_weeks >= 1000
