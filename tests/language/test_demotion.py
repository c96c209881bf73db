"""A check that is put aside too often steps down, by a rule that counts and nothing else."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.language.brief import LADDER, LEVELS, Brief, IssueBrief
from amends.language.catalogue import catalogue
from amends.language.demotion import Budget, Count, is_spent, level_now, stepped_down
from amends.language.reply_check import check, looked_through, shown

OUT_OF_THE_BOX = Budget(0.4, 30)
COUNTS = st.integers(0, 500).flatmap(lambda shown: st.builds(Count, st.just(shown), st.integers(0, shown)))
BY_LEVEL = st.dictionaries(st.sampled_from(LADDER), COUNTS)
BUDGETS = st.builds(Budget, st.integers(0, 1000).map(lambda thousandths: thousandths / 1000), st.integers(1, 200))
OWN = st.sampled_from(LEVELS)


@pytest.mark.parametrize(
    ("count", "spent"),
    [
        (Count(29, 29), False),
        (Count(30, 12), False),
        (Count(30, 13), True),
        (Count(31, 12), False),
        (Count(31, 13), True),
        (Count(35, 14), False),
        (Count(35, 15), True),
        (Count(1000, 400), False),
        (Count(1000, 401), True),
        (Count(0, 0), False),
    ],
)
def test_more_than_forty_in_a_hundred_of_at_least_thirty(count, spent):
    assert is_spent(count, OUT_OF_THE_BOX) is spent


@given(COUNTS, st.integers(0, 1000), st.integers(1, 200))
def test_the_line_is_exact_whatever_the_share(count, thousandths, fewest):
    exact = count.shown >= fewest and Fraction(count.put_aside) > Fraction(thousandths, 1000) * count.shown
    assert is_spent(count, Budget(thousandths / 1000, fewest)) is exact


@given(OWN, BY_LEVEL, BUDGETS)
def test_a_check_is_at_its_level_or_below_and_quiet_is_the_end(own, counts, budget):
    level = level_now(own, counts, budget)
    assert level in LADDER[LADDER.index(own) :]
    passed = LADDER[LADDER.index(own) : LADDER.index(level)]
    assert all(is_spent(counts[one], budget) for one in passed)
    assert level == "quiet" or not is_spent(counts.get(level, Count()), budget)


@given(OWN, BY_LEVEL, BUDGETS, st.sampled_from(LADDER), st.data())
def test_putting_aside_more_often_never_makes_it_louder(own, counts, budget, at, data):
    before = counts.get(at, Count())
    more = Count(before.shown, data.draw(st.integers(before.put_aside, before.shown)))
    assert LADDER.index(level_now(own, counts | {at: more}, budget)) >= LADDER.index(level_now(own, counts, budget))


@given(OWN, BY_LEVEL, BUDGETS, st.sampled_from(LADDER), st.integers(0, 500))
def test_once_there_are_enough_a_letter_without_it_never_makes_it_quieter(own, counts, budget, at, more):
    before = counts.get(at, Count())
    if before.shown < budget.fewest:
        return
    later = counts | {at: Count(before.shown + more, before.put_aside)}
    assert LADDER.index(level_now(own, later, budget)) <= LADDER.index(level_now(own, counts, budget))


def test_each_level_is_counted_by_itself_and_one_count_is_one_step():
    spent, fine = Count(30, 30), Count(29, 29)
    assert level_now("stop", {"stop": spent}, OUT_OF_THE_BOX) == "warn"
    assert level_now("stop", {"stop": spent, "warn": fine}, OUT_OF_THE_BOX) == "warn"
    assert level_now("stop", {"stop": spent, "warn": spent}, OUT_OF_THE_BOX) == "hint"
    assert level_now("stop", dict.fromkeys(LADDER, spent), OUT_OF_THE_BOX) == "quiet"
    assert level_now("hint", {"hint": spent}, OUT_OF_THE_BOX) == "quiet"
    assert level_now("warn", {"stop": spent}, OUT_OF_THE_BOX) == "warn"


def test_only_checks_that_are_not_at_their_level_are_named():
    counts = {"C06": {"warn": Count(30, 13)}, "C07": {"stop": Count(30, 12)}}
    assert stepped_down({"C06": "warn", "C07": "stop", "C01": "warn"}, counts, OUT_OF_THE_BOX) == {"C06": "hint"}


BRIEF = Brief((IssueBrief(1, "My lamp arrived nine days late"),), "My lamp arrived nine days late.")
DRAFT = "You should have read the terms. This was due to high demand."


def test_a_lower_level_is_said_later_and_a_quiet_check_says_nothing():
    own = {one.id: one.level for one in check(DRAFT, BRIEF)}
    assert (own["C07"], own["C06"]) == ("stop", "warn")
    lower = looked_through(DRAFT, BRIEF, {"C07": "hint"}).findings
    assert {one.level for one in lower if one.id == "C07"} == {"hint"}
    assert shown(check(DRAFT, BRIEF))[0].id == "C07"
    assert shown(lower)[0].id != "C07"
    quiet = looked_through(DRAFT, BRIEF, {"C07": "quiet"})
    assert {one.id for one in quiet.findings} == set(own) - {"C07"}
    assert quiet.parts == looked_through(DRAFT, BRIEF).parts


def test_every_check_says_in_plain_words_what_it_looks_for():
    assert len(catalogue()) == 32
    for number, entry in catalogue().items():
        assert entry.looks_for[0].isupper() or entry.looks_for[0] == "“", number
        assert len(entry.looks_for) <= 60
        assert entry.level in LEVELS
