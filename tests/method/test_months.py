"""A month as the law counts it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.method.months import a_month_after


def test_the_same_day_or_the_last_one_there_is():
    assert a_month_after(date(2026, 11, 21)) == date(2026, 12, 21)
    assert a_month_after(date(2026, 12, 31)) == date(2027, 1, 31)
    assert a_month_after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert a_month_after(date(2028, 1, 30)) == date(2028, 2, 29)


@given(st.dates(max_value=date(9999, 11, 30)))
def test_it_is_never_longer_than_the_month_it_begins_in_or_shorter_than_february(day):
    after = a_month_after(day)
    assert timedelta(days=28) <= after - day <= timedelta(days=31)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == 1
