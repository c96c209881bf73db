"""Weeks made for tests."""

from datetime import date, timedelta

from amends.measures.weeks import Week

MONDAY = date(2025, 1, 6)


def day(week):
    """The Monday so many weeks after the first."""
    return MONDAY + timedelta(weeks=week)


def weeks(counts, exposure=1.0, first=0):
    """Weeks with these counts, one after the other."""
    return tuple(Week(day(first + number), int(count), exposure) for number, count in enumerate(counts))
