"""The rota of a team, made by its lead week by week: shifts put on, taken off, copied from the week before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from amends.cases.errors import Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.team_hours import may_set_hours
from amends.method.hours import CalendarRefused
from amends.method.rota import WEEK, Span, shift_on, week_from
from amends.team.calendar import zone_of
from amends.team.models import Team, User
from amends.team.shift import Duty, Shift


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift as a lead writes it: whose, which day, "09:00-17:00" in the team's zone, which kind, and the address
    of a call."""

    person: User
    day: date
    hours: str
    duty: Duty = Duty.HERE
    reach: str = ""


def put_on(team: Team, planned: Planned, *, by: User, now: datetime) -> Shift:
    """A shift of somebody of the team.

    Raises Incomplete with the field to mend, NotAllowed for a team of somebody else, NotPossible where it would
    overlap a shift of theirs: checked under the lock of the ledger, so of two at once one is refused.
    """
    check_lead(team, by)
    begins, ends = _moments(team, planned.day, planned.hours)
    if planned.person.team_id != team.pk or not planned.person.is_active:
        raise Incomplete(f"{planned.person.name} is not in the {team.name} team. Choose somebody who is.", "person")
    if ends <= now:
        raise Incomplete("That shift would be over already. Choose a day that is still to come.", "day")
    made = Shift(team=team, person=planned.person, duty=planned.duty, begins_at=begins, ends_at=ends, by=by, at=now)
    made.reach = _reach(planned)
    with writing():
        check_free(planned.person, made.span)
        made.save()
        _note_planned(made, by, now)
    return made


def take_off(shift: Shift, *, by: User, now: datetime) -> None:
    """Take a shift that is not over off the rota; raises NotAllowed, NotPossible once it is over."""
    check_lead(shift.team, by)
    if shift.ends_at <= now:
        raise NotPossible("This shift is over: it stays as it was.")
    with writing():
        to, team, duty = shift.person_id, shift.team.name, shift.duty
        record("shift_taken_off", None, by, now, to=to, team=team, duty=duty, **_when(shift))
        shift.delete()


def copy_week(team: Team, monday: date, *, by: User, now: datetime) -> tuple[int, list[str]]:
    """Put the shifts of the week before into a week, at the same times of the clock: all of them or none.

    Returns how many, and the names of people left out because they left. Raises NotPossible where the week has shifts
    already, where nothing is there to copy, or where somebody would have two at once.
    """
    check_lead(team, by)
    zone = zone_of(team).key
    before = list(of_week(team, monday - WEEK).select_related("person"))
    if not before:
        raise NotPossible("The week before has no shifts to copy. Put the first ones on by hand.")
    if week_from(monday, zone)[1] <= now:
        raise NotPossible("That week is over. Choose one that is still to come.")
    gone = {one.person for one in before if not one.person.is_active or one.person.team_id != team.pk}
    left = [one for one in before if one.person not in gone]
    with writing():
        if of_week(team, monday).exists():
            raise NotPossible("This week has shifts already. Take them off first, or add the missing ones by hand.")
        for one in left:
            _copy(one, zone, by, now)
    return len(left), sorted(one.name for one in gone)


def check_lead(team: Team, by: User) -> None:
    """Raise NotAllowed unless this person plans the shifts of the team."""
    if not may_set_hours(by, team):
        raise NotAllowed(f"The rota of the {team.name} team is made by its lead. Ask them, or swap with a colleague.")


def check_free(person: User, span: Span, *, but: tuple[int, ...] = ()) -> None:
    """Inside a change: raise NotPossible when somebody has another shift then, those named `but` left aside."""
    begins, ends = span
    clash = Shift.objects.filter(person=person, begins_at__lt=ends, ends_at__gt=begins).exclude(pk__in=but).first()
    if clash is not None:
        raise NotPossible(
            f"{person.name} has a shift then already: {hours_of(clash)} on {_local(clash.begins_at, clash):%-d %B}. "
            "Choose another time, or take that one off first."
        )


def hours_of(shift: Shift) -> str:
    """When a shift is by the clock of its team: "22:00-06:00"."""
    begins, ends = _local(shift.begins_at, shift), _local(shift.ends_at, shift)
    return "00:00-24:00" if begins.time() == ends.time() else f"{begins:%H:%M}-{ends:%H:%M}"


def day_of(shift: Shift) -> date:
    """The day of the team's zone on which a shift begins."""
    return _local(shift.begins_at, shift).date()


def _moments(team: Team, day: date, hours: str) -> Span:
    try:
        return shift_on(day, hours, zone_of(team).key)
    except CalendarRefused as error:
        raise Incomplete(str(error), "hours") from error


def _reach(planned: Planned) -> str:
    if planned.duty is Duty.HERE:
        return ""
    reach = planned.reach.strip() or planned.person.email
    try:
        validate_email(reach)
    except ValidationError as error:
        raise Incomplete(
            f"Write the e-mail address that reaches {planned.person.name} at once on call.", "reach"
        ) from error
    return reach


def of_week(team: Team, monday: date) -> "QuerySet[Shift]":
    """The shifts of a team that begin in a week of its zone, in their order."""
    begins, ends = week_from(monday, zone_of(team).key)
    return Shift.objects.filter(team=team, begins_at__gte=begins, begins_at__lt=ends)


def _copy(shift: Shift, zone: str, by: User, now: datetime) -> None:
    begins, ends = shift_on(day_of(shift) + WEEK, hours_of(shift), zone)
    check_free(shift.person, (begins, ends))
    made = Shift.objects.create(
        team=shift.team,
        person=shift.person,
        duty=shift.duty,
        begins_at=begins,
        ends_at=ends,
        reach=shift.reach,
        by=by,
        at=now,
    )
    _note_planned(made, by, now)


def _note_planned(shift: Shift, by: User, now: datetime) -> None:
    to, team, duty = shift.person_id, shift.team.name, shift.duty
    record("shift_planned", None, by, now, to=to, team=team, duty=duty, **_when(shift))


def _when(shift: Shift) -> dict[str, str]:
    return {"begins": shift.begins_at.isoformat(), "ends": shift.ends_at.isoformat()}


def _local(at: datetime, shift: Shift) -> datetime:
    return at.astimezone(zone_of(shift.team))
