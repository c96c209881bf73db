"""Working time: by hand over clock changes, holidays, lunch, nights and split shifts, and as properties."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.calendars import (
    Calendar,
    add_business_days,
    add_working,
    around_the_clock,
    day_openings,
    is_business_day,
    next_opening,
    working_between,
)
from amends.method.hours import DAY, day_text
from tests.method.weeks import CALENDARS, MOMENTS, SPANS, ZONES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WEEKDAYS, "sat", "sun")
INSTANT = timedelta(microseconds=1)


def calendar(zone, hours, days=WEEKDAYS, **rest):
    """A calendar with the same hours on several days."""
    return Calendar.from_data({"zone": zone, "hours": dict.fromkeys(days, hours), **rest})


def at(text, zone):
    """A local time of a zone as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


STOCKHOLM = "Europe/Stockholm"
LUNCH = calendar(STOCKHOLM, "09:00-12:30, 13:30-17:00", country="SE")
NIGHTS = calendar(STOCKHOLM, "22:00-06:00", EVERY_DAY)
SPLIT = calendar("America/New_York", "06:00-10:00, 16:00-20:00", EVERY_DAY)
AUCKLAND = calendar("Pacific/Auckland", "09:00-17:00")
CLOSED = calendar(STOCKHOLM, "09:00-17:00", closed=["2026-11-24"])


@pytest.mark.parametrize(
    ("where", "start", "hours", "due"),
    [
        # lunch: 12:00 and half an hour, then half an hour from 13:30
        (LUNCH, "2026-11-24 12:00", 1, "2026-11-24 13:00Z"),
        # exactly until closing is due at closing, a minute more is due the next morning
        (LUNCH, "2026-11-24 16:00", 1, "2026-11-24 16:00Z"),
        (LUNCH, "2026-11-24 16:01", 1, "2026-11-25 08:01Z"),
        # Friday evening to Monday
        (LUNCH, "2026-11-27 18:00", 2, "2026-11-30 10:00Z"),
        # 1 May 2026 is a Friday and a holiday in Sweden
        (LUNCH, "2026-04-30 16:00", 2, "2026-05-04 08:00Z"),
        # Christmas of 2026: Thursday 24 is no public holiday, Friday 25 is, Saturday and Sunday are closed
        (LUNCH, "2026-12-24 16:00", 2, "2026-12-28 09:00Z"),
        # over the new year: 1 January is a Friday in 2027, and 6 January a holiday
        (LUNCH, "2026-12-31 16:30", 1, "2027-01-04 08:30Z"),
        (LUNCH, "2027-01-05 16:30", 1, "2027-01-07 08:30Z"),
        # the office sleeps through both changes of the clock
        (LUNCH, "2026-03-27 16:00", 2, "2026-03-30 08:00Z"),
        (LUNCH, "2026-10-23 16:00", 2, "2026-10-26 09:00Z"),
        # a night over the gap has 7 hours, one over the hour that comes twice has 9
        (NIGHTS, "2026-03-28 22:00", 7, "2026-03-29 04:00Z"),
        (NIGHTS, "2026-03-28 22:00", 8, "2026-03-29 21:00Z"),
        (NIGHTS, "2026-10-24 22:00", 9, "2026-10-25 05:00Z"),
        (NIGHTS, "2026-10-24 22:00", 8, "2026-10-25 04:00Z"),
        # in the middle of a night, after midnight
        (NIGHTS, "2026-11-25 05:00", 2, "2026-11-25 22:00Z"),
        # split shift, also over the change in New York on 1 November
        (SPLIT, "2026-11-24 09:30", 1, "2026-11-24 21:30Z"),
        (SPLIT, "2026-10-31 19:00", 2, "2026-11-01 12:00Z"),
        # the southern hemisphere: the clocks go back on 5 April and forward on 27 September
        (AUCKLAND, "2026-04-03 16:00", 2, "2026-04-05 22:00Z"),
        (AUCKLAND, "2026-09-25 16:00", 2, "2026-09-27 21:00Z"),
        # a day the team said it is closed
        (CLOSED, "2026-11-23 16:30", 1, "2026-11-25 08:30Z"),
    ],
)
def test_working_hours_by_hand(where, start, hours, due):
    found = add_working(at(start, where.zone), timedelta(hours=hours), where)
    assert found == datetime.fromisoformat(due)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "day", "hours", "opens", "closes"),
    [
        # an opening inside the gap is where the gap ends; so is a closing
        (STOCKHOLM, "2026-03-29", "02:30-06:00", "01:00Z", "04:00Z"),
        (STOCKHOLM, "2026-03-29", "00:00-02:30", "23:00Z", "01:00Z"),
        # a time that comes twice is its first
        (STOCKHOLM, "2026-10-25", "02:30-06:00", "00:30Z", "05:00Z"),
        (STOCKHOLM, "2026-10-25", "00:00-02:30", "22:00Z", "00:30Z"),
        # in Brazil the gap was at midnight; on Lord Howe it is half an hour
        ("America/Sao_Paulo", "2018-11-04", "00:00-08:00", "03:00Z", "10:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15-04:00", "15:30Z", "17:00Z"),
    ],
)
def test_openings_where_the_clock_jumps(zone, day, hours, opens, closes):
    [(opened, closed)] = day_openings(calendar(zone, hours, EVERY_DAY), date.fromisoformat(day))
    assert [f"{moment:%H:%M}Z" for moment in (opened, closed)] == [opens, closes]


