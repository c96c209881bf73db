"""Times and sums as people say them, in the zone of the desk."""

from datetime import UTC, datetime, timedelta
from math import ceil

from django.utils.timezone import localtime

from amends.method.money import written


def clock(at: datetime) -> str:
    """ "09:02"."""
    return f"{localtime(at):%H:%M}"


def day(at: datetime) -> str:
    """ "21 November"."""
    return f"{localtime(at):%-d %B}"


def full_day(at: datetime) -> str:
    """ "Monday 23 November", with the year when it is not this one: a day as a customer reads it."""
    local = localtime(at)
    return f"{local:%A %-d %B}" if local.year == localtime(datetime.now(UTC)).year else f"{local:%A %-d %B %Y}"


def moment(at: datetime) -> str:
    """ "today 09:02", "yesterday 17:40", "12 Nov 08:15"."""
    local, today = localtime(at), localtime(datetime.now(UTC)).date()
    if local.date() == today:
        return f"today {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"yesterday {local:%H:%M}"
    return f"{local:%-d %b %H:%M}" if local.year == today.year else f"{local:%-d %b %Y}"


def when(due: datetime) -> str:
    """ "due in 2 h", "due today 16:00", "due tomorrow", "due Fri", "late since 12 Nov": a promise, not a countdown."""
    now = datetime.now(UTC)
    if due < now:
        return f"late since {moment(due)}"
    if due - now < timedelta(hours=1):
        return f"due in {max(1, int((due - now).total_seconds() // 60))} min"
    if due - now < timedelta(hours=8):
        return f"due in {round((due - now).total_seconds() / 3600)} h"
    days = (localtime(due).date() - localtime(now).date()).days
    return {0: f"due today {clock(due)}", 1: "due tomorrow"}.get(
        days, f"due {localtime(due):%a}" if days < 7 else f"due {localtime(due):%-d %b}"
    )


def span(length: timedelta) -> str:
    """ "40 minutes", "5 hours", "3 days": how long something takes, rounded up so that it never sounds shorter."""
    minutes = ceil(length.total_seconds() / 60)
    size, name = (1, "minute") if minutes < 60 else (60, "hour") if minutes < 48 * 60 else (24 * 60, "day")
    number = ceil(minutes / size)
    return f"{number} {name}{'' if number == 1 else 's'}"


def money(cents: int, currency: str) -> str:
    """ "€89.50"."""
    return written(cents, currency)
