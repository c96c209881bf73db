"""Working time between many moments: each day of a calendar is looked up once."""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from amends.method.calendars import Calendar, day_openings
from amends.method.deadlines import agreement_aim

ONE_DAY = timedelta(days=1)


class WorkingClock:
    """The working time of one calendar between a first and a last moment, ready to be asked many times."""

    def __init__(self, calendar: Calendar, first: datetime, last: datetime) -> None:
        """Lay the openings out in order, with the working time before each."""
        self._calendar, self._zone = calendar, ZoneInfo(calendar.zone)
        self._aims: dict[tuple[date | int, int], datetime | None] = {}
        self._always = calendar.is_always_open
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        self._before: list[timedelta] = []
        total, day = timedelta(0), first.date() - 2 * ONE_DAY
        while not self._always and day <= last.date() + ONE_DAY:
            for opens, closes in day_openings(calendar, day):
                self._opens.append(opens)
                self._closes.append(closes)
                self._before.append(total)
                total += closes - opens
            day += ONE_DAY

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from one moment to a later one."""
        return end - start if self._always else self._until(end) - self._until(start)

    def aim(self, start: datetime, days: int) -> datetime | None:
        """When a remedy should have been found: the close of so many business days after the one that received it.

        All that comes in between two closings of business has the same aim, so each is reckoned once.
        """
        received = start.astimezone(self._zone).date() if self._always else bisect_right(self._closes, start)
        if (received, days) not in self._aims:
            self._aims[received, days] = agreement_aim(start, days, self._calendar)
        return self._aims[received, days]

    def _until(self, at: datetime) -> timedelta:
        number = bisect_right(self._opens, at) - 1
        if number < 0:
            return timedelta(0)
        return self._before[number] + min(at, self._closes[number]) - self._opens[number]
