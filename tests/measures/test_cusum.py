"""The early warning: run lengths by hand, against a simulation, and the sum week by week."""

from math import exp, lgamma, log

import numpy as np
import pytest

from amends.measures.cusum import RATIO, Watch, reference, run_length, sums, watch
from amends.measures.errors import ChartNeedsMore
from bench.measures.charts import simulated
from tests.measures.weeks import weeks


@pytest.mark.parametrize("mean", [0.3, 1.0, 2.5])
def test_a_run_length_by_hand(mean):
    """k = 1, warning at 1: the sum is 0 until a week brings two or more, so it is 1 / (1 - e^-m (1 + m))."""
    assert run_length(mean, 1.0, 1.0) == pytest.approx(1 / (1 - exp(-mean) * (1 + mean)))


@pytest.mark.parametrize(("mean", "k", "warns_at"), [(2, 2.9, 6), (4, 2.9, 6), (5, 6.15, 8), (7.5, 6.15, 10)])
def test_run_lengths_are_those_of_a_simulation(mean, k, warns_at):
    ended = simulated(np.random.default_rng(1), mean, k, warns_at, 3000)
    error = ended.std() / 3000**0.5
    assert run_length(mean, k, warns_at) == pytest.approx(ended.mean(), abs=4 * error)


def test_the_reference_lies_between_both_means():
    assert reference(5, 1.5) == pytest.approx(2.5 / log(1.5), abs=0.025)


@pytest.mark.parametrize("expected", [2, 5])
def test_the_watch_found_is_the_least_that_keeps_its_promise(expected):
    found = watch(expected)
    less = Watch(expected, RATIO, found.warns_at - 0.05)
    assert less.calm_weeks < 1000 <= found.calm_weeks
    assert found.weeks_to_warn < 25


@pytest.mark.parametrize(("expected", "ratio"), [(100, 4), (20, 3)])
def test_where_one_week_tells_all_it_warns_of_any_excess(expected, ratio):
    """The least sum is enough, and a false warning is a single week above k: its chance added up by hand."""
    found = watch(expected, ratio=ratio)
    k = int(reference(expected, ratio))
    above = sum(exp(count * log(expected) - expected - lgamma(count + 1)) for count in range(k + 1, 5 * k))
    assert found.warns_at == 0.05
    assert found.calm_weeks == pytest.approx(1 / above, rel=1e-9)


def test_what_can_never_be_chance_is_told_without_a_figure():
    assert watch(100, ratio=40).words == (
        "Warns after about 1 week when there are 40 times as many, and falsely less than once in 1,000,000 weeks."
    )


def test_the_longest_run_of_many_is_found():
    """100 a week, a tenth more: nearly a thousand sums have to be looked at, and the one below does not do."""
    found = watch(100, ratio=1.1)
    assert Watch(100, 1.1, found.warns_at - 0.05).calm_weeks < 1000 <= found.calm_weeks


def test_the_sum_by_hand():
    """Expected 2, twice as many sought: k = 2.9. 3, 5, 6: 0.1, 2.2, 5.3, a warning; then it begins anew."""
    told = Watch(2, 2, 5)
    assert sums(told, weeks([3, 5, 6, 4, 0]), rate=2) == pytest.approx((0.1, 2.2, 5.3, 1.1, 0))


def test_a_sum_that_reaches_the_warning_exactly_warns():
    """Ten weeks of 34 in all, less 2.9 each, are 5; as floating numbers they add up to a little less."""
    counts = [4, 3, 3, 3, 4, 4, 2, 2, 4, 5]
    assert sums(Watch(2, 2, 5), weeks([*counts, 4]), rate=2)[-2:] == pytest.approx((5, 1.1))


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
