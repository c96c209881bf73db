"""Of two rounds in words that differ in one turn, the better one is scored higher."""

from amends.rehearsal.shelf import scenarios
from bench.rehearsal.golden import pairs, wrong

AT_LEAST = 0.95


def test_there_are_pairs_of_many_kinds_for_every_scenario() -> None:
    found = list(pairs())
    assert len(found) >= 120
    assert {pair.scenario for pair in found} >= set(scenarios())
    assert len({pair.flaw for pair in found}) >= 12
    assert all(sum(a != b for a, b in zip(pair.better, pair.worse, strict=True)) == 1 for pair in found)


def test_the_better_of_two_is_scored_higher() -> None:
    mistaken = wrong()
    assert len(mistaken) <= (1 - AT_LEAST) * len(list(pairs())), mistaken
