"""Erlang C against published tables, and what a plan must keep."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.errors import ImpossibleCount
from amends.measures.staffing import erlang_c, load, people_needed


def test_a_published_example():
    """200 calls an hour of 3 minutes, 14 people: 17.4 % wait, 7.8 seconds in the mean, 71.4 % busy."""
    found = load(14, contacts_an_hour=200, minutes_each=3)
    assert round(100 * found.waiting, 1) == 17.4
    assert round(60 * found.wait_minutes, 1) == 7.8
    assert round(100 * found.occupancy, 1) == 71.4


@pytest.mark.parametrize(
    ("people", "occupancy", "wait", "after_surge"),
    [
        (5, 0.80, 0.55, 0.79),
        (5, 0.85, 0.87, 1.39),
        (10, 0.85, 0.35, 0.60),
        (20, 0.90, 0.28, 0.67),
        (50, 0.90, 0.07, 0.22),
    ],
)
def test_waits_as_multiples_of_the_handling_time(people, occupancy, wait, after_surge):
    """E48: what 5 % more does to a busy team."""
    for more, expected in ((1, wait), (1.05, after_surge)):
        found = load(people, contacts_an_hour=60 * people * occupancy * more, minutes_each=1)
        assert found.wait_minutes == pytest.approx(expected, abs=0.006)


def test_one_person_is_a_queue_of_one():
    """With one person the chance to wait is the occupancy (M/M/1)."""
    assert erlang_c(1, 0.7) == pytest.approx(0.7)


def test_too_much_work_is_said():
    found = load(3, contacts_an_hour=60, minutes_each=4)
    assert found.wait_minutes == inf
    assert found.words == "3 people cannot keep up: more comes in than they can do."


@given(st.floats(0, 200), st.floats(0.5, 60), st.floats(0.1, 60))
def test_the_plan_is_the_least_that_keeps_its_limits(contacts, minutes, wait):
    found = people_needed(contacts_an_hour=contacts, minutes_each=minutes, longest_wait_minutes=wait)
    assert found.occupancy <= 0.8
    assert found.wait_minutes <= wait
    if found.people > 1:
        less = load(found.people - 1, contacts_an_hour=contacts, minutes_each=minutes)
        assert less.occupancy > 0.8 or less.wait_minutes > wait


def test_an_impossible_plan_is_refused():
    with pytest.raises(ImpossibleCount):
        load(0, contacts_an_hour=5, minutes_each=5)
    with pytest.raises(ImpossibleCount):
        people_needed(contacts_an_hour=5, minutes_each=5, longest_wait_minutes=0)
