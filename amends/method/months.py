"""Months as the law counts them: the same day of the month that follows, or its last day."""

from calendar import monthrange
from datetime import date


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last day where it has no such day (Regulation 1182/71, Article 3(2)(c)).

    Weekends and holidays, on which that regulation lets a period run on, are not skipped: nobody is late by this day.
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
