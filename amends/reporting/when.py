"""When a letter of figures is due: a weekday and an hour in somebody's zone, each week or each month's first."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Often(StrEnum):
    """How often somebody wants to hear."""

    WEEK = "week"
    MONTH = "month"


def due_after(often: Often, weekday: int, hour: int, zone: str, after: datetime) -> datetime:
    """The first such moment after another, in UTC: every week, or on the first such day of a month."""
    there = ZoneInfo(zone)
    day = after.astimezone(there).date()
    while True:
        due = datetime.combine(day, time(hour), tzinfo=there).astimezone(UTC)
        if due > after and day.weekday() == weekday and (often is Often.WEEK or day.day <= len(WEEKDAYS)):
            return due
        day += timedelta(days=1)


def in_words(often: str, weekday: int, hour: int, zone: str) -> str:
    """ "Every Monday at 08:00, Europe/Stockholm"."""
    each = "Every" if often == Often.WEEK else "On the first"
    of = "" if often == Often.WEEK else " of a month"
    return f"{each} {WEEKDAYS[weekday]}{of} at {hour:02}:00, {zone}"
