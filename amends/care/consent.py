"""Switching care on and off: nothing is kept before, and nothing is left after."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from amends.care.models import KEPT_FOR, Break, CareConsent, Given, HardMoment, PassedOn, Wishes
from amends.cases.errors import NotPossible
from amends.team.models import User
from amends.team.veil import veiled

_KEPT = (CareConsent, HardMoment, Break, Given, PassedOn, Wishes)


def switch_on(person: User, now: datetime) -> None:
    """Keep from now on what this person says of themselves; the ledger is told nothing."""
    CareConsent.objects.get_or_create(whose=veiled(person, CareConsent), defaults={"at": now})


def switch_off(person: User) -> None:
    """Delete everything that was kept for this person, at once."""
    _forget([person])


def _forget(people: Iterable[User]) -> None:
    with transaction.atomic():
        for model in _KEPT:
            model._default_manager.filter(whose__in=[veiled(one, model) for one in people]).delete()


def is_on(person: User) -> bool:
    """Whether this person switched care on."""
    return CareConsent.objects.filter(whose=veiled(person, CareConsent)).exists()


def check_on(person: User) -> None:
    """Raise NotPossible for a person who did not switch care on."""
    if not is_on(person):
        raise NotPossible("Nothing is kept for you, because you have not switched this on. You can, on the page You.")


def let_go(now: datetime) -> int:
    """Delete what is older than 30 days, and everything of who has left; returns how many records grew too old."""
    _forget(User.objects.filter(is_active=False))
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
