"""Shifts: their moments in UTC from a day and hours of the team's zone, the rest between them, and who is back when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from amends.method.calendars import Calendar, day_openings, next_opening
from amends.method.hours import DAYS, CalendarRefused, parse_day

REST = timedelta(hours=11)
LONGEST = timedelta(hours=24)
WEEK = timedelta(days=7)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class ShortRest:
    """Less than eleven hours between two shifts: when the first ends, when the next begins."""

    ends_at: datetime
    begins_at: datetime

    @property
    def hours(self) -> float:
        """How long the rest is, in hours."""
        return (self.begins_at - self.ends_at) / timedelta(hours=1)


def shift_on(day: date, hours: str, zone: str) -> Span:
    """The moments in UTC of a shift such as "22:00-06:00" that begins on a day of a zone; the clock there counts.

    Raises CalendarRefused unless the text is one span that has a length on that day.
    """
    name = DAYS[day.weekday()]
    spans = parse_day(hours, name)
    if len(spans) != 1:
        raise CalendarRefused("Write one span of hours, like 09:00-17:00. A second shift is made by itself.", "hours")
    openings = day_openings(Calendar(zone, (spans,) * 7), day)
    if not openings:
        raise CalendarRefused("The clocks change on that day, and this shift would have no length.", "hours")
    return openings[0]


def monday_of(at: datetime, zone: str) -> date:
    """The Monday of the week a moment lies in, by the clock of a zone."""
    day = at.astimezone(ZoneInfo(zone)).date()
    return day - timedelta(days=day.weekday())


def week_from(monday: date, zone: str) -> Span:
    """When a week of a zone begins and ends, in UTC."""
    begins, ends = (
        datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in (monday, monday + WEEK)
    )
    return begins, ends


def short_rests(spans: Iterable[Span]) -> list[ShortRest]:
    """Where one person has less than 11 hours in a row between shifts (Directive 2003/88/EC, Article 3).

    It is a warning: what counts as working time on call, and what national law allows, is for whoever plans.
    """
    return [
        ShortRest(one[1], following[0]) for one, following in pairwise(sorted(spans)) if following[0] - one[1] < REST
    ]


def next_there(at: datetime, calendar: Calendar, shifts: Sequence[Span]) -> datetime:
    """The moment itself when somebody is there, else the next moment somebody is, in UTC.

    In a week for which shifts are planned they count, in any other the hours of the team.
    """
    if any(begins <= at < ends for begins, ends in shifts):
        return at
    planned = {monday_of(begins, calendar.zone) for begins, _ in shifts}
    opens = next_opening(at, calendar)
    while (monday := monday_of(opens, calendar.zone)) in planned:
        opens = next_opening(week_from(monday, calendar.zone)[1], calendar)
    return min([opens, *(begins for begins, _ in shifts if begins > at)])
