"""Who is there at the sample company: this week and the next, put on the rota at the first start."""

import tomllib
from datetime import datetime, time, timedelta

from amends.cases.rota import Planned, put_on
from amends.demo.load import SAMPLE_COMPANY
from amends.method.hours import DAYS
from amends.team.calendar import zone_of
from amends.team.models import User
from amends.team.shift import Duty


def plan_shifts(now: datetime) -> int:
    """Put the shifts of the company file on the rota as its lead would; what is over already is left out. How many."""
    rows = tomllib.loads(SAMPLE_COMPANY.read_text())["shifts"]
    people = {one.username: one for one in User.objects.filter(username__in={row["person"] for row in rows})}
    lead = people["ines"]
    zone = zone_of(lead.team)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    planned = [
        Planned(people[row["person"]], monday + timedelta(days=days), row["hours"], _duty(row), row.get("reach", ""))
        for row in rows
        for days in (week + DAYS.index(name) for week in (0, 7) for name in row["days"])
    ]
    coming = [one for one in planned if datetime.combine(one.day, _end(one.hours), zone) > now]
    for one in coming:
        put_on(lead.team, one, by=lead, now=now)
    return len(coming)


def _duty(row: dict[str, object]) -> Duty:
    return Duty.CALL if "reach" in row else Duty.HERE


def _end(hours: str) -> time:
    return time.fromisoformat(hours.rpartition("-")[2])
