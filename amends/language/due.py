"""When a said time is due: relative words reckoned from the moment of writing, in the writer's zone and hours."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from amends.language.times import DATE, SaidTime, Token
from amends.method.calendars import Calendar, add_business_days, add_working, is_business_day
from amends.method.promised_day import end_of_business

HALF_A_YEAR = 183
FRIDAY = 4
SOON_AFTERNOON = 8
NOON = 12
LAST_HOUR = 23
WORK_UNITS = ("workday", "workhour")


@dataclass(frozen=True, slots=True)
class Due:
    """A moment in local time; `sure` is False where the words can mean another day."""

    at: datetime
    sure: bool = True


def due_of(said: SaidTime, written: datetime, calendar: Calendar, language: str) -> Due | None:
    """Return when a said time is due, None where it names no moment after the local time of writing."""
    if not said.is_ours:
        return None
    moments = [_moment(said.tokens, at, written, calendar) for at in range(len(said.tokens))]
    exact = [one for one in moments if isinstance(one, datetime)]
    days = [one for one in moments if isinstance(one, date) and not isinstance(one, datetime)]
    clock = _clock(said, language, dated=bool(days) or said.has("closing"))
    if days:
        at = _on_day(max(days), clock, said, written, calendar)
    elif exact:
        at = max(exact)
    elif said.has("closing"):
        at = _end(written.date(), written, calendar)
    elif clock is not None:
        at = datetime.combine(written.date(), clock, written.tzinfo)
        at = at if at > written else at + timedelta(days=1)
    else:
        return None
    return Due(at, not _is_ambiguous(said)) if at > written else None


def _on_day(day: date, clock: time | None, said: SaidTime, written: datetime, calendar: Calendar) -> datetime:
    if clock is not None:
        return datetime.combine(day, clock, written.tzinfo)
    if _means_the_day_before(said):
        day -= timedelta(days=1)
        while not is_business_day(day, calendar) and day > written.date():
            day -= timedelta(days=1)
    return _end(day, written, calendar)


def _means_the_day_before(said: SaidTime) -> bool:
    kinds = [token.kind for token in said.tokens]
    return "before" in kinds and "end" not in kinds and "period" not in kinds and "months" not in kinds


def _end(day: date, written: datetime, calendar: Calendar) -> datetime:
    """The end of business of a day; when business has ended today, today ends at midnight."""
    at = end_of_business(day, calendar).astimezone(written.tzinfo)
    return at if at > written or day != written.date() else at.replace(hour=LAST_HOUR, minute=59)


def _moment(tokens: tuple[Token, ...], at: int, written: datetime, calendar: Calendar) -> datetime | date | None:
    token = tokens[at]
    before = tokens[at - 1] if at else Token("", "", 0, 0)
    today = written.date()
    match token.kind:
        case "span":
            number, unit = token.value.split()
            return _span(int(number), unit, written, calendar)
        case "unit":
            return _of_unit(token.value, before, written, calendar)
        case "tonight":
            return datetime.combine(today, time.fromisoformat(token.value), written.tzinfo)
        case "month":
            return _in_month(tokens, at, today)
        case "date":
            return _numeric(token.value, today)
    return _day(token, before, today, calendar)


def _day(token: Token, before: Token, today: date, calendar: Calendar) -> date | None:
    match token.kind:
        case "weekday":
            return _weekday(int(token.value), before, today)
        case "day":
            return today + timedelta(days=int(token.value))
        case "period":
            return _week_end(today, int(token.value), calendar)
        case "months":
            return _month_end(today, int(token.value))
    return None


def _of_unit(unit: str, before: Token, written: datetime, calendar: Calendar) -> datetime | date | None:
    if before.kind == "number":
        return _span(int(before.value), unit, written, calendar)
    ahead = {"next": 1, "this": 0, "link": 0}.get(before.kind)
    if ahead is None or unit not in ("week", "month"):
        return None
    return _week_end(written.date(), ahead, calendar) if unit == "week" else _month_end(written.date(), ahead)


def _span(number: int, unit: str, written: datetime, calendar: Calendar) -> datetime | date | None:
    if number > HALF_A_YEAR:
        return None
    match unit:
        case "minute":
            return written + timedelta(minutes=number)
        case "hour":
            return written + timedelta(hours=number)
        case "workhour":
            return add_working(written, timedelta(hours=number), calendar).astimezone(written.tzinfo)
        case "workday":
            return add_business_days(written, number, calendar).astimezone(written.tzinfo)
        case "month":
            return _months_on(written.date(), number)
    return written.date() + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _months_on(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday(number: int, before: Token, today: date) -> date:
    if before.kind == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _week_end(today: date, ahead: int, calendar: Calendar) -> date:
    """The last working day of this week or a later one."""
    sunday = today + timedelta(days=6 - today.weekday() + 7 * ahead)
    worked = (sunday - timedelta(days=back) for back in range(7))
    return next((day for day in worked if is_business_day(day, calendar)), sunday)


def _month_end(today: date, ahead: int) -> date:
    first = _months_on(today.replace(day=1), ahead)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _in_month(tokens: tuple[Token, ...], at: int, today: date) -> date | None:
    """A day and a month side by side, the year that is nearest unless it is named; or the end of a month."""
    month = int(tokens[at].value)
    around = [*reversed(tokens[max(0, at - 2) : at]), *tokens[at + 1 : at + 3]]
    numbers = [int(token.value) for token in around if token.kind == "number"]
    year = next((int(one.value) for one in tokens[at + 1 : at + 4] if one.kind == "number" and len(one.value) == 4), 0)
    day = next((one for one in numbers if 1 <= one <= 31), 0)
    if not day and any(token.kind == "end" for token in tokens[:at]):
        nearest = _nearest(1, month, today)
        return nearest.replace(day=monthrange(nearest.year, month)[1]) if nearest else None
    if not day:
        return None
    return _valid(year, month, day) if year else _nearest(day, month, today)


def _nearest(day: int, month: int, today: date) -> date | None:
    years = (today.year - 1, today.year, today.year + 1)
    found = [one for one in (_valid(year, month, day) for year in years) if one]
    return min(found, key=lambda one: abs(one - today), default=None)


def _numeric(value: str, today: date) -> date | None:
    """A date in figures: year first where it has four digits, otherwise the day first."""
    numbers = [int(one) for one in value.replace("-", ".").replace("/", ".").split(".") if one]
    if len(numbers) == 2:
        return _nearest(numbers[0], numbers[1], today)
    if numbers[0] > 31:
        return _valid(*numbers)
    return _valid(numbers[2] % 100 + 2000, numbers[1], numbers[0])


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(said: SaidTime, language: str, *, dated: bool) -> time | None:
    """The latest hour that is named; a bare figure is an hour only beside a day, and after “at” or “by”."""
    found = [time.fromisoformat(token.value) for token in said.tokens if token.kind == "clock" and token.value]
    if dated:
        found += [one for at in range(len(said.tokens)) if (one := _bare_hour(said.tokens, at, language)) is not None]
    return max(found, default=None)


def _bare_hour(tokens: tuple[Token, ...], at: int, language: str) -> time | None:
    token, before = tokens[at], tokens[at - 1] if at else None
    following = next((one for one in tokens[at + 1 :] if one.kind not in ("link", "of")), None)
    if token.kind != "number" or before is None or before.kind not in ("at", "range", "before", "by"):
        return None
    if following is not None and following.kind in ("unit", "month"):
        return None
    if before.kind == "range" and not any(one.kind == "at" for one in tokens[:at]):
        return None
    if any(one.kind == "month" for one in tokens[max(0, at - 2) : at]):
        return None
    hour = int(token.value)
    if language == "en" and 0 < hour < SOON_AFTERNOON:
        hour += NOON
    return time(hour) if hour <= LAST_HOUR else None


def _is_ambiguous(said: SaidTime) -> bool:
    return any(token.kind == "date" and "/" in token.value for token in said.tokens) and any(
        token.kind in DATE for token in said.tokens
    )
