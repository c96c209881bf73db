"""Satisfaction after a failure beside people alike before it, and what people bought in the years around one."""

from datetime import date, timedelta
from random import Random

import pytest

from amends.measures.happier import Failed, Rated, around, happier
from amends.measures.paradox import WARNING
from amends.measures.repurchase import Buyer, PutRight, Twins
from amends.measures.spent import middle, value_around

ON = date(2026, 3, 2)


def buyer(name: str, *bought: tuple[int, int]) -> Buyer:
    """Somebody who bought so many days after ON (before: below nought), for so many cents."""
    ordered = sorted(bought)
    return Buyer(name, "EUR", tuple(ON + timedelta(days=day) for day, _ in ordered), tuple(c for _, c in ordered))


def rated(name: str, before: int, after: int) -> Rated:
    said = ((ON - timedelta(days=20), before), (ON + timedelta(days=20), after))
    return Rated(buyer(name, (-10, 5000)), said)


def crowd(chance: Random, effect: float) -> tuple[list[Failed], list[Rated]]:
    """Loyal people answer higher and complain more; a failure moves the answer after it by `effect` on average."""
    failed, others = [], []
    for number in range(6000):
        before = chance.randint(1, 5)
        harm = chance.random() < 0.04 * before
        after = before + (effect if harm else 0) + chance.gauss(0, 0.4)
        one = rated(f"{number:05}", before, min(5, max(1, round(after))))
        failed += [Failed(one, ON)] if harm else []
        others += [] if harm else [one]
    return failed, others


def test_a_planted_loss_is_found_where_loyal_people_look_happier():
    """Unmatched, those with a failure score higher; beside people alike before, they score lower, as was planted."""
    failed, others = crowd(Random(11), -0.6)
    naive = sum(one.rated.answers[1][1] for one in failed) / len(failed)
    naive -= sum(one.answers[1][1] for one in others) / len(others)
    found = happier(failed, others)
    assert naive > 0
    assert found.gap.high < 0
    assert found.gap.low <= -0.45  # the scale ends at 1 and takes a part of the loss of those lowest
    assert WARNING in found.gap.words


def test_none_is_made_up_in_crowds_without_one():
    told = [happier(*crowd(Random(seed), 0.0)).gap for seed in range(8)]
    assert sum(one.low > 0 or one.high < 0 for one in told) <= 2  # 5 % of 8: more than two is 0.6 % likely
    assert all(one.can_tell for one in told)


def test_only_who_answered_before_and_after_and_has_somebody_alike_counts():
    alone = Failed(Rated(buyer("a", (-10, 5000)), ((ON - timedelta(days=5), 4),)), ON)
    other_before = Failed(rated("b", 2, 2), ON)
    paired = Failed(rated("c", 4, 3), ON)
    found = happier([alone, other_before, paired], [rated("x", 4, 5)])
    assert (found.answered, found.gap.pairs, found.gap.unmatched) == (2, 1, 1)
    assert not found.gap.can_tell
    assert found.gap.words.startswith("Too few to tell, 1 of the 50 pairs")


@pytest.mark.parametrize(("day", "found"), [(0, None), (1, (3, 5)), (180, (3, 5)), (181, None)])
def test_an_answer_counts_for_half_a_year_after(day, found):
    assert around([(ON - timedelta(days=1), 3), (ON + timedelta(days=day), 5)], ON) == found


def test_what_was_spent_by_hand():
    """Half the put right spent €50 less than before, their twins the same as before: a gap of €50."""
    pairs = tuple(
        (PutRight(buyer(f"r{n}", (-366, 999), (-10, 10_000), (10, 5000)), ON), buyer(f"t{n}", (-10, 7000), (365, 7000)))
        for n in range(50)
    )
    found = value_around(Twins(pairs, ()), until=ON + timedelta(days=365))
    assert (found.pairs, found.put_right.before.value, found.put_right.after.value) == (50, 10_000, 5000)
    assert (found.twin.change.value, found.gap.value, found.gap.low, found.gap.high) == (0, -5000, -5000, -5000)
    short = value_around(Twins(pairs, ()), until=ON + timedelta(days=364))
    assert (short.pairs, short.gap) == (0, None)


def test_the_interval_of_a_median_is_exact():
    """For 20 values the 6th and the 15th hold it in 95.9 of 100 (binomial, by hand: 1 - 2 * 0.0207)."""
    found = middle(list(range(1, 21)))
    assert (found.value, found.low, found.high) == (10.5, 6, 15)
