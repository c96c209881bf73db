"""Which letters of a team are read for coaching: drawn by week and team, as many of each writer, never chosen."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from amends.cases.case import Case
from amends.cases.message import Message
from amends.customers.models import GONE
from amends.team.calendar import zone_of
from amends.team.models import Team, User

EACH = 2
RULE = (
    "Every Monday Amends draws two letters of each person of the team from the week before, by a number made from the "
    "week and the team. Nobody chooses whose or which, everybody has the same share, and the draw is the same for "
    "whoever looks."
)


def week_before(team: Team, now: datetime) -> date:
    """The Monday of the last whole week, where the team is."""
    today = now.astimezone(zone_of(team)).date()
    return today - timedelta(days=today.weekday() + 7)


def drawn(letters: Iterable[tuple[int, int]], team: int, monday: date) -> frozenset[int]:
    """The numbers drawn from (letter, writer) pairs: at most `EACH` of every writer, by a hash nobody can steer."""
    of: dict[int, list[int]] = defaultdict(list)
    for letter, writer in letters:
        of[writer].append(letter)
    return frozenset(
        one for own in of.values() for one in sorted(own, key=lambda letter: _lot(letter, team, monday))[:EACH]
    )


def _lot(letter: int, team: int, monday: date) -> bytes:
    return hashlib.sha256(f"coaching {team} {monday.isoformat()} {letter}".encode()).digest()


def sample_for(reader: User, now: datetime) -> list[Message]:
    """The letters of their team this person reads this week, oldest first: the draw without what is not theirs to read.

    That is their own letters, and those of cases that are about them or whose customer was erased.
    """
    monday = week_before(reader.team, now)
    zone = zone_of(reader.team)
    start, end = (datetime.combine(day, time(), zone) for day in (monday, monday + timedelta(days=7)))
    rows = Message.objects.filter(
        outgoing=True,
        automatic="",
        at__gte=start,
        at__lt=end,
        case__team=reader.team_id,
        author__team=reader.team_id,
        author__is_active=True,
        outbox__cancelled_at=None,
    )
    chosen = drawn(rows.values_list("pk", "author_id"), reader.team_id, monday)
    theirs = Case.objects.visible_to(reader).exclude(address=GONE).exclude(subjects__person=reader)
    shown = Message.objects.filter(pk__in=chosen, case__in=theirs).exclude(author=reader)
    return list(shown.select_related("author", "case__customer").order_by("author__name", "at", "pk"))
