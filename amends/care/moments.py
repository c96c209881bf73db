"""Saying how a contact was, and taking a minute: one tap each, no reason asked, nobody told."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.care.consent import check_on
from amends.care.models import Break, HardMoment
from amends.cases.errors import Incomplete
from amends.method.exposure import BREAK_MINUTES, MOST_MINUTES, USUAL_MINUTES, Felt
from amends.team.models import User
from amends.team.veil import veiled

LASTED = (5, USUAL_MINUTES, 30)


def tell_moment(
    person: User, felt: str, now: datetime, *, minutes: int = USUAL_MINUTES, chosen: bool = False
) -> HardMoment:
    """Keep how a contact was, as the person says; raises Incomplete without it, NotPossible when care is off."""
    check_on(person)
    if felt not in [one.value for one in Felt]:
        raise Incomplete("Choose how it was.", "felt")
    if minutes not in LASTED:
        raise Incomplete("Choose about how long it was.", "minutes")
    return HardMoment.objects.create(
        whose=veiled(person, HardMoment), at=now, felt=felt, minutes=minutes, chosen=chosen
    )


def take_back(person: User, moment: int) -> None:
    """Delete one thing this person said before."""
    check_on(person)
    HardMoment.objects.filter(whose=veiled(person, HardMoment), pk=moment).delete()


def take_break(person: User, now: datetime, *, minutes: int = BREAK_MINUTES) -> Break:
    """Begin a break now: until its end nothing is given to this person. One that runs already is begun anew.

    Raises Incomplete for more than 20 minutes: a longer one is talked over with a lead.
    """
    check_on(person)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Incomplete(f"Choose at most {MOST_MINUTES} minutes. For longer, talk to your lead: no reason needed.")
    end_break(person, now)
    return Break.objects.create(whose=veiled(person, Break), began_at=now, ends_at=now + timedelta(minutes=minutes))


def end_break(person: User, now: datetime) -> None:
    """Be back now."""
    check_on(person)
    running(now).filter(whose=veiled(person, Break)).update(ends_at=now)


def running(now: datetime) -> "QuerySet[Break]":
    """The breaks that are taken now, whosever they are."""
    return Break.objects.filter(began_at__lte=now, ends_at__gt=now)
