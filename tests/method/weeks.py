"""Calendars and moments for properties: weeks with lunch breaks, nights and split shifts, in zones that change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from amends.method.calendars import Calendar
from amends.method.hours import DAY

ZONES = (
    "UTC",
    "Europe/Stockholm",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Asia/Kathmandu",
    "Africa/Casablanca",
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(0), timedelta(days=12))


@st.composite
def weeks(draw):
    """Seven days of spans, none overlapping, each shorter than a day; some pass midnight."""
    marks = sorted(draw(st.sets(st.integers(0, 7 * DAY // 15 - 1), min_size=2, max_size=24)))
    spans = [(a * 15, b * 15) for a, b in list(pairwise(marks))[::2] if (b - a) * 15 < DAY]
    spans = spans or [(540, 1020)]
    return tuple(
        tuple((opens - day * DAY, closes - day * DAY) for opens, closes in spans if opens // DAY == day)
        for day in range(7)
    )


CALENDARS = st.builds(Calendar, st.sampled_from(ZONES), weeks(), closed=st.frozensets(st.dates(), max_size=3))
