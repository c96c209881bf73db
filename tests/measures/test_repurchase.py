"""Buying again, beside a twin: matched on what was so before, followed from the same day, no effect out of nothing."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.repurchase import (
    QUIET,
    Buyer,
    PutRight,
    alike,
    bought_again,
    changes,
    lives,
    paired_difference,
    twins,
)
from amends.measures.retention import retention

START, CLOSED, UNTIL = date(2025, 1, 1), date(2025, 6, 1), date(2026, 6, 1)


def buyer(name, *days, cents=5000, currency="EUR"):
    return Buyer(name, currency, tuple(sorted(days)), tuple(cents for _ in days))


def test_alike_is_what_was_so_before_that_day():
    one = buyer("a", date(2025, 5, 20), date(2025, 3, 1))
    assert alike(one, CLOSED) == alike(buyer("b", date(2025, 5, 20), date(2025, 3, 1), date(2025, 7, 1)), CLOSED)
    assert alike(one, CLOSED) != alike(buyer("c", date(2025, 4, 1), date(2025, 3, 1)), CLOSED)
    assert alike(one, CLOSED) != alike(buyer("d", date(2025, 5, 20), date(2025, 3, 1), cents=20_000), CLOSED)
    assert alike(one, CLOSED) != alike(buyer("e", date(2025, 5, 20), date(2025, 3, 1), currency="GBP"), CLOSED)
    assert alike(buyer("f", CLOSED - QUIET), CLOSED) is None
    assert alike(buyer("g", date(2025, 7, 1)), CLOSED) is None


def test_a_twin_is_used_once_and_whoever_has_none_is_named():
    mine = [PutRight(buyer(f"m{number}", date(2025, 5, 20)), CLOSED) for number in range(3)]
    found = twins(mine, [buyer("t1", date(2025, 5, 25)), buyer("t2", date(2025, 5, 22)), buyer("t3", date(2024, 1, 1))])
    assert {other.id for _, other in found.pairs} == {"t1", "t2"}
    assert [one.buyer.id for one in found.alone] == ["m2"]


DAYS = st.integers(0, 1500).map(lambda days: date(2022, 1, 1) + timedelta(days=days))
BUYERS = st.builds(
    lambda days, cents: buyer("", *days, cents=cents),
    st.lists(DAYS, min_size=1, max_size=4, unique=True),
    st.sampled_from([900, 5000, 90_000]),
)


@given(BUYERS, DAYS)
def test_what_people_share_stays_until_the_day_it_may_change(one, on):
    until = changes(one, on) or on + timedelta(days=2000)
    assert until > on
    assert {alike(one, on + timedelta(days=day)) for day in range((until - on).days)} == {alike(one, on)}


@given(st.lists(st.tuples(BUYERS, DAYS), max_size=12), st.lists(BUYERS, max_size=30))
def test_nobody_stays_alone_while_somebody_alike_is_left(mine, others):
    """Nobody is looked at on every day, and yet whoever is left over has nobody alike among those not taken."""
    named = [replace(one, id=f"t{number}") for number, one in enumerate(others)]
    asked = [PutRight(replace(one, id=f"m{number}"), on) for number, (one, on) in enumerate(mine)]
    found = twins(asked, named)
    assert len(found.pairs) + len(found.alone) == len(asked)
    assert all(alike(one.buyer, one.on) == alike(other, one.on) for one, other in found.pairs)
    taken = [other.id for _, other in found.pairs]
    assert len(set(taken)) == len(taken)
    left = [other for other in named if other.id not in taken]
    wanted = [(alike(one.buyer, one.on), one.on) for one in found.alone]
    assert not any(group is not None and group == alike(other, on) for group, on in wanted for other in left)


def test_reckoned_by_hand():
    mine = [PutRight(buyer("m1", date(2025, 5, 20), date(2025, 8, 1)), CLOSED), PutRight(buyer("m2", CLOSED), CLOSED)]
    found = twins(mine, [buyer("t1", CLOSED), buyer("t2", date(2025, 5, 31))])
    again = bought_again(found, until=UNTIL)
    assert (again.put_right.value, again.twin.value, again.value) == (0.5, 0.0, 0.5)
    assert not again.can_tell
    assert again.words == "Too few to tell: 2 of the 50 pairs needed."
    pairs = lives(found, until=UNTIL).pairs
    days = sorted(pair.recovered.days for pair in pairs)
    assert days == [180, (date(2025, 8, 1) - CLOSED).days + 180]
    assert all(pair.recovered.left for pair in pairs)


def test_who_cannot_be_followed_so_long_is_not_counted():
    found = twins([PutRight(buyer("m", CLOSED), CLOSED)], [buyer("t", CLOSED)])
    assert bought_again(found, until=CLOSED + timedelta(days=179)).put_right.n == 0
    assert bought_again(found, until=CLOSED + timedelta(days=180)).put_right.n == 1


def habit(name, chance, rate, *, since=START, stops=None):
    """Somebody who buys at random, so many days apart on average, until they stop."""
    days, day = [since], since
    while True:
        day += timedelta(days=1 + int(chance.expovariate(1 / rate)))
        if day > (stops or UNTIL):
            return buyer(name, *days)
        days.append(day)


@pytest.mark.parametrize(("leave", "sure"), [(0.0, False), (0.35, True)])
def test_a_planted_departure_is_found_and_none_is_made_up(leave, sure):
    """250 put right after a purchase; a share of them stops that day. Recency alone would make them look loyal."""
    chance = Random(5)
    others = [habit(f"t{number}", chance, 60, since=START + timedelta(days=number % 90)) for number in range(2000)]
    mine = []
    for number in range(250):
        one = habit(f"m{number}", chance, 60, since=START + timedelta(days=number % 90))
        days = [day for day in one.days if day >= CLOSED - timedelta(days=60)] or [CLOSED]
        on = days[0]
        if chance.random() < leave:
            one = buyer(one.id, *[day for day in one.days if day <= on])
        mine.append(PutRight(one, on))
    found = twins(mine, others)
    again = bought_again(found, until=UNTIL)
    assert len(found.pairs) > 200
    assert (again.high < 0) is sure
    assert again.low <= -leave * again.twin.value <= again.high
    gap = retention(lives(found, until=UNTIL)).gaps[1]
    assert (gap.high < 0) is sure


def test_its_interval_covers_what_is_true():
    """2,000 simulated tables of 60 pairs: a nominal 95 % interval covers in at least 93 % (seeded)."""
    chance, covered = Random(11), 0
    mine_true, theirs_true = 0.7, 0.8
    for _ in range(2000):
        mine = [chance.random() < mine_true for _ in range(60)]
        theirs = [chance.random() < theirs_true for _ in range(60)]
        _, low, high = paired_difference(mine, theirs)
        covered += low <= mine_true - theirs_true <= high
    assert covered >= 0.93 * 2000


def test_nobody_makes_an_interval_of_everything():
    value, low, high = paired_difference([], [])
    assert value == 0
    assert low < -0.6
    assert high > 0.6
