"""Figures and differences: published intervals, and what holds for every one."""

from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.errors import ImpossibleCount
from amends.measures.exposure import poisson_interval, rate, weighed_rate
from amends.measures.figure import Figure, Unit, difference, mean, share

counts = st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def part(count, of, fewest=20):
    return share("Satisfied", count, of, noun="answers", fewest=fewest)


def test_a_published_difference_of_two_shares():
    """56 of 70 less 48 of 80: 0.2000, 0.0524 to 0.3339 (Newcombe 1998, method 10)."""
    found = difference(part(56, 70), part(48, 80))
    assert [round(one, 4) for one in (found.value, found.low, found.high)] == [0.2, 0.0524, 0.3339]


def test_a_published_t_interval():
    """Extra hours of sleep in Student 1908: mean 1.58, 95 % interval 0.70 to 2.46."""
    hours = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    found = mean("Sleep", hours, noun="people", fewest=1, ends=(-24, 24))
    assert [round(one, 2) for one in (found.value, found.low, found.high)] == [1.58, 0.70, 2.46]


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.689), (1, 0.025, 5.572), (10, 4.795, 18.390)])
def test_published_intervals_of_a_count(count, low, high):
    """The exact Poisson interval of 0, 1 and 10 (Garwood 1936, as every table of it has)."""
    assert [round(one, 3) for one in poisson_interval(count)] == [low, high]


def test_a_rate_is_told_per_exposure():
    found = rate("Late", 10, 4000, per=1000, of="orders")
    assert (found.value, round(found.low, 3), round(found.high, 3)) == (2.5, 1.199, 4.598)
    assert found.words == "Late per 1,000 orders: 2.5 (1.2 to 4.6), from 4,000 orders."


def test_weights_of_one_make_the_same_rate():
    one, other = weighed_rate("x", 9, 9, 3000, per=1000, of="orders"), rate("x", 9, 3000, per=1000, of="orders")
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_a_few_heavy_weights_are_less_sure_than_many_light_ones():
    """Two of 50 weigh 100 like 100 of 1: as unsure as a count of 2, Garwood's 0.242 to 7.225 times 50."""
    few = weighed_rate("Cost", 100, 5000, 1000, per=1000, of="orders")
    assert (few.value, few.low, few.high) == pytest.approx((100, 12.11, 361.23), abs=0.01)
    assert weighed_rate("Cost", 0, 0, 1000, per=1000, of="orders").value == 0
    with pytest.raises(ImpossibleCount):
        weighed_rate("Cost", 5, 0, 1000, per=1000, of="orders")


def test_a_rate_of_nothing_is_not_known():
    found = rate("Late", 0, 0, per=1000, of="orders")
    assert (found.low, found.high, found.can_tell) == (0, inf, False)


def test_an_impossible_exposure_is_refused():
    with pytest.raises(ImpossibleCount, match="Correct the orders"):
        rate("Late", 3, -1, per=1000, of="orders")


def test_few_are_told_without_a_number():
    assert part(15, 19).words == "Satisfied: too few to tell, 19 of the 20 answers needed."
    assert part(16, 20).words == "Satisfied: 80 % (58 % to 92 %), from 20 answers."


def test_a_difference_says_whether_it_is_one():
    assert difference(part(15, 19), part(50, 80)).words == "Satisfied: too few to compare, 19 of the 20 answers needed."
    assert difference(part(56, 70), part(48, 80)).words == (
        "Satisfied: 20 points higher; the difference lies between +5 points and +33 points."
    )
    assert difference(part(48, 80), part(47, 80)).words.startswith("Satisfied: cannot tell whether")
    assert not difference(part(48, 80), part(47, 80)).is_clear


def test_equal_answers_do_not_make_an_interval_without_width():
    found = mean("Ease", [7] * 20, noun="answers", fewest=20, ends=(1, 7))
    assert found.low < 7 == found.high


def test_an_end_that_is_not_known_stays_unknown_in_a_difference():
    one, other = (
        Figure(name="Half", unit=Unit.HOURS, value=5, low=3, high=high, n=30, noun="waits", fewest=20)
        for high in (inf, 9)
    )
    assert (difference(one, other).high, difference(other, one).low) == (inf, -inf)
    assert one.range == "3.0 hours or more"


@given(counts, counts)
def test_a_difference_turned_round_is_the_same(one, other):
    there, back = difference(part(*one), part(*other)), difference(part(*other), part(*one))
    assert isclose(there.low, -back.high, abs_tol=1e-12)
    assert -1 - 1e-9 <= there.low <= there.value <= there.high <= 1 + 1e-9


@given(st.lists(st.integers(1, 7), max_size=60))
def test_a_mean_lies_within_its_interval_and_its_scale(values):
    found = mean("Ease", values, noun="answers", fewest=20, ends=(1, 7))
    assert 1 <= found.low <= found.high <= 7
    assert not values or found.low - 1e-9 <= found.value <= found.high + 1e-9