def test_a_day_that_a_zone_left_out_is_no_business_day():
    apia = calendar("Pacific/Apia", "09:00-17:00", EVERY_DAY)
    assert not is_business_day(date(2011, 12, 30), apia)
    assert is_business_day(date(2011, 12, 31), apia)


@pytest.mark.parametrize(
    ("where", "start", "days", "due"),
    [
        (LUNCH, "2026-11-24 10:00", 0, "2026-11-24 16:00Z"),
        (LUNCH, "2026-11-24 10:00", 3, "2026-11-27 16:00Z"),
        # before opening and at lunch is the same day; after closing is the next business day (STD-F11)
        (LUNCH, "2026-11-24 07:00", 1, "2026-11-25 16:00Z"),
        (LUNCH, "2026-11-24 13:00", 1, "2026-11-25 16:00Z"),
        (LUNCH, "2026-11-24 17:00", 1, "2026-11-26 16:00Z"),
        (LUNCH, "2026-11-28 11:00", 1, "2026-12-01 16:00Z"),
        # a holiday and a weekend between
        (LUNCH, "2026-04-30 10:00", 1, "2026-05-04 15:00Z"),
        # the night that began on Tuesday is Tuesday's
        (NIGHTS, "2026-11-25 03:00", 0, "2026-11-25 05:00Z"),
        (NIGHTS, "2026-11-25 07:00", 0, "2026-11-26 05:00Z"),
        (around_the_clock("UTC"), "2026-11-24 10:00", 2, "2026-11-27 00:00Z"),
    ],
)
def test_business_days_by_hand(where, start, days, due):
    assert add_business_days(at(start, where.zone), days, where) == datetime.fromisoformat(due)


def test_the_next_opening_is_now_while_at_work():
    noon = at("2026-11-24 11:00", STOCKHOLM)
    assert next_opening(noon, LUNCH) == noon
    assert next_opening(at("2026-11-24 12:30", STOCKHOLM), LUNCH) == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    assert next_opening(at("2026-11-27 17:00", STOCKHOLM), LUNCH) == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_region_has_holidays_of_its_own():
    # 6 January is a holiday in Bavaria and none in Berlin
    assert not is_business_day(date(2026, 1, 6), calendar("Europe/Berlin", "09:00-17:00", country="DE", region="BY"))
    assert is_business_day(date(2026, 1, 6), calendar("Europe/Berlin", "09:00-17:00", country="DE", region="BE"))


def test_a_holiday_on_a_saturday_closes_the_day_that_stands_in_for_it():
    # Boxing Day 2026 is a Saturday; England rests on Monday 28
    london = calendar("Europe/London", "09:00-17:00", country="GB", region="ENG")
    assert not is_business_day(date(2026, 12, 28), london)
    assert is_business_day(date(2026, 12, 29), london)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"zone": "Europe/Stokholm"}, "“Europe/Stokholm” is not a time zone. Write it like Europe/Stockholm."),
        ({"zone": "../etc"}, "“../etc” is not a time zone."),
        ({"zone": "UTC"}, "A team needs hours on at least one day of the week."),
        ({"zone": "UTC", "hours": {"mon": "nine to five"}}, "“nine to five” on Monday is not a span of hours."),
        ({"zone": "UTC", "hours": {"mon": "09:00-25:00"}}, "“09:00-25:00” on Monday has a time that no clock shows."),
        ({"zone": "UTC", "hours": {"tue": "09:75-10:00"}}, "“09:75-10:00” on Tuesday has a time that no clock shows."),
        ({"zone": "UTC", "hours": {"tue": "09:00-09:00"}}, "on Tuesday ends when it begins. Write 00:00-24:00"),
        ({"zone": "UTC", "hours": {"mon": "09:00-13:00, 12:00-17:00"}}, "Two spans on Monday overlap."),
        ({"zone": "UTC", "hours": {"sun": "22:00-06:00", "mon": "05:00-09:00"}}, "Two spans on Sunday and Monday"),
        ({"zone": "UTC", "hours": {"montag": "09:00-17:00"}}, "“montag” is not a day of the week."),
        ({"zone": "UTC", "hours": "09:00-17:00"}, "Write hours as a text for each day"),
        ({"zone": "UTC", "country": "ZZ"}, "No public holidays are known for “ZZ”."),
        ({"zone": "UTC", "country": "Sweden"}, "No public holidays are known for “SWEDEN”. Write the two letters"),
        ({"zone": "UTC", "country": "DE", "region": "QQ"}, "No public holidays are known for “DE, QQ”."),
        ({"zone": "UTC", "region": "BY"}, "“BY” is a region of which country?"),
        ({"zone": "UTC", "hours": {"mon": "09:00-17:00"}, "closed": ["Christmas"]}, "“Christmas” is not a day."),
        ({"zone": "UTC", "lunch": "12:00"}, "A calendar has no “lunch”."),
    ],
)
def test_what_is_written_wrong_is_said_in_a_sentence(data, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the sentence is compared below
        Calendar.from_data(data)
    assert sentence in str(refusal.value)


def test_nothing_written_is_round_the_clock_in_utc():
    assert Calendar.from_data({}) == around_the_clock("UTC")


def test_time_runs_forwards_only():
    with pytest.raises(ValueError, match="may not be negative"):
        add_working(datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=-1), LUNCH)
    with pytest.raises(ValueError, match="may not be negative"):
        add_business_days(datetime(2026, 1, 1, tzinfo=UTC), -1, LUNCH)


