"""Switching care on and off: nothing is kept before, and nothing is left after."""

from datetime import datetime

from django.db import transaction

from amends.care.models import KEPT_FOR, Break, CareConsent, Given, HardMoment, PassedOn, Wishes
from amends.care.veil import veiled
from amends.cases.errors import NotPossible
from amends.team.models import User


def switch_on(person: User, now: datetime) -> None:
    """Keep from now on what this person says of themselves; the ledger is told nothing."""
    CareConsent.objects.get_or_create(whose=veiled(person), defaults={"at": now})


def switch_off(person: User) -> None:
    """Delete everything that was kept for this person, at once."""
    whose = veiled(person)
    with transaction.atomic():
        for model in (CareConsent, HardMoment, Break, Given, PassedOn, Wishes):
            model._default_manager.filter(whose=whose).delete()


def is_on(person: User) -> bool:
    """Whether this person switched care on."""
    return CareConsent.objects.filter(whose=veiled(person)).exists()


def check_on(person: User) -> str:
    """The veiled name of a person who switched care on; raises NotPossible for anybody else."""
    if not is_on(person):
        raise NotPossible("Nothing is kept for you, because you have not switched this on. You can, on the page You.")
    return veiled(person)


def let_go(now: datetime) -> int:
    """Delete what is older than 30 days, and everything of who has left; returns how many records grew too old."""
    for person in User.objects.filter(is_active=False):
        if is_on(person):
            switch_off(person)
    before = now - KEPT_FOR
    return sum(
        rows.delete()[0]
        for rows in (
            HardMoment.objects.filter(at__lt=before),
            Break.objects.filter(ends_at__lt=before),
            Given.objects.filter(at__lt=before),
            PassedOn.objects.filter(at__lt=before),
        )
    )
