"""At which level each check of replies speaks for a team: counted from letters, put back by a lead."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.core.cache import cache
from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet

from amends.cases.errors import Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.message import Message
from amends.cases.remark import CheckRestoration, PutAside, Showing
from amends.cases.shape import Shape
from amends.language.brief import Level, Rung
from amends.language.catalogue import NOT_CHECKED, catalogue
from amends.language.demotion import Budget, Count, level_now, stepped_down
from amends.team.models import Team, User
from amends.team.permissions import Right
from amends.team.policy import current

SECONDS = 60
_ASIDE = Shape(lambda case: _put_aside(case).order_by("pk").values_list("number", "pk"))
Counts = dict[str, dict[Rung, Count]]


def levels_for(team: int) -> Mapping[str, Rung]:
    """The level of each check that is not at its own any more; counted at most once a minute, for the composer."""
    key = _key(team)
    levels: Mapping[str, Rung] | None = cache.get(key)
    if levels is None:
        levels = levels_now(team)
        cache.set(key, levels, SECONDS)
    return levels


def levels_now(team: int) -> dict[str, Rung]:
    """The same, counted now."""
    return stepped_down(own_levels(), counted(team), budget())


def own_levels() -> dict[str, Level]:
    """Each check with the level it begins at."""
    return {number: entry.level for number, entry in catalogue().items() if number != NOT_CHECKED}


def budget() -> Budget:
    """How often a check may be put aside by the policy in force."""
    policy = current()
    return Budget(policy.aside_share, policy.aside_letters)


def counted(team: int) -> Counts:
    """In how many letters each check spoke up at each level, and was put aside, since it was last put back."""
    rows = showings(team).order_by().values_list("number", "level")
    made: Counts = {}
    for number, level, shown, aside in rows.annotate(shown=CountOf("pk"), aside=CountOf("put_aside")):
        made.setdefault(number, {})[level] = Count(shown, aside)
    return made


def showings(team: int) -> "QuerySet[Showing]":
    """The showings that count for a team: those of a check since it was last put back."""
    before = [Q(number=one.number, at__lte=one.at) for one in restorations(team).values()]
    rows = Showing.objects.filter(team_id=team)
    return rows.exclude(reduce(or_, before)) if before else rows


def restorations(team: int) -> dict[str, CheckRestoration]:
    """When each check was last put back, by its number."""
    return {one.number: one for one in CheckRestoration.objects.filter(team_id=team).select_related("by")}


def note_showings(message: Message, remarks: Collection[str], now: datetime) -> None:
    """Inside the change that queues a letter: count the checks that spoke up while it was written, or were put aside.

    `remarks` are their numbers; of a letter nobody wrote nothing is counted.
    """
    if message.automatic:
        return
    aside = dict(_ASIDE.rows(message.case_id))
    team = message.case.team_id
    levels = {**own_levels(), **levels_for(team)} if remarks or aside else {}
    Showing.objects.bulk_create(
        Showing(message=message, team_id=team, number=one, level=levels[one], at=now, put_aside_id=aside.get(one))
        for one in sorted({*remarks, *aside} & levels.keys())
        if levels[one] != "quiet"
    )
    if aside:
        _put_aside(message.case_id).update(message=message)


def _put_aside(case: int) -> "QuerySet[PutAside]":
    """What is put aside in the letter under way."""
    return PutAside.objects.filter(case=case, message=None, back_at=None)


def forget_showings(message: Message) -> None:
    """Inside the change that takes a letter back: it was never sent, so what was put aside is so for the next one."""
    Showing.objects.filter(message=message).delete()
    meanwhile = PutAside.objects.filter(case=message.case_id, message=None, back_at=None).values("mark")
    PutAside.objects.filter(message=message).exclude(mark__in=meanwhile).update(message=None)


def may_restore(user: User, team: int) -> bool:
    """Whether this person may put a check back: a lead for the own team, an administrator for all."""
    return user.can(Right.RESTORE_CHECKS) and (user.team_id == team or user.can(Right.SEE_ALL_TEAMS))


def restore_check(team: Team, number: str, reason: str, *, by: User, now: datetime) -> CheckRestoration:
    """Put a check that stepped down back to its own level; it is counted anew from now on.

    Raises NotAllowed for a team of somebody else, NotPossible when it is at its level, Incomplete without a reason.
    """
    if not may_restore(by, team.pk):
        raise NotAllowed(f"A check of the {team.name} team is put back by its lead or an administrator. Ask one.")
    if number not in own_levels():
        raise Incomplete("Choose the check to put back.", "number")
    if not reason.strip():
        raise Incomplete("Say why it should be heard again: it stands beside the check for everybody.", "reason")
    with writing():
        if level_now(own_levels()[number], counted(team.pk).get(number, {}), budget()) == own_levels()[number]:
            raise NotPossible(f"“{catalogue()[number].label}” is at its own level already.")
        label = catalogue()[number].label
        made = CheckRestoration.objects.create(team=team, number=number, by=by, at=now, reason=reason.strip())
        record("check_restored", None, by, now, check=number, remark=label, team=team.name)
    cache.delete(_key(team.pk))
    return made


def _key(team: int) -> str:
    return f"check-levels-{team}"
