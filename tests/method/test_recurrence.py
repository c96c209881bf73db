"""When the same came back, and when it must not be said: figures on seeded histories, and the rule itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.recurrence import Again, named_alike, recurred
from tests.rooms.measure_recurrence import CARELESS, CLEAN, USUAL, figures

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def again(issue: int = 2, **other) -> Again:
    known = {"customer": 1, "cause": 7, "about": "LH-1", "raised_at": NOW}
    return Again(issue=issue, **{**known, **other})


def earlier(**other) -> Again:
    return again(1, **{"raised_at": NOW - timedelta(days=30), "delivered_at": NOW - timedelta(days=20), **other})


def test_nothing_is_missed_or_invented_where_nobody_slips():
    found = figures(CLEAN)
    assert (found["precision"], found["recall"], found["false_alarms"]) == (1, 1, 0)
    assert found["issues"] > 200


@pytest.mark.parametrize("slips", [USUAL, CARELESS])
def test_floors_where_causes_are_named_wrongly_and_orders_left_out(slips):
    """What was not written down cannot be found: both records need the right cause, or both the order.

    About two in three made-up recurrences share the cause, the others the order: that gives the floor of recall.
    """
    found = figures(slips)
    by_cause = ((1 - slips.no_cause) * (1 - slips.wrong_cause)) ** 2
    by_order = (1 - slips.no_about) ** 2
    assert found["recall"] >= (2 * by_cause + by_order) / 3 - 0.05
    assert found["precision"] >= 0.9
    assert found["false_alarms"] <= 0.02


@pytest.mark.parametrize(
    "other",
    [
        {"customer": 2},
        {"cause": 8, "about": "LH-2"},
        {"cause": None, "about": ""},
        {"delivered_at": None},
        {"delivered_at": NOW},
        {"delivered_at": NOW + timedelta(days=1)},
        {"delivered_at": NOW - timedelta(days=90, seconds=1)},
    ],
)
def test_what_must_not_count(other):
    assert recurred(again(), [earlier(**other)], 90) is None


def test_the_latest_delivery_counts_and_the_cause_before_the_order():
    first, second = earlier(), again(3, delivered_at=NOW - timedelta(days=2), cause=None)
    assert recurred(again(), [first, second], 90) == (second, "about")
    assert recurred(again(), [first], 90) == (first, "cause")


@pytest.mark.parametrize("typed", ["LH-48213", "lh 48213", "Order LH48213", "#LH-48213", "order no. LH-48213"])
def test_one_order_however_it_is_typed(typed):
    assert named_alike(typed) == "lh48213"


@pytest.mark.parametrize("typed", ["", "  ", "the lamp", "order", "?"])
def test_what_names_no_order(typed):
    assert named_alike(typed) == ""


@given(st.integers(1, 3), st.integers(1, 3), st.integers(-200, 200), st.integers(1, 120))
def test_never_for_another_customer_nor_outside_the_window(mine, theirs, days, window):
    found = recurred(again(customer=mine), [earlier(customer=theirs, delivered_at=NOW - timedelta(days=days))], window)
    assert (found is not None) == (mine == theirs and 0 < days <= window)
