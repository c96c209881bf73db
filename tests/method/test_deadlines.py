"""When an answer, a follow-up and the end of an offer are due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.deadlines import follow_up_due, offer_expires, reply_due

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given a zone
SEVERITIES = st.integers(1, 4)


@pytest.mark.parametrize(("severity", "hours", "days"), [(1, 8, 7), (2, 4, 7), (3, 2, 3), (4, 1, 1)])
def test_what_is_graver_is_due_sooner(severity, hours, days):
    assert reply_due(NOW, severity) == NOW + timedelta(hours=hours)
    assert follow_up_due(NOW, severity) == NOW + timedelta(days=days)


def test_an_offer_lapses_after_two_weeks():
    assert offer_expires(NOW) == NOW + timedelta(days=14)


@pytest.mark.parametrize("severity", [0, 5, -1])
def test_a_severity_that_does_not_exist_has_no_deadline(severity):
    with pytest.raises(KeyError):
        reply_due(NOW, severity)


@given(TIMES, SEVERITIES, SEVERITIES)
def test_deadlines_lie_ahead_and_never_later_for_what_is_graver(at, one, other):
    graver, milder = max(one, other), min(one, other)
    assert at < reply_due(at, graver) <= reply_due(at, milder)
    assert at < follow_up_due(at, graver) <= follow_up_due(at, milder)


@given(st.datetimes(datetime(2026, 3, 28), datetime(2026, 3, 30)), SEVERITIES)  # noqa: DTZ001 - given a zone below
def test_the_hours_are_real_hours_when_the_clocks_change(at, severity):
    there = at.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    assert (reply_due(there, severity) - there) == timedelta(hours={1: 8, 2: 4, 3: 2, 4: 1}[severity])
