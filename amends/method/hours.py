"""The hours of a week as people write them: "09:00-12:30, 13:30-17:00", and "22:00-06:00" for a night shift."""

import re
from collections.abc import Mapping

DAY = 24 * 60
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]


class CalendarRefused(ValueError):
    """What was written is no calendar: a sentence that says what to mend, and the field it is about."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


_SPAN = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})\s*", re.ASCII)


def parse_week(hours: Mapping[str, str]) -> Week:
    """Seven days from Monday, each its spans in minutes after midnight; CalendarRefused names the day to mend."""
    unknown = sorted(set(hours) - set(DAYS))
    if unknown:
        raise CalendarRefused(f"“{unknown[0]}” is not a day of the week. Write {', '.join(DAYS)}.", "hours")
    week = tuple(parse_day(str(hours.get(day, "")), day) for day in DAYS)
    if not any(week):
        raise CalendarRefused("A team needs hours on at least one day of the week. Write them like 09:00-17:00.", "mon")
    _check_overlaps(week)
    return week


def parse_day(text: str, day: str) -> tuple[Span, ...]:
    """The spans of one day in order; a span that ends before it begins ends on the next day."""
    return tuple(sorted(_span(piece, day) for piece in text.split(",") if piece.strip()))


def week_text(week: Week) -> dict[str, str]:
    """The hours of each day that has any, in the words that `parse_week` reads."""
    return {day: day_text(spans) for day, spans in zip(DAYS, week, strict=True) if spans}


def day_text(spans: tuple[Span, ...]) -> str:
    """The hours of a day: `((540, 1020),)` is "09:00-17:00"."""
    return ", ".join(f"{_clock(opens)}-{_clock(closes if closes <= DAY else closes - DAY)}" for opens, closes in spans)


def _span(text: str, field: str) -> Span:
    name = NAMES[DAYS.index(field)]
    found = _SPAN.fullmatch(text)
    if found is None:
        raise CalendarRefused(f"“{text.strip()}” on {name} is not a span of hours. Write it like 09:00-17:00.", field)
    hour, minute, last_hour, last_minute = (int(digits) for digits in found.groups())
    opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
    if opens >= DAY or closes > DAY or minute > 59 or last_minute > 59:
        raise CalendarRefused(
            f"“{text.strip()}” on {name} has a time that no clock shows. Write 00:00 to 24:00.", field
        )
    if opens == closes:
        raise CalendarRefused(
            f"“{text.strip()}” on {name} ends when it begins. Write 00:00-24:00 for the whole day.", field
        )
    return (opens, closes if closes > opens else closes + DAY)


def _check_overlaps(week: Week) -> None:
    """Refuse a week in which two spans cover the same minute, also past midnight and from Sunday to Monday."""
    placed = sorted(
        (number * DAY + opens, number * DAY + closes, number)
        for number, spans in enumerate(week)
        for opens, closes in spans
    )
    first = placed[0]
    following = [*placed[1:], (first[0] + 7 * DAY, first[1] + 7 * DAY, first[2])]
    for (_, closes, day), (opens, _, other) in zip(placed, following, strict=True):
        if closes > opens:
            where = NAMES[day] if day == other else f"{NAMES[day]} and {NAMES[other]}"
            raise CalendarRefused(f"Two spans on {where} overlap. Let one end before the next begins.", DAYS[day])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
