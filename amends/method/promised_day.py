"""When a day that was promised is over: the end of business of that day."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from amends.method.calendars import Calendar, day_openings

CLOSED_DAY_ENDS = time(17)
LAST_MINUTE = time(23, 59)


def end_of_business(day: date, calendar: Calendar) -> datetime:
    """When business ends on a day, in UTC: never after 23:59 of that day in the zone.

    On a day when nobody works it is five in the afternoon, while the customer can still be told (our judgement).
    """
    zone = ZoneInfo(calendar.zone)
    openings = day_openings(calendar, day)
    if not openings:
        return datetime.combine(day, CLOSED_DAY_ENDS, zone).astimezone(UTC)
    return min(openings[-1][1], datetime.combine(day, LAST_MINUTE, zone).astimezone(UTC))
