"""When a team works: hours, holidays and closed days, and the arithmetic of working time over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from amends.method.hours import DAY, CalendarRefused, Week, parse_week, week_text
from amends.method.public_holidays import check_place, public_holidays

ONE_DAY = timedelta(days=1)
LONGEST_SEARCH = timedelta(days=5 * 366)
KEYS = {"zone", "hours", "country", "region", "closed"}
WHOLE_WEEK: Week = (((0, DAY),),) * 7
Opening = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours a team works in its own zone; an overnight shift belongs to the day on which it begins."""

    zone: str
    week: Week
    country: str = ""
    region: str = ""
    closed: frozenset[date] = frozenset()

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Calendar":
        """The calendar in a dictionary of plain values, {} being round the clock in UTC; or CalendarRefused.

        `{"zone": "Europe/Stockholm", "hours": {"mon": "09:00-12:30, 13:30-17:00"}, "country": "SE", "closed": []}`
        """
        if not data:
            return around_the_clock("UTC")
        unknown = sorted(set(data) - KEYS)
        if unknown:
            raise CalendarRefused(f"A calendar has no “{unknown[0]}”. It has: {', '.join(sorted(KEYS))}.", unknown[0])
        country, region = str(data.get("country", "")).upper(), str(data.get("region", ""))
        check_place(country, region)
        hours, closed = data.get("hours", {}), data.get("closed", [])
        if not isinstance(hours, dict) or not isinstance(closed, list):
            raise CalendarRefused("Write hours as a text for each day, and closed days as a list.", "hours")
        return cls(
            _known_zone(str(data.get("zone", ""))),
            parse_week(hours),
            country,
            region,
            frozenset(_day(str(text)) for text in closed),
        )

    def to_data(self) -> dict[str, Any]:
        """Plain values from which `from_data` makes the same calendar again."""
        return {
            "zone": self.zone,
            "hours": week_text(self.week),
            "country": self.country,
            "region": self.region,
            "closed": sorted(day.isoformat() for day in self.closed),
        }

    @property
    def is_always_open(self) -> bool:
        """Whether no moment lies outside its hours."""
        return self.week == WHOLE_WEEK and not self.country and not self.closed


def around_the_clock(zone: str) -> Calendar:
    """A calendar that is always open; its days begin at midnight of the zone."""
    return Calendar(_known_zone(zone), WHOLE_WEEK)


def add_working(start: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """The moment in UTC when this much working time has passed since the start; closing time counts as inside."""
    if span < timedelta(0):
        raise ValueError("Working time is added forwards: the span may not be negative.")
    if calendar.is_always_open:
        return start.astimezone(UTC) + span
    left = span
    for opens, closes in _openings(calendar, start):
        begins = max(opens, start.astimezone(UTC))
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise _never_open(calendar, start)


def working_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two moments; negative when the second comes first."""
    if end < start:
        return -working_between(end, start, calendar)
    if calendar.is_always_open:
        return end - start
    total = timedelta(0)
    day, last = _local_day(start, calendar) - ONE_DAY, _local_day(end, calendar)
    while day <= last:
        for opens, closes in day_openings(calendar, day):
            total += max(min(closes, end) - max(opens, start), timedelta(0))
        day += ONE_DAY
    return total


def add_business_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """End of business, in UTC, so many business days after the one that received it (STD-F08).

    What comes in outside hours is received on the next business day (STD-F11: the current text is to be confirmed).
    """
    if days < 0:
        raise ValueError("Business days are counted forwards: the number may not be negative.")
    closings = business_closings(start, calendar)
    return next(closing for number, closing in enumerate(closings) if number == days)


def business_closings(start: datetime, calendar: Calendar) -> Iterator[datetime]:
    """End of business of the day that received it, then of each business day after it, without end."""
    day = business_day_of(start, calendar)
    last_seen = day
    while day - last_seen < LONGEST_SEARCH:
        if openings := day_openings(calendar, day):
            last_seen = day
            yield openings[-1][1]
        day += ONE_DAY
    raise _never_open(calendar, start)


def business_day_of(at: datetime, calendar: Calendar) -> date:
    """The business day a moment belongs to: the one at work then, else the next one."""
    day = _local_day(at, calendar) - ONE_DAY
    end = day + LONGEST_SEARCH
    while day < end:
        if any(closes > at for _, closes in day_openings(calendar, day)):
            return day
        day += ONE_DAY
    raise _never_open(calendar, at)


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Whether the team begins work on this day of its own zone."""
    return bool(day_openings(calendar, day))


def next_opening(at: datetime, calendar: Calendar) -> datetime:
    """The moment itself when the team is at work, else the next moment it is, in UTC."""
    return add_working(at, timedelta(0), calendar)


def end_of_day(at: datetime, days: int, calendar: Calendar) -> datetime:
    """Midnight, in UTC, at the end of the day that comes so many calendar days after this one in the zone."""
    return _moment(_local_day(at, calendar) + timedelta(days=days), DAY, ZoneInfo(calendar.zone))


@lru_cache(maxsize=4096)
def day_openings(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    """The spans of work that begin on a day, as moments in UTC and in order; none on a closed day or holiday."""
    spans = calendar.week[day.weekday()]
    if not spans or day in calendar.closed:
        return ()
    if calendar.country and day in public_holidays(calendar.country, calendar.region, day.year):
        return ()
    zone = ZoneInfo(calendar.zone)
    openings = ((_moment(day, opens, zone), _moment(day, closes, zone)) for opens, closes in spans)
    return tuple(opening for opening in openings if opening[0] < opening[1])


def _openings(calendar: Calendar, since: datetime) -> Iterator[Opening]:
    """Every span of work that ends after a moment, for as long as one may sensibly look."""
    day = _local_day(since, calendar) - ONE_DAY
    last_seen = day
    while day - last_seen < LONGEST_SEARCH:
        for opening in day_openings(calendar, day):
            last_seen = day
            if opening[1] > since:
                yield opening
        day += ONE_DAY


def _local_day(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(ZoneInfo(calendar.zone)).date()


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """A wall-clock time as a moment: one that comes twice is its first, one that is skipped is where the gap ends."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    return _end_of_gap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the zone's offset changes between two moments, found by halving."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a name that leaves the folder, one that is a folder, one nobody knows
        raise CalendarRefused(f"“{name}” is not a time zone. Write it like Europe/Stockholm.", "zone") from None
    return name


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CalendarRefused(f"“{text}” is not a day. Write closed days like 2026-12-24.", "closed") from None


def _never_open(calendar: Calendar, at: datetime) -> ValueError:
    return ValueError(f"This calendar ({calendar.zone}) has no working hours in the five years after {at:%Y-%m-%d}.")
