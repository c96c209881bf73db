"""Matched controls, the bootstrap of the gap, and the paradox that matching undoes."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from amends.measures.paradox import WARNING, Person, paradox
from amends.measures.retention import (
    Customer,
    Life,
    Matched,
    Pair,
    Recovered,
    _stayed,
    gap_after,
    matched,
    retention,
    tenure_band,
)
from amends.measures.survival import stayed_for

JAN = date(2025, 1, 1)
UNTIL = date(2026, 6, 1)


def customer(id, segment="shop", decile=5, since=JAN - timedelta(days=500), left_on=None):
    return Customer(id=id, segment=segment, decile=decile, since=since, left_on=left_on)


def pairs_with(others, case=None):
    return matched([Recovered(case or customer("ours"), JAN)], others, until=UNTIL)


@pytest.mark.parametrize(
    "other",
    [
        customer("x", segment="trade"),
        customer("x", decile=6),
        customer("x", since=JAN - timedelta(days=100)),
        customer("x", since=JAN + timedelta(days=1)),
        customer("x", left_on=JAN),
        customer("ours"),
    ],
    ids=["segment", "decile", "tenure", "not yet a customer", "gone by that day", "the same person"],
)
def test_who_is_not_alike_is_no_control(other):
    found = pairs_with([other])
    assert (found.pairs, len(found.unmatched)) == ((), 1)


def test_both_are_followed_from_the_same_day():
    """Closed on 1 January, until 1 June of the next year: 516 days; the control left after 100."""
    found = pairs_with([customer("x", left_on=JAN + timedelta(days=100))])
    assert found.pairs == (Pair(Life(516, False), Life(100, True)),)


def test_a_control_is_used_once():
    cases = [Recovered(customer(f"c{number}"), JAN) for number in range(3)]
    found = matched(cases, [customer("x"), customer("y")], until=UNTIL)
    assert (len(found.pairs), len(found.unmatched)) == (2, 1)


def test_the_seed_decides_and_the_order_does_not():
    cases = [Recovered(customer(f"c{number}"), JAN) for number in range(5)]
    others = [customer(f"o{number}", left_on=JAN + timedelta(days=number + 1)) for number in range(40)]
    assert matched(cases, others, until=UNTIL, seed=3) == matched(cases[::-1], others[::-1], until=UNTIL, seed=3)


@pytest.mark.parametrize(("days", "band"), [(0, 0), (89, 0), (90, 1), (364, 1), (365, 2), (1095, 3)])
def test_bands_of_tenure(days, band):
    assert tenure_band(JAN - timedelta(days=days), JAN) == band


def test_the_weighted_curve_is_kaplan_meiers():
    """Weights of one give the curve; weights of two, three give that of the people written twice, thrice."""
    chance = Random(4)
    lives = [Life(chance.randint(1, 40), chance.random() < 0.5) for _ in range(50)]
    weights = [chance.randint(0, 3) for _ in lives]
    drawn = [one for one, times in zip(lives, weights, strict=True) for _ in range(times)]
    both = _stayed(lives, np.array([[1.0] * 50, weights]), 20)
    assert both == pytest.approx([stayed_for(lives, 20).value, stayed_for(drawn, 20).value])


def drawn_pairs(chance, n, recovered, control):
    def life(stays):
        return Life(500, False) if chance.random() < stays else Life(chance.randint(1, 80), True)

    return Matched(tuple(Pair(life(recovered), life(control)) for _ in range(n)), ())


def test_a_planted_difference_is_found_with_its_interval():
    gap = retention(drawn_pairs(Random(5), 800, 0.80, 0.90)).gaps[0]
    assert gap.low <= -0.10 <= gap.high < 0
    assert "no difference can be told" not in gap.words


def test_the_interval_of_the_gap_covers():
    chance = Random(6)
    gaps = [gap_after(drawn_pairs(chance, 120, 0.8, 0.8).pairs, 90, seed=one) for one in range(40)]
    assert sum(one.low <= 0 <= one.high for one in gaps) >= 34  # 34 or more of 40 is 99 % likely at a coverage of .94


def test_few_pairs_are_told_without_a_number():
    gap = retention(drawn_pairs(Random(7), 49, 0.8, 0.9)).gaps[0]
    assert gap.words == "After 90 days: too few to tell, 49 of the 50 pairs needed."


def test_matching_undoes_a_false_paradox():
    """Recovery truly costs 0.15; loyal people complain more. Unmatched it looks like a gain (E55)."""
    chance = Random(8)
    harmed, unharmed = [], []
    for _ in range(20_000):
        loyalty = chance.randint(1, 5)
        harm = chance.random() < 0.05 * loyalty
        score = 0.5 * loyalty + chance.gauss(0, 0.5) - 0.15 * harm
        (harmed if harm else unharmed).append(Person(loyalty, score))
    naive = sum(one.score for one in harmed) / len(harmed) - sum(one.score for one in unharmed) / len(unharmed)
    found = paradox(harmed, unharmed)
    assert naive > 0.1
    assert found.low <= -0.15 <= found.high < 0
    assert WARNING in found.words


def test_the_paradox_stays_silent_when_there_are_few():
    found = paradox([Person("a", 5.0)] * 49, [Person("a", 1.0)] * 100)
    assert found.words == "Too few to tell, 49 of the 50 pairs needed."
