"""The parts below the insight pages: scales and lists, and a quick clock that agrees with the calendar."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from amends.insights.answer import Bar, Bars, Week, Weeks, listed
from amends.insights.clock import WorkingClock
from amends.method.calendars import Calendar, around_the_clock, working_between
from amends.method.deadlines import agreement_aim

OFFICE = Calendar.from_data(
    {"zone": "Europe/Stockholm", "hours": {"mon": "09:00-12:30, 13:30-17:00", "wed": "22:00-06:00"}, "country": "SE"}
)
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
moments = some.integers(0, 60 * 24 * 3600).map(lambda seconds: FIRST + timedelta(seconds=seconds))


@given(moments, moments, some.sampled_from([OFFICE, around_the_clock("Asia/Kolkata")]))
def test_the_quick_clock_agrees_with_the_calendar(one, other, calendar):
    start, end = sorted((one, other))
    clock = WorkingClock(calendar, FIRST, datetime(2026, 4, 30, tzinfo=UTC))
    assert clock.between(start, end) == working_between(start, end, calendar)


@given(some.lists(moments, min_size=1, max_size=5), some.integers(0, 4))
def test_aims_are_the_calendars_also_where_one_serves_for_several(starts, days):
    for calendar in (OFFICE, around_the_clock("Asia/Kolkata")):
        clock = WorkingClock(calendar, FIRST, datetime(2026, 4, 30, tzinfo=UTC))
        assert [clock.aim(one, days) for one in starts] == [agreement_aim(one, days, calendar) for one in starts]


def test_scales_end_at_a_round_number_above_all():
    for most, top in ((0, 2), (1, 2), (7, 8), (10, 10), (11, 20), (37, 40), (101, 200), (999, 1000)):
        assert Weeks("columns", "", "", (), (Week("", (most,)),)).top == top
    assert Bars("", "", (Bar("", 0.2, 0.1, 0.4, ""),)).top == 0.4
    assert Bars("", "", (Bar("", 0.2, 0.1, 0.4, ""),), whole=True).top == 1


def test_names_are_listed_as_people_do():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_a_span_of_nothing_is_no_time():
    clock = WorkingClock(OFFICE, FIRST, FIRST + timedelta(days=1))
    assert clock.between(FIRST, FIRST) == timedelta(0)
