"""The hours a team works, read from what is kept with it; a team without any works round the clock."""

import json
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from amends.method.calendars import Calendar
from amends.team.models import Team


def read_calendar(data: dict[str, Any]) -> Calendar:
    """The calendar in a team's data, each different one read once."""
    return _read(json.dumps(data, sort_keys=True))


def zone_of(team: Team) -> ZoneInfo:
    """The zone a team's times are written in."""
    return ZoneInfo(read_calendar(team.calendar).zone)


@lru_cache(maxsize=256)
def _read(text: str) -> Calendar:
    return Calendar.from_data(json.loads(text))
