"""When letters of figures are due, in somebody's zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from amends.reporting.when import Often, due_after, in_words

ZONES = ("Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")
moments = some.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001


@given(moments, some.sampled_from(Often), some.integers(0, 6), some.integers(0, 23), some.sampled_from(ZONES))
def test_it_is_the_next_such_hour_there(after, often, weekday, hour, zone):
    due = due_after(often, weekday, hour, zone, after)
    there = due.astimezone(ZoneInfo(zone))
    assert due > after
    assert there.weekday() == weekday
    assert there.hour in (hour, hour + 1)  # an hour that a clock put forward leaves out comes an hour later
    most = timedelta(days=7, hours=1) if often is Often.WEEK else timedelta(days=35, hours=1)
    assert due - after <= most
    assert often is Often.WEEK or there.day <= 7


def test_by_hand():
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert due_after(Often.WEEK, 0, 8, "Europe/Stockholm", monday) == datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert due_after(Often.WEEK, 0, 9, "Europe/Stockholm", monday) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert due_after(Often.MONTH, 4, 8, "UTC", monday) == datetime(2026, 12, 4, 8, tzinfo=UTC)
    summer = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert due_after(Often.WEEK, 0, 8, "Europe/Stockholm", summer) == datetime(2026, 3, 30, 6, tzinfo=UTC)
    assert in_words("month", 4, 8, "UTC") == "On the first Friday of a month at 08:00, UTC"
