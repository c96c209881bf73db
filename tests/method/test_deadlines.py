"""When an answer, a follow-up and the end of an offer are due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.calendars import Calendar, add_working, around_the_clock, working_between
from amends.method.deadlines import (
    Pause,
    Term,
    Unit,
    agreement_aim,
    due,
    first_reply_due,
    update_due,
)
from amends.method.policy import parse, preset
from tests.method.weeks import CALENDARS, MOMENTS

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given a zone
SEVERITIES = st.integers(1, 4)
OFFICE = Calendar.from_data(
    {"zone": "UTC", "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-12:00, 13:00-17:00")}
)
EIGHT_HOURS = Term(8, Unit.HOURS)


STANDARD = parse(preset("standard"))


def reply_due(received_at, severity, calendar):
    return first_reply_due(received_at, STANDARD.reply_hours[""][severity], calendar)


@pytest.mark.parametrize(("severity", "hours", "days"), [(1, 8, 7), (2, 4, 7), (3, 2, 3), (4, 1, 1)])
def test_what_is_graver_is_due_sooner(severity, hours, days):
    assert reply_due(NOW, severity, around_the_clock("UTC")) == NOW + timedelta(hours=hours)
    assert STANDARD.follow_up_days[severity][0] == days


@given(TIMES, SEVERITIES, SEVERITIES)
def test_an_answer_lies_ahead_and_never_later_for_what_is_graver(at, one, other):
    graver, milder = max(one, other), min(one, other)
    assert at < reply_due(at, graver, OFFICE) <= reply_due(at, milder, OFFICE)


@given(st.datetimes(datetime(2026, 3, 28), datetime(2026, 3, 30)), SEVERITIES)  # noqa: DTZ001 - given a zone below
def test_the_hours_are_real_hours_when_the_clocks_change(at, severity):
    there = at.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    due_at = reply_due(there, severity, around_the_clock("Europe/Berlin"))
    assert due_at - there == timedelta(hours={1: 8, 2: 4, 3: 2, 4: 1}[severity])


def on(text):
    """A time in UTC; 23 November 2026 is a Monday."""
    return datetime.fromisoformat(f"2026-11-{text}:00+00:00")


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], "24 11:00"),
        # two working hours on Monday afternoon are not ours; the fourth on Tuesday ends after lunch
        ([Pause(on("23 14:00"), on("23 16:00"))], "24 14:00"),
        # a pause over lunch stops only what would have run
        ([Pause(on("23 11:30"), on("23 13:30"))], "24 12:00"),
        # a pause overnight stops nothing
        ([Pause(on("23 17:00"), on("24 09:00"))], "24 11:00"),
        # pauses that overlap count once, in whatever order they are given
        ([Pause(on("23 15:00"), on("23 16:00")), Pause(on("23 14:00"), on("23 16:00"))], "24 14:00"),
        # a pause that began before the clock did
        ([Pause(on("20 09:00"), on("23 11:00"))], "24 12:00"),
        # what ended before, and what begins after the time is out, changes nothing
        ([Pause(on("20 09:00"), on("20 11:00")), Pause(on("24 11:00"))], "24 11:00"),
        # still waiting: no time is due
        ([Pause(on("23 14:00"))], None),
    ],
)
def test_a_clock_stops_while_paused(pauses, expected):
    # received on Monday at 10:00: two hours before lunch, four after it, and two on Tuesday
    found = due(EIGHT_HOURS, OFFICE, on("23 10:00"), pauses)
    assert found == (on(expected) if expected else None)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], "26 17:00"),
        # Tuesday closes while the customer has the word, so it is not counted
        ([Pause(on("24 10:00"), on("25 09:00"))], "27 17:00"),
        # a pause within a day is no day
        ([Pause(on("24 10:00"), on("24 12:00"))], "26 17:00"),
        # over the weekend too: Thursday and Friday are not counted
        ([Pause(on("26 10:00"), on("28 09:00"))], "30 17:00"),
        ([Pause(on("25 10:00"))], None),
        ([Pause(on("26 17:00"))], "26 17:00"),
    ],
)
def test_business_days_that_close_in_a_pause_are_not_counted(pauses, expected):
    found = due(Term(3, Unit.BUSINESS_DAYS), OFFICE, on("23 10:00"), pauses)
    assert found == (on(expected) if expected else None)


@pytest.mark.parametrize(
    ("term", "expected"), [(Term(2, Unit.DAYS), "2026-11-26"), (Term(1, Unit.WEEKS), "2026-12-01")]
)
def test_days_and_weeks_end_at_midnight_and_no_pause_stops_them(term, expected):
    midnight = datetime.fromisoformat(f"{expected}T00:00+00:00")
    assert due(term, OFFICE, on("23 10:00"), [Pause(on("23 11:00"))]) == midnight


def test_the_rules_of_a_policy_by_hand():
    received = on("27 16:00")  # a Friday, an hour before closing
    assert first_reply_due(received, 2, OFFICE) == on("30 10:00")
    assert first_reply_due(received, 0.5, OFFICE) == on("27 16:30")
    assert update_due(received, 1, OFFICE) == on("30 17:00")
    assert agreement_aim(on("23 18:00"), 3, OFFICE) == on("27 17:00")


@given(CALENDARS, MOMENTS, st.integers(1, 60), st.lists(st.integers(0, 300), min_size=2, max_size=8, unique=True))
def test_the_time_that_ran_is_the_time_allowed(calendar, start, hours, marks):
    marks = [start + timedelta(hours=mark) for mark in sorted(marks)]
    pauses = [Pause(one, other) for one, other in zip(marks[::2], marks[1::2], strict=False)]
    found = due(Term(hours, Unit.HOURS), calendar, start, pauses)
    paused = sum(
        (working_between(min(one.start, found), min(one.end, found), calendar) for one in pauses), timedelta(0)
    )
    assert working_between(start, found, calendar) - paused == timedelta(hours=hours)
    assert found == due(Term(hours, Unit.HOURS), calendar, start, list(reversed(pauses)))


@given(CALENDARS, MOMENTS, st.integers(1, 60), st.integers(0, 300), st.integers(1, 300))
def test_a_pause_never_makes_anything_due_sooner(calendar, start, hours, after, length):
    pause = Pause(start + timedelta(hours=after), start + timedelta(hours=after + length))
    for term in (Term(hours, Unit.HOURS), Term(hours % 7, Unit.BUSINESS_DAYS)):
        without, with_it, open_end = (
            due(term, calendar, start, pauses) for pauses in ([], [pause], [Pause(pause.start)])
        )
        assert without <= with_it
        assert open_end is None or open_end == without <= pause.start


@given(MOMENTS, SEVERITIES)
def test_a_reply_waits_for_the_office_to_open(received, severity):
    hours = timedelta(hours={1: 8, 2: 4, 3: 2, 4: 1}[severity])
    assert reply_due(received, severity, OFFICE) == add_working(received, hours, OFFICE)
