"""Pareto: shares, intervals by count and by weight, and ranks that are only sure when they are."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.pareto import heap, pareto
from amends.method.rates import wilson


def counted(**counts):
    return pareto([heap(cause, [1] * count) for cause, count in counts.items()])


def test_by_count_the_interval_is_wilsons():
    bars = counted(late=60, broken=30, rude=10)
    assert [bar.cause for bar in bars] == ["late", "broken", "rude"]
    assert [(bar.share.low, bar.share.high) for bar in bars] == [pytest.approx(wilson(n, 100)) for n in (60, 30, 10)]
    assert [round(bar.cumulative, 2) for bar in bars] == [0.6, 0.9, 1.0]
    assert all(bar.is_sure for bar in bars)


def test_a_rank_inside_overlapping_intervals_is_not_sure():
    """Of 100, 45 and 42 overlap; 13 lies apart from both (Wilson 0.36-0.55, 0.33-0.52, 0.08-0.21)."""
    first, second, third = counted(late=45, broken=42, rude=13)
    assert [(bar.best, bar.worst) for bar in (first, second, third)] == [(1, 2), (1, 2), (3, 3)]
    assert first.words == ("late: 45 % (36 % to 55 %), from 100 issues. It may be anything from number 1 to number 2.")
    assert third.words.endswith("It is number 3.")


def test_few_dear_issues_say_less_than_many_small_ones():
    by_few = pareto([heap("dear", [500.0]), heap("small", [5.0] * 100)])[0].share
    by_many = pareto([heap("dear", [5.0] * 100), heap("small", [5.0] * 100)])[0].share
    assert by_few.value == by_many.value == 0.5
    assert by_few.high - by_few.low > 3 * (by_many.high - by_many.low)


def test_few_issues_show_no_share():
    assert counted(late=12, rude=7)[0].words == "late: too few to tell, 19 of the 20 issues needed."


def test_nothing_is_no_error():
    assert pareto([]) == ()
    assert [bar.share.high for bar in counted(late=0)] == [1]


heaps = st.lists(st.lists(st.floats(0.01, 1000), max_size=20), min_size=1, max_size=8)


@given(heaps)
def test_shares_make_a_whole_and_ranks_hold_their_place(weights):
    bars = pareto([heap(str(number), one) for number, one in enumerate(weights)])
    if any(weights):
        assert sum(bar.share.value for bar in bars) == pytest.approx(1)
    for bar in bars:
        assert 0 <= bar.share.low <= bar.share.value <= bar.share.high <= 1
        assert 1 <= bar.best <= bar.rank <= bar.worst <= len(bars)


def test_the_interval_of_money_covers():
    """Lognormal sums, 150 issues, cause A three in ten and twice as dear: share 0.4615; 600 times, seeded."""
    chance = Random(3)
    covered = 0
    for _ in range(600):
        drawn = {"A": [], "B": []}
        for _ in range(150):
            cause = "A" if chance.random() < 0.3 else "B"
            drawn[cause].append(chance.lognormvariate(0, 0.8) * (2 if cause == "A" else 1))
        bar = next(bar for bar in pareto([heap(*one) for one in drawn.items()]) if bar.cause == "A")
        covered += bar.share.low <= 0.6 / 1.3 <= bar.share.high
    assert 0.92 <= covered / 600 <= 0.98
