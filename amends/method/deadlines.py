"""When a person must have answered, told more, found a remedy, asked again: pure functions over a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.method.calendars import (
    Calendar,
    add_working,
    business_closings,
    end_of_day,
    working_between,
)


class Unit(StrEnum):
    """What a term is counted in."""

    HOURS = "hours"
    BUSINESS_DAYS = "business_days"
    DAYS = "days"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take: 4 working hours, 3 business days, 8 weeks."""

    amount: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which a clock stood still, such as waiting for the customer; without an end it still does."""

    start: datetime
    end: datetime | None = None


def due(term: Term, calendar: Calendar, started_at: datetime, pauses: Sequence[Pause] = ()) -> datetime | None:
    """When a term runs out, in UTC; None while the clock stands still. The same arguments give the same moment.

    Hours run in working time and stop in pauses. Business days end at the close of business, and one that closes in
    a pause is not counted. Calendar days and weeks are a rule's own and end at midnight: no pause of ours stops them.
    """
    match term.unit:
        case Unit.HOURS:
            return _after_hours(timedelta(hours=term.amount), calendar, started_at, pauses)
        case Unit.BUSINESS_DAYS:
            return _after_business_days(int(term.amount), calendar, started_at, pauses)
        case Unit.DAYS:
            return end_of_day(started_at, int(term.amount), calendar)
        case Unit.WEEKS:
            return end_of_day(started_at, int(term.amount) * 7, calendar)


def first_reply_due(
    received_at: datetime, hours: float, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When a person must have answered: the policy's working hours for the channel and severity (E26; numbers [J])."""
    return due(Term(hours, Unit.HOURS), calendar, received_at, pauses)


def update_due(last_word_at: datetime, days: int, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime | None:
    """When the customer must hear again, be it "nothing new yet": business days after our last word (days [J])."""
    return due(Term(days, Unit.BUSINESS_DAYS), calendar, last_word_at, pauses)


def agreement_aim(
    received_at: datetime, days: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When a remedy should have been agreed: business days from receipt, an aim and no promise (days [J])."""
    return due(Term(days, Unit.BUSINESS_DAYS), calendar, received_at, pauses)


def _after_hours(left: timedelta, calendar: Calendar, started_at: datetime, pauses: Sequence[Pause]) -> datetime | None:
    running_from = started_at
    for pause in sorted(pauses, key=lambda one: one.start):
        if pause.end is not None and pause.end <= running_from:
            continue
        stops_at = max(pause.start, running_from)
        if (runs_out := add_working(running_from, left, calendar)) <= stops_at:
            return runs_out
        if pause.end is None:
            return None
        left -= working_between(running_from, stops_at, calendar)
        running_from = pause.end
    return add_working(running_from, left, calendar)


def _after_business_days(
    left: int, calendar: Calendar, started_at: datetime, pauses: Sequence[Pause]
) -> datetime | None:
    stopped_at = min((pause.start for pause in pauses if pause.end is None), default=None)
    closings = business_closings(started_at, calendar)
    closing = next(closings)
    while stopped_at is None or stopped_at >= closing:
        if left == 0:
            return closing
        closing = next(closings)
        left -= not any(_covers(pause, closing) for pause in pauses)
    return None


def _covers(pause: Pause, at: datetime) -> bool:
    return pause.start < at and (pause.end is None or at <= pause.end)
