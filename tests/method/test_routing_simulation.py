"""Days of a made-up team (E48): the rule spreads the hard contacts, and nobody waits longer for it."""

from statistics import fmean

import pytest

from bench.routing import RULES, outcome

STRONG, IDLE, RANDOM, OURS = RULES


@pytest.fixture(scope="module")
def ten():
    return {rule.name: outcome(10, 40, rule, seed=7) for rule in RULES}


def test_three_hard_ones_in_a_row_become_rare(ten):
    """The evidence's own simulation had 7.6 % for the longest idle and 1.3 % for the least exposed."""
    assert ten[IDLE.name].three > 0.05
    assert ten[OURS.name].three < ten[IDLE.name].three / 3
    assert ten[OURS.name].three < ten[STRONG.name].three / 3


def test_the_busiest_carries_less_and_it_is_fairer(ten):
    others = [ten[rule.name] for rule in (STRONG, IDLE, RANDOM)]
    assert all(ten[OURS.name].busiest < one.busiest for one in others)
    assert all(ten[OURS.name].fair > one.fair for one in others)


def test_the_mean_wait_is_the_same(ten):
    gap, half = ten[OURS.name].longer_than(ten[IDLE.name])
    assert abs(gap) - half < 0.05 * fmean(ten[IDLE.name].waits)


def test_the_hard_ones_themselves_do_not_wait_much_longer(ten):
    """They are passed over only while somebody is to be spared and something else waits."""
    assert ten[OURS.name].hard_wait < 1.25 * ten[IDLE.name].hard_wait
