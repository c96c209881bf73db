"""When a said time is due: relative words reckoned from the moment of writing, in the writer's zone and hours."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from amends.language.hours import clock_of, is_clock
from amends.language.times import DATE, SaidTime, Token
from amends.method.calendars import Calendar, add_business_days, add_working, is_business_day
from amends.method.promised_day import end_of_business

HALF_A_YEAR = 183
TUESDAY = 1
MIDDLE = 15
LAST_HOUR = 23
WORK_UNITS = ("workday", "workhour")


@dataclass(frozen=True, slots=True)
class Due:
    """A moment in local time; `sure` is False where the words can mean another day."""

    at: datetime
    sure: bool = True


def due_of(
    said: SaidTime, written: datetime, calendar: Calendar, language: str, named: date | None = None
) -> Due | None:
    """Return when a said time is due, None where it names no moment after the local time of writing.

    `named` is the day named before it, from which “three days later” and “the same day” are reckoned.
    """
    if not said.is_ours:
        return None
    if said.has("onward") and (said.has("unit") or any(one.kind == "onward" and one.value for one in said.tokens)):
        if named is None:
            return None
        at = _at(said, datetime.combine(named, written.timetz()), calendar, language, None)
    else:
        at = _at(said, written, calendar, language, named)
    return Due(at, not _is_ambiguous(said)) if at is not None and at > written else None


def _at(said: SaidTime, written: datetime, calendar: Calendar, language: str, named: date | None) -> datetime | None:
    moments = [_moment(said.tokens, at, written, calendar, language) for at in range(len(said.tokens))]
    exact = [one for one in moments if isinstance(one, datetime)]
    days = _days(said, moments, written.date())
    clock = clock_of(said, language, dated=bool(days) or said.has("closing"))
    if days:
        day = max(days)
        if named and day < named and said.has("weekday") and not said.has("next"):
            day += timedelta(days=7)
        if said.has("weekof"):
            day = _week_end(day, 0, calendar)
        return _on_day(day, clock, said, written, calendar)
    if exact:
        return max(exact)
    if said.has("closing"):
        return _end(written.date(), written, calendar)
    return _next_hour(clock, said, written, named) if clock is not None else None


def _days(said: SaidTime, moments: list[datetime | date | None], today: date) -> list[date]:
    """The days named: “Tuesday of next week” is one; beside a full date its weekday says nothing more."""
    weeks = [int(one.value) for one in said.tokens if one.kind == "period"]
    weekdays = [int(one.value.split()[0]) for one in said.tokens if one.kind == "weekday"]
    if weeks and weekdays:
        return [today + timedelta(days=7 * weeks[0] - today.weekday() + weekdays[-1])]
    full = any(one.kind in ("month", "date", "nth") and moments[at] for at, one in enumerate(said.tokens))
    return [
        one
        for token, one in zip(said.tokens, moments, strict=True)
        if isinstance(one, date) and not isinstance(one, datetime) and not (full and token.kind == "weekday")
    ]


def _next_hour(clock: time, said: SaidTime, written: datetime, named: date | None) -> datetime:
    """The hour on the day named before it, or the next such hour."""
    if named and named > written.date():
        return datetime.combine(named, clock, written.tzinfo)
    at = datetime.combine(written.date(), clock, written.tzinfo)
    return at if at > written and not said.has("morrow") else at + timedelta(days=1)


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


def _moment(
    tokens: tuple[Token, ...], at: int, written: datetime, calendar: Calendar, language: str
) -> datetime | date | None:
    token = tokens[at]
    before = tokens[at - 1] if at else Token("", "", 0, 0)
    today = written.date()
    match token.kind:
        case "span":
            number, unit = token.value.split()
            return _span(int(number), unit, written, calendar)
        case "unit":
            if is_clock(tokens, at, language):
                return None
            return _of_unit(token.value, before, written, calendar)
        case "tonight":
            return today
        case "number" | "nth":
            return _nth(tokens, at, today)
        case "month":
            return _in_month(tokens, at, today)
        case "date":
            return _numeric(token.value, today)
    return _day(tokens, at, today, calendar)


def _day(tokens: tuple[Token, ...], at: int, today: date, calendar: Calendar) -> date | None:
    token, before = tokens[at], tokens[at - 1] if at else Token("", "", 0, 0)
    match token.kind:
        case "weekday":
            return _weekday(int(token.value.split()[0]), before, today) + _weeks_on(tokens, at)
        case "day":
            return today + timedelta(days=int(token.value))
        case "onward":
            return today + timedelta(days=int(token.value)) if token.value else None
        case "period":
            return _in_week(today, int(token.value), before.kind, calendar)
        case "months":
            return _month_end(today, int(token.value))
        case "years":
            return date(today.year + int(token.value), 12, 31)
    return None


def _weeks_on(tokens: tuple[Token, ...], at: int) -> timedelta:
    """How much later “Friday week”, “a week on Friday” and “Friday in two weeks” are than Friday."""
    later = sum(int(one.value) for one in tokens if one.kind == "later")
    following = [one for one in tokens[at + 1 :] if one.kind not in ("within", "link")]
    units = [one.value for one in following if one.kind == "unit"]
    if units == ["week"] and following[0].kind in ("unit", "number"):
        later += 7 * (int(following[0].value) if following[0].kind == "number" else 1)
    return timedelta(days=later)


def _nth(tokens: tuple[Token, ...], at: int, today: date) -> date | None:
    """The next 14th: “on the 14th”, “am 14.”, “le 14”; not where the month is named or hours are counted."""
    token, before = tokens[at], tokens[at - 1] if at else Token("", "", 0, 0)
    around = [*tokens[at + 1 : at + 3], *tokens[max(0, at - 2) : at]]
    if any(one.kind in ("month", "unit", "clock", "plus") for one in around):
        return None
    if token.kind != "nth" and not (before.value == "nth" or (before.kind == "weekday" and _is_behind_nth(tokens, at))):
        return None
    month = today.replace(day=1) if int(token.value) > today.day else _months_on(today.replace(day=1), 1)
    return _valid(month.year, month.month, int(token.value))


def _is_behind_nth(tokens: tuple[Token, ...], at: int) -> bool:
    return at == len(tokens) - 1 or tokens[at + 1].kind not in ("range", "number", "unit")


def _of_unit(unit: str, before: Token, written: datetime, calendar: Calendar) -> datetime | date | None:
    if before.kind in ("number", "count"):
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


def _in_week(today: date, ahead: int, place: str, calendar: Calendar) -> date:
    """The last working day of a week, its Tuesday where it is “early”, its Wednesday in the “middle”."""
    if place not in ("early", "mid"):
        return _week_end(today, ahead, calendar)
    return today + timedelta(days=7 * ahead - today.weekday() + {"early": TUESDAY, "mid": TUESDAY + 1}[place])


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
    numbers = [int(token.value) for token in around if token.kind in ("number", "nth")]
    year = next((int(one.value) for one in tokens[at + 1 : at + 4] if one.kind == "number" and len(one.value) == 4), 0)
    day = next((one for one in numbers if 1 <= one <= 31), 0)
    if not day and any(token.kind == "mid" for token in tokens[:at]):
        return _nearest(MIDDLE, month, today)
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


def _is_ambiguous(said: SaidTime) -> bool:
    return any(token.kind == "date" and "/" in token.value for token in said.tokens) and any(
        token.kind in DATE for token in said.tokens
    )