@given(CALENDARS)
def test_a_calendar_written_down_and_read_again_is_the_same(where):
    assert Calendar.from_data(where.to_data()) == where


@given(CALENDARS, MOMENTS, SPANS)
def test_what_was_added_lies_between(where, start, span):
    assert working_between(start, add_working(start, span, where), where) == span


@given(CALENDARS, MOMENTS, MOMENTS, SPANS, SPANS)
def test_starting_later_or_taking_longer_is_never_due_sooner(where, one, other, short, long):
    early, late = sorted((one, one + (other - one) / 1000))
    short, long = sorted((short, long))
    assert add_working(early, short, where) <= add_working(late, short, where) <= add_working(late, long, where)


@given(CALENDARS, MOMENTS, SPANS)
def test_a_due_time_never_lies_outside_hours(where, start, span):
    due = add_working(start, span, where)
    assert working_between(due - INSTANT, due + INSTANT, where) > timedelta(0)


@given(CALENDARS, MOMENTS, SPANS)
def test_the_clock_on_the_wall_agrees_where_it_does_not_change(where, start, span):
    """A second way to know: the local hour and weekday, away from days on which the offset changes."""
    due = add_working(start, span, where).astimezone(ZoneInfo(where.zone))
    if len({(due + timedelta(days=days)).utcoffset() for days in (-2, 0, 2)}) > 1:
        return
    minutes = due.hour * 60 + due.minute + due.second / 60 + due.microsecond / 60e6
    today, yesterday = due.date(), due.date() - timedelta(days=1)
    spans = [*where.week[today.weekday()], *((a - DAY, b - DAY) for a, b in where.week[yesterday.weekday()])]
    assert any(opens <= minutes <= closes for opens, closes in spans)


@given(CALENDARS, MOMENTS, SPANS)
def test_computing_it_again_never_differs(where, start, span):
    first = add_working(start, span, where), add_business_days(start, 3, where)
    day_openings.cache_clear()
    again = Calendar.from_data(where.to_data())
    local = start.astimezone(ZoneInfo("Asia/Tokyo"))
    assert (add_working(local, span, again), add_business_days(local, 3, again)) == first


@given(st.sampled_from(ZONES), MOMENTS, SPANS)
def test_round_the_clock_is_plain_time(zone, start, span):
    halves = calendar(zone, "00:00-12:00, 12:00-24:00", EVERY_DAY)
    for where in (around_the_clock(zone), halves):
        assert add_working(start, span, where) == start + span
        assert working_between(start, start + span, where) == span
        assert working_between(start + span, start, where) == -span


@given(CALENDARS, MOMENTS, st.integers(0, 15))
def test_each_business_day_more_is_due_later_and_at_a_closing(where, start, days):
    due = add_business_days(start, days, where)
    assert start < due < add_business_days(start, days + 1, where)
    assert working_between(due - INSTANT, due, where) == INSTANT


@given(CALENDARS)
def test_the_hours_of_a_day_are_written_as_they_are_read(where):
    for day, spans in zip(EVERY_DAY, where.week, strict=True):
        if spans:
            again = Calendar.from_data({"zone": "UTC", "hours": {day: day_text(spans)}})
            assert again.week[EVERY_DAY.index(day)] == spans


@given(st.sampled_from(["SE", "GB", "US", "NZ"]), MOMENTS)
def test_nothing_is_due_on_a_holiday(country, start):
    where = calendar("UTC", "09:00-17:00", EVERY_DAY, country=country)
    due = add_working(start, timedelta(hours=20), where)
    assert is_business_day(due.date(), where)


def test_a_typical_due_time_takes_less_than_a_fifth_of_a_millisecond():
    start = at("2026-11-24 15:00", STOCKHOLM)
    add_working(start, timedelta(hours=8), LUNCH)
    began = time.process_time()
    for minutes in range(1000):
        add_working(start + timedelta(minutes=minutes), timedelta(hours=8), LUNCH)
    assert (time.process_time() - began) / 1000 < 0.0002
