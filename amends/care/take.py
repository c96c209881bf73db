"""Taking the next case by a rule that spreads the hard ones, and putting one back for somebody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

from amends.care.consent import is_on
from amends.care.models import Break, Given, HardMoment, PassedOn, Wishes
from amends.care.moments import running
from amends.care.own import carried
from amends.care.waiting import waiting_for
from amends.care.wishes import wishes_of
from amends.cases.assignment import assign, unassign
from amends.cases.begin_live import check_begun, in_danger
from amends.cases.case import Case
from amends.cases.errors import NotAllowed, NotPossible
from amends.cases.ledger import writing
from amends.cases.standing import Standing
from amends.cases.subject import Subject
from amends.method.exposure import Felt
from amends.method.routing import Contact, Person, next_for
from amends.team.models import User, colleagues
from amends.team.permissions import Right
from amends.team.veil import veiled

# Who took a case by this button within four hours is there ([J]); an abusive contact spares for ten minutes.
THERE = timedelta(hours=4)
SHAKEN = timedelta(minutes=10)
ANY_NUMBER = 1000


def take_next(*, by: User, now: datetime) -> Case:
    """Give somebody who asks the next case of their team; returns it.

    For who switched care on: by what they carry, what they do not take and how many they have. For anybody else the one
    due first. Raises NotPossible when nothing waits that they could take, or during their own break; the ledger sees an
    ordinary assignment.
    """
    with writing():
        if running(now).filter(whose=veiled(by, Break)).exists():
            raise NotPossible("You are on a break. Say on the page You that you are back, then take the next.")
        waiting = _open_to(by, waiting_for(by.team, now), now)
        kept = is_on(by)
        differ = len({one.hard for one in waiting}) > 1
        me, others = _me(by, now, kept=kept), _others(by, now) if kept and differ else []
        chosen = _assigned(me, waiting, others, by, now)
        if kept:
            Given.objects.create(whose=veiled(by, Given), at=now, hard=chosen.hard)
    return Case.objects.get(pk=chosen.case)


def _open_to(by: User, waiting: Sequence[Contact], now: datetime) -> Sequence[Contact]:
    """What waits; for a newcomer who has not practised yet only where somebody may be in danger, else it raises why."""
    try:
        check_begun(by, now)
    except NotPossible:
        danger = in_danger([one.case for one in waiting])
        if not danger:
            raise
        return [one for one in waiting if one.case in danger]
    return waiting


def _assigned(me: Person, waiting: Sequence[Contact], others: Sequence[Person], by: User, now: datetime) -> Contact:
    """The first case by the rule that may be theirs, which is theirs now."""
    while chosen := next_for(me, waiting, others):
        try:
            assign(Case.objects.select_related("team").get(pk=chosen.case), to=by, by=by, now=now)
        except NotAllowed:
            me = replace(me, not_cases=me.not_cases | {chosen.case})
        else:
            return chosen
    raise NotPossible(_nothing(me, waiting))


def _nothing(me: Person, waiting: Sequence[Contact]) -> str:
    if not waiting:
        return "Nothing is waiting that nobody has. A good moment for a break."
    if me.room <= 0:
        return "You have as many cases as you take at once. Finish one, or change the number on the page You."
    return "What waits is nothing you take. Look into Unassigned, or change what you take on the page You."


def pass_on(case: Case, *, by: User, now: datetime) -> None:
    """Put the case back so that somebody else takes it: no reason, no trace of who it does not come back to (F21).

    The ledger sees what it sees of any case put back. It is kept from coming back to who switched care on.
    """
    with writing():
        unassign(case, by=by, now=now)
        if is_on(by):
            PassedOn.objects.update_or_create(whose=veiled(by, PassedOn), case=case, defaults={"at": now})


def _me(by: User, now: datetime, *, kept: bool) -> Person:
    not_mine = frozenset(Subject.objects.filter(person=by).values_list("case_id", flat=True))
    if not kept:
        return Person(name=by.username, not_cases=not_mine)
    person = _person(by, now)
    return replace(person, not_cases=person.not_cases | not_mine)


def _others(by: User, now: datetime) -> list[Person]:
    """The colleagues who switched care on, are there and free: known to this function, told to nobody.

    None for a lead: from what a lead is given, try by try, they could find out what one person carries.
    """
    if by.can(Right.MANAGE_TEAM):
        return []
    there = set(Given.objects.filter(at__gt=now - THERE).values_list("whose", flat=True))
    resting = set(running(now).values_list("whose", flat=True))
    return [
        _person(one, now)
        for one in colleagues(by).exclude(pk=by.pk)
        if one.can(Right.WORK_CASES) and veiled(one, Given) in there and veiled(one, Break) not in resting
    ]


def _person(user: User, now: datetime) -> Person:
    wishes = wishes_of(user)
    today = datetime.combine(localtime(now).date(), time(), tzinfo=localtime(now).tzinfo)
    given = Given.objects.filter(whose=veiled(user, Given), at__gte=today).order_by("at", "pk")
    abused = HardMoment.objects.filter(whose=veiled(user, HardMoment), felt=Felt.ABUSIVE, at__gt=now - SHAKEN)
    return Person(
        name=user.username,
        carries=carried(user, now),
        given=tuple(given.values_list("hard", flat=True)),
        room=_room(user, wishes),
        shaken=abused.exists(),
        not_taken=frozenset(wishes.not_taken if wishes else ()),
        not_cases=frozenset(PassedOn.objects.filter(whose=veiled(user, PassedOn)).values_list("case_id", flat=True)),
        speaks=frozenset(wishes.languages if wishes else ()),
    )


def _room(user: User, wishes: Wishes | None) -> int:
    """How many more cases somebody takes; without a wish of theirs there is no limit."""
    if wishes is None or wishes.at_once is None:
        return ANY_NUMBER
    return wishes.at_once - Standing.objects.visible_to(user).mine(user).count()
