"""Charts: limits against published and simulated figures, by hand, and what holds for all."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.control_chart import (
    ALPHA,
    Chart,
    Sign,
    chart_for,
    gap_chart,
    gap_limit,
    limits,
    nought_run,
    predicted_gap_limit,
    rate_chart,
    scatter,
)
from amends.measures.errors import ChartNeedsMore, ImpossibleCount
from amends.measures.weeks import Week, spread
from tests.measures.weeks import MONDAY, weeks


def test_the_exact_limit_of_rare_events():
    """One bad in a hundred: 657 good ones in a row (ln 0.00135 / ln 0.99); mean + 3 sigma would be 398."""
    assert int(gap_limit(0.01)) == 657
    assert gap_limit(0.01) == pytest.approx(log(0.00135) / log(0.99))


def test_a_long_baseline_predicts_the_exact_limit_and_a_short_one_is_careful():
    assert predicted_gap_limit([99] * 100_000) == pytest.approx(gap_limit(0.01), abs=1)
    assert predicted_gap_limit([99] * 12) > 1.2 * gap_limit(0.01)


def test_the_predictive_limit_is_that_of_a_mixture():
    """16 in 8 weeks: rates drawn from a gamma(16.5, 8), counts from each; above the limit lie at most alpha."""
    chance = np.random.default_rng(1)
    counts = chance.poisson(chance.gamma(16.5, 1 / 8, 2_000_000))
    low, high = limits(16, 8, 1)
    assert (counts > high).mean() <= ALPHA < (counts > high - 1).mean()
    assert (counts < low).mean() <= ALPHA


def test_limits_grow_with_the_exposure_to_come_and_tighten_with_what_is_known():
    assert limits(80, 8, 2)[1] > limits(80, 8, 1)[1]
    assert limits(800, 80, 1)[1] < limits(80, 8, 1)[1]
    assert limits(80, 8, 1, phi=2)[1] > limits(80, 8, 1)[1]


@given(st.integers(0, 500), st.floats(0.5, 100), st.floats(0.1, 100))
def test_what_the_baseline_leads_to_expect_is_usual(count, exposure, to_come):
    low, high = limits(count, exposure, to_come)
    assert low <= count / exposure * to_come <= high + 1


def test_each_week_has_its_own_limits():
    baseline = weeks([5] * 12, exposure=100)
    usual, busy, high = rate_chart(baseline, [Week(MONDAY, 5, 100), Week(MONDAY, 16, 300), Week(MONDAY, 16, 100)])
    assert [one.sign for one in (usual, busy, high)] == [Sign.USUAL, Sign.USUAL, Sign.HIGH]
    assert high.words == f"16 in the week of 2025-01-06: more than chance explains (0 to {high.high} would be usual)."


def test_a_great_fall_is_a_sign_too():
    assert rate_chart(weeks([20] * 12), weeks([3]))[0].sign is Sign.LOW


def test_scattered_weeks_widen_the_limits_and_few_weeks_do_not():
    """10 and 30 by turns about 20: chi-square 12 * 100 / 20 = 60, over 11 degrees of freedom 5.45."""
    assert spread(weeks([10, 30] * 6)) == pytest.approx(60 / 11)
    assert scatter(weeks([10, 30] * 6)) == pytest.approx(60 / 11)
    assert scatter(weeks([10, 30] * 5)) == 1


def test_which_chart_suits():
    assert (chart_for(weeks([2] * 12)), chart_for(weeks([1, 2] * 6))) == (Chart.RATES, Chart.RARE)


def test_a_run_without_a_gap_is_worse_and_a_long_gap_better():
    """One bad in ten: three in a row have a chance of 0.001, below 0.00135; two of 0.01."""
    assert nought_run(0.1) == 3
    assert gap_chart([9] * 20, [4, 0, 0, 0, 7, 150]) == (
        Sign.USUAL,
        Sign.USUAL,
        Sign.USUAL,
        Sign.LOW,
        Sign.USUAL,
        Sign.HIGH,
    )


def test_too_short_a_baseline_is_refused_with_what_is_missing():
    with pytest.raises(ChartNeedsMore, match="Come back in 3 weeks"):
        rate_chart(weeks([5] * 5), weeks([5]))
    with pytest.raises(ChartNeedsMore, match="needs 8 gaps"):
        predicted_gap_limit([5] * 7)


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1), (3, 0)])
def test_an_impossible_week_is_refused(count, exposure):
    with pytest.raises(ImpossibleCount, match="leave out weeks"):
        Week(MONDAY, count, exposure)
