"""How much a team has before it and how much comes in: counted over the team, never over a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.care.waiting import waiting_for
from amends.cases.message import Message
from amends.cases.standing import Standing
from amends.channels.envelope import Automatic
from amends.method.calendars import working_between
from amends.method.path import Attention
from amends.team.calendar import read_calendar
from amends.team.models import Team, User
from amends.team.permissions import Right

COUNTED = timedelta(days=28)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """What waits for a team now, how many of it nobody has and are hard, what comes in an hour, how many people."""

    to_do: int
    nobodys: int
    hard: int
    contacts_an_hour: float
    people: int


def load_of(team: Team, now: datetime) -> TeamLoad:
    """The load of a team now; what comes in is counted over the last 28 days and the hours the team worked in them."""
    waiting = waiting_for(team, now)
    came = Message.objects.filter(case__team=team, outgoing=False, automatic=Automatic.NO, at__gt=now - COUNTED)
    hours = working_between(now - COUNTED, now, read_calendar(team.calendar)) / HOUR
    return TeamLoad(
        to_do=Standing.objects.filter(team=team, attention=Attention.TO_DO).count(),
        nobodys=Standing.objects.filter(team=team).unassigned().count(),
        hard=sum(one.hard for one in waiting),
        contacts_an_hour=came.count() / hours if hours else 0.0,
        people=sum(one.can(Right.WORK_CASES) for one in User.objects.filter(team=team, is_active=True)),
    )
