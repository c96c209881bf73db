"""When a team works and which rule book it follows: set by a lead, kept in the ledger, felt by every clock."""

from datetime import datetime
from typing import Any

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.method.calendars import Calendar
from amends.method.hours import CalendarRefused
from amends.method.path import Attention
from amends.method.profile import PROFILES
from amends.team.models import Team, User
from amends.team.permissions import Right


def set_team_hours(team: Team, data: dict[str, Any], profile: str, *, by: User, now: datetime) -> None:
    """Keep a team's calendar and rule book, and give every case it works on its due time anew.

    Raises Incomplete with the field to mend, NotAllowed for a team of somebody else.
    """
    if not may_set_hours(by, team):
        raise NotAllowed(f"The hours of the {team.name} team are set by its lead or an administrator. Ask one.")
    if profile not in PROFILES:
        raise Incomplete("Choose one of the rule books.", "profile")
    try:
        calendar = Calendar.from_data(data)
    except CalendarRefused as error:
        raise Incomplete(str(error), error.field) from error
    with writing():
        team.calendar, team.profile = calendar.to_data(), profile
        team.save(update_fields=["calendar", "profile"])
        record("team_hours_set", None, by, now, team=team.name, calendar=team.calendar, profile=profile)
    for case in (
        Case.objects.select_related("customer").filter(team=team).exclude(standing__attention=Attention.DONE.value)
    ):
        stand(case, now)


def may_set_hours(user: User, team: Team) -> bool:
    """Whether this person may set the hours of a team: a lead those of the own team, an administrator all."""
    return user.can(Right.MANAGE_TEAM) and (user.team_id == team.pk or user.can(Right.SEE_ALL_TEAMS))
