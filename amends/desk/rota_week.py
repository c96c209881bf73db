"""A week of the rota as its page shows it: day by day, with what is short and what was swapped."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amends.cases.rota import day_of, hours_of, of_week
from amends.method.rota import WEEK, ShortRest, Span, short_rests, week_from
from amends.team.calendar import zone_of
from amends.team.models import Team, User
from amends.team.shift import Duty, Shift, Swap

TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Row:
    """One shift as it is shown: its hours, whose, and what the reader can do with it."""

    shift: Shift
    hours: str
    mine: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week, with the shifts that begin on it."""

    day: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ShortOf:
    """Somebody with too short a rest: the moments in the zone of the team."""

    name: str
    rest: ShortRest


def days_of(team: Team, monday: date, reader: User, now: datetime) -> list[Day]:
    """The seven days of a week."""
    shifts = list(of_week(team, monday).select_related("person", "team"))
    days = [monday + timedelta(days=number) for number in range(7)]
    return [Day(day, tuple(_row(one, reader, now) for one in shifts if day_of(one) == day)) for day in days]


def short_of(team: Team, monday: date) -> list[ShortOf]:
    """Who has less than eleven hours between two shifts, the day before and after the week counted in."""
    begins, ends = week_from(monday, zone_of(team).key)
    around = Shift.objects.filter(
        team=team, duty=Duty.HERE, ends_at__gt=begins - timedelta(days=1), begins_at__lt=ends + timedelta(days=1)
    )
    spans: dict[User, list[Span]] = {}
    for one in around.select_related("person"):
        spans.setdefault(one.person, []).append(one.span)
    zone = zone_of(team)
    return [
        ShortOf(person.name, ShortRest(rest.ends_at.astimezone(zone), rest.begins_at.astimezone(zone)))
        for person, theirs in sorted(spans.items(), key=lambda row: (row[0].name, row[0].pk))
        for rest in short_rests(theirs)
    ]


def in_words(shift: Shift) -> str:
    """ "Monday 23 November 09:00-17:00, on call"."""
    return f"{day_of(shift):%A %-d %B} {hours_of(shift)}{', on call' if shift.duty == Duty.CALL else ''}"


def asked_of(person: User, now: datetime) -> list[dict[str, object]]:
    """The swaps somebody is asked for and can still agree to."""
    open_ones = Swap.objects.filter(to=person, answer=None, given__begins_at__gt=now)
    return [_told(one) for one in open_ones.select_related("by", "to", "given__team", "wanted__team")]


def swapped_lately(team: Team, now: datetime) -> list[dict[str, object]]:
    """What was swapped in the last fourteen days, the newest first: the lead is told here."""
    done = Swap.objects.filter(given__team=team, answer__agreed=True, answer__at__gt=now - TOLD_FOR)
    return [_told(one) for one in done.select_related("by", "to", "given__team", "wanted__team").order_by("-pk")]


def theirs_to_come(team: Team, reader: User, monday: date, now: datetime) -> list[Shift]:
    """The shifts of colleagues, to the end of the week after, that the reader could ask for in exchange."""
    until = week_from(monday + WEEK, zone_of(team).key)[1]
    rows = Shift.objects.filter(team=team, begins_at__gt=now, begins_at__lt=until, person__is_active=True)
    return list(rows.exclude(person=reader).select_related("person", "team"))


def _told(swap: Swap) -> dict[str, object]:
    wanted = in_words(swap.wanted) if swap.wanted else ""
    return {"pk": swap.pk, "by": swap.by.name, "to": swap.to.name, "given": in_words(swap.given), "wanted": wanted}


def _row(shift: Shift, reader: User, now: datetime) -> Row:
    return Row(shift, hours_of(shift), shift.person_id == reader.pk, shift.begins_at > now)
