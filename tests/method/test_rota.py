"""Shifts are moments of the team's clock, rests are eleven hours, and somebody is back when the plan says so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.calendars import Calendar, around_the_clock
from amends.method.hours import CalendarRefused
from amends.method.rota import monday_of, next_there, shift_on, short_rests

BERLIN = "Europe/Berlin"
OFFICE = Calendar.from_data(
    {"zone": BERLIN, "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hours", "begins", "ends"),
    [
        (date(2026, 11, 23), "09:00-17:00", utc(2026, 11, 23, 8), utc(2026, 11, 23, 16)),
        (date(2026, 7, 6), "09:00-17:00", utc(2026, 7, 6, 7), utc(2026, 7, 6, 15)),
        (date(2026, 3, 28), "22:00-06:00", utc(2026, 3, 28, 21), utc(2026, 3, 29, 4)),
        (date(2026, 10, 24), "22:00-06:00", utc(2026, 10, 24, 20), utc(2026, 10, 25, 5)),
        (date(2026, 11, 23), "00:00-24:00", utc(2026, 11, 22, 23), utc(2026, 11, 23, 23)),
    ],
)
def test_a_shift_is_what_the_clock_of_the_zone_says(day, hours, begins, ends):
    assert shift_on(day, hours, BERLIN) == (begins, ends)


@pytest.mark.parametrize("hours", ["", "nine to five", "09:00-12:00, 13:00-17:00", "09:00-09:00", "25:00-26:00"])
def test_what_is_no_single_span_is_refused(hours):
    with pytest.raises(CalendarRefused):
        shift_on(date(2026, 11, 23), hours, BERLIN)


def test_a_shift_inside_the_hour_that_is_skipped_is_refused():
    with pytest.raises(CalendarRefused, match="no length"):
        shift_on(date(2026, 3, 29), "02:10-02:50", BERLIN)


def test_ten_hours_between_two_shifts_are_short_and_eleven_are_not():
    late = (utc(2026, 11, 23, 13), utc(2026, 11, 23, 21))
    assert [one.hours for one in short_rests([(utc(2026, 11, 24, 7), utc(2026, 11, 24, 15)), late])] == [10]
    assert short_rests([late, (utc(2026, 11, 24, 8), utc(2026, 11, 24, 15))]) == []


def test_in_a_planned_week_the_shifts_count_and_in_any_other_the_hours():
    monday = (utc(2026, 11, 23, 8), utc(2026, 11, 23, 16))
    assert next_there(utc(2026, 11, 23, 10), OFFICE, [monday]) == utc(2026, 11, 23, 10)
    assert next_there(utc(2026, 11, 24, 10), OFFICE, [monday]) == utc(2026, 11, 30, 8)
    assert next_there(utc(2026, 11, 21, 10), OFFICE, [monday]) == utc(2026, 11, 23, 8)
    assert next_there(utc(2026, 11, 20, 10), OFFICE, [monday]) == utc(2026, 11, 20, 10)


def test_a_night_shift_of_last_week_is_there_on_monday():
    night = (utc(2026, 11, 22, 21), utc(2026, 11, 23, 5))
    assert next_there(utc(2026, 11, 23, 1), OFFICE, [night]) == utc(2026, 11, 23, 1)


HOURS = st.integers(0, 24 * 21)


@given(HOURS, st.lists(st.tuples(HOURS, st.integers(1, 12)), max_size=8))
def test_whoever_is_said_to_be_back_is_there_then_and_nobody_before(at, rows):
    start = utc(2026, 11, 9)
    shifts = [(start + timedelta(hours=hour), start + timedelta(hours=hour + length)) for hour, length in rows]
    now = start + timedelta(hours=at)
    calendar = around_the_clock("UTC")
    back = next_there(now, calendar, shifts)
    planned = {monday_of(begins, "UTC") for begins, _ in shifts}

    def is_there(moment: datetime) -> bool:
        covered = any(begins <= moment < ends for begins, ends in shifts)
        return covered or monday_of(moment, "UTC") not in planned

    assert back >= now
    assert is_there(back)
    steps = int((back - now) / timedelta(minutes=30))
    assert not any(is_there(now + timedelta(minutes=30 * step)) for step in range(steps))
