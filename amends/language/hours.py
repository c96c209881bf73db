"""The working hours that a promise is reckoned in: when a day ends, and what some working days or hours later is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

FRIDAY = 4
OPENS = time(9)
CLOSES = time(17)


class Hours(Protocol):
    """What is asked of a team's calendar; times are local to the team."""

    def end_of(self, day: date) -> time | None:
        """When work ends on a day, None when nobody works."""

    def days_later(self, start: datetime, days: int) -> date:
        """The day that is so many working days after a local time."""

    def later(self, start: datetime, span: timedelta) -> datetime:
        """The local time when so much working time has passed."""


@dataclass(frozen=True, slots=True)
class OfficeWeek:
    """Monday to Friday from nine to five: what “working day” means where a team has set no hours (our judgement)."""

    def end_of(self, day: date) -> time | None:
        """Five o'clock from Monday to Friday."""
        return CLOSES if day.weekday() <= FRIDAY else None

    def days_later(self, start: datetime, days: int) -> date:
        """The so-maniest weekday after the day of a local time."""
        day = start.date()
        while days > 0:
            day += timedelta(days=1)
            days -= day.weekday() <= FRIDAY
        return day

    def later(self, start: datetime, span: timedelta) -> datetime:
        """The local time when so much of the weekdays between nine and five has passed."""
        at = start
        while True:
            end = at.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
            begin = max(at, at.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0))
            left = end - begin if at.weekday() <= FRIDAY else timedelta(0)
            if left >= span:
                return begin + span
            span -= max(left, timedelta(0))
            at = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
