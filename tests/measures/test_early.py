"""The early warning of a watched change: since when, how seldom it is wrong, and when it keeps silent."""

from datetime import date, timedelta
from math import sqrt

import numpy as np

from amends.measures.early import begun, early_warning
from amends.measures.snapshot import Snapshot
from amends.measures.weeks import Week

MONDAY = date(2026, 3, 2)
CALM = [10, 9, 11, 10, 12, 8, 10, 9, 11, 10, 10, 10]


def weeks(counts, first=MONDAY):
    return tuple(Week(first + timedelta(weeks=at), count, 1000.0) for at, count in enumerate(counts))


def snapshot(before, after):
    change = MONDAY + timedelta(weeks=len(before))
    return Snapshot(
        cause="Late",
        counted_in="orders",
        weeks=weeks([*before, *after]),
        effective_on=change,
        review_on=change + timedelta(weeks=104),
        taken_on=change + timedelta(weeks=len(after)),
    )


def test_it_names_the_week_from_which_more_came():
    said = early_warning(snapshot(CALM, [10, 8, 9, 18, 20, 19]))
    assert said.startswith("An early warning: more came than before, since about the week of 15 June 2026. Warns after")
    assert "falsely once in 1," in said


def test_as_many_as_before_or_fewer_warn_of_nothing():
    assert early_warning(snapshot(CALM, CALM)) == ""
    assert early_warning(snapshot(CALM, [3] * 12)) == ""


def test_too_short_empty_or_scattered_a_time_before_keeps_silent():
    assert early_warning(snapshot(CALM[:7], [40] * 6)) == ""
    assert early_warning(snapshot([0] * 12, [40] * 6)) == ""
    assert early_warning(snapshot([1, 30, 2, 25, 0, 28, 1, 33, 2, 27, 1, 30], [60] * 6)) == ""


def test_the_rise_begins_after_the_last_calm_week_or_the_last_warning():
    shown = weeks([0] * 6)
    assert begun([0, 2, 5, 9, 0, 1], shown, 8) == shown[1].starts_on
    assert begun([3, 9, 4, 9], weeks([0] * 4), 8) == shown[2].starts_on
    assert begun([3, 5, 9], weeks([0] * 3), 8) == shown[0].starts_on
    assert begun([1, 2, 0], weeks([0] * 3), 8) is None


def test_how_often_it_is_wrong_in_half_a_year_of_calm():
    """Where what is usual is known, at most 26 in 1,000: once in 1,000 weeks; three standard errors of the runs."""
    draw = np.random.default_rng(5)
    runs, most = 800, 26 / 1000
    wrong = sum(early_warning(snapshot([10] * 12, draw.poisson(10, 26))) != "" for _ in range(runs))
    assert wrong / runs <= most + 3 * sqrt(most * (1 - most) / runs)
