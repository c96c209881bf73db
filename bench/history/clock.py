"""When people do things: at work in their hours, at home in the day; and the weeks of the history."""

from datetime import UTC, datetime, time, timedelta
from random import Random

from amends.demo.kept import ZONE

WEEKS = 78
WEEK, DAY, HOUR, MINUTE = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OPENS, SHUTS = time(8, 45), time(16, 15)
WAKES, SLEEPS = time(7, 30), time(21, 30)
SATURDAY = 5


def monday(at: datetime, weeks: int, *, days: int = 0, hour: int = 0) -> datetime:
    """The Monday so many weeks from another, or a day and hour after it, by the clock on the company's wall."""
    day = at.astimezone(ZONE).date() + weeks * WEEK + days * DAY
    return datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC)


def at_work(at: datetime, dice: Random) -> datetime:
    """This moment when the team works then, else soon after it begins again; in UTC and whole seconds."""
    return _moved(at, dice, OPENS, SHUTS, last_day=SATURDAY)


def in_the_day(at: datetime, dice: Random) -> datetime:
    """This moment when people are up, else a while after they are again."""
    return _moved(at, dice, WAKES, SLEEPS, last_day=7)


def _moved(at: datetime, dice: Random, begins: time, ends: time, *, last_day: int) -> datetime:
    local = at.astimezone(ZONE)
    if begins <= local.time() < ends and local.weekday() < last_day:
        return at.replace(microsecond=0)
    day = local.date() if local.time() < begins else local.date() + DAY
    while day.weekday() >= last_day:
        day += DAY
    begun = datetime.combine(day, begins, tzinfo=ZONE) + dice.random() * 2 * HOUR
    return begun.astimezone(UTC).replace(microsecond=0)


def span(dice: Random, hours: float, scatter: float = 0.8) -> timedelta:
    """How long something takes: mostly about so many hours, now and then several times that."""
    return timedelta(hours=hours * dice.lognormvariate(0, scatter))
