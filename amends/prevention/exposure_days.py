"""Figures by day made into figures by week: every row understood, or every row that is not named with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from amends.method.columns import Broken
from amends.prevention.exposure_file import EARLIEST, LONGEST_NAME, MOST, Row

WEEK = timedelta(days=7)


def weeks_of(rows: Iterable[Sequence[Any]], today: date) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """The whole weeks of rows of day, kind, count and perhaps market, and every row that is none, counted from 1.

    Markets of a kind are added up, and each is kept as well, as "orders germany". Left out are the running week, and
    the one in which a name begins unless that is a Monday: a part of a week is not its count. A day without a row is
    a day on which there were none.
    """
    broken: list[Broken] = []
    days: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    seen: set[tuple[str, date]] = set()
    for number, cells in enumerate(rows, 1):
        found = _row(cells)
        if not isinstance(found, str) and (found[0][-1], found[1]) in seen:
            found = f"the {found[1]} of “{found[0][-1]}” stands there twice"
        if isinstance(found, str):
            broken.append(Broken(number, found))
            continue
        names, day, count = found
        seen.add((names[-1], day))
        for name in names:
            days[name][day] += count
    return tuple(row for name in sorted(days) for row in _weeks(name, days[name], today)), tuple(broken)


def _weeks(name: str, days: dict[date, int], today: date) -> Iterable[Row]:
    sums: dict[date, int] = defaultdict(int)
    for day, count in days.items():
        sums[_monday(day)] += count
    begins = min(days)
    first = begins if begins == _monday(begins) else _monday(begins) + WEEK
    last = _monday(max(days))
    week = first
    while week <= last and week + WEEK <= today:
        yield Row(name, week, sums[week])
        week += WEEK


def _row(cells: Sequence[Any]) -> tuple[tuple[str, ...], date, int] | str:
    """The names a row counts for, its day and its count; or what is wrong with it."""
    day = _day(cells[0])
    if isinstance(day, str):
        return day
    kind, market = (" ".join(str(one or "").lower().split()) for one in (cells[1], cells[3] if len(cells) > 3 else ""))
    names = (kind, f"{kind} {market}") if market else (kind,)
    if not kind or any(len(one) > LONGEST_NAME or not one.isprintable() for one in names):
        return f"the kind and its market need one to {LONGEST_NAME} letters"
    count = int(cells[2]) if isinstance(cells[2], Decimal) and cells[2] == cells[2].to_integral() else cells[2]
    if isinstance(count, bool) or not isinstance(count, int):
        return f"“{str(count)[:20]}” is no whole number"
    if not 0 <= count <= MOST:
        return f"the count {str(count)[:20]} cannot be true"
    return names, day, count


def _day(value: Any) -> date | str:
    try:
        day = value.date() if isinstance(value, datetime) else value
        day = day if isinstance(day, date) else date.fromisoformat(str(day)) if len(str(day)) == 10 else None
    except ValueError:
        day = None
    if day is None:
        return f"“{str(value)[:20]}” is no day such as 2026-11-16"
    return day if day >= EARLIEST else f"{day} is before the year 2000"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
