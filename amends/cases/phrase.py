"""Saved phrases: words a team says often, with places that each case fills."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.links import page_link
from amends.team.models import Team, User
from amends.team.permissions import Right

PLACE = re.compile(r"\{([^{}]*)\}")
PLACES: dict[str, Callable[[Case, User], str]] = {
    "first_name": lambda case, _by: case.customer.first_name,
    "name": lambda case, _by: case.customer.called,
    "case": lambda case, _by: str(case.pk),
    "issue": lambda case, _by: _issues(case)[0],
    "issues": lambda case, _by: "; ".join(_issues(case)),
    "agent": lambda _case, by: by.name,
    "team": lambda case, _by: case.team.name,
    "link": lambda case, _by: page_link(case.pk),
}


class PhraseQuerySet(models.QuerySet["Phrase"]):
    """Which phrases."""

    def usable_by(self, user: User) -> "PhraseQuerySet":
        """Those in use by this person's team, or by every team."""
        kept = self.filter(retired_at=None)
        return kept if user.can(Right.SEE_ALL_TEAMS) else kept.filter(Q(team=None) | Q(team_id=user.team_id))


class Phrase(models.Model):
    """Words with places such as {first_name}; without a team they are everybody's."""

    team = models.ForeignKey("amends.Team", null=True, on_delete=models.PROTECT, related_name="phrases")
    name = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="phrase_says_something")
        ]

    def __str__(self) -> str:
        return self.name


def keep_phrase(name: str, text: str, *, team: Team | None, by: User, now: datetime) -> Phrase:
    """A new phrase for a team; raises Incomplete naming what is missing or a place nothing fills."""
    words = " ".join(name.split())[:80]
    if not words:
        raise Incomplete("Name the phrase, so that colleagues find it.", "name")
    if not text.strip():
        raise Incomplete("Write the words of the phrase.", "text")
    _known(text)
    with writing():
        if Phrase.objects.filter(name__iexact=words, team=team, retired_at=None).exists():
            raise AlreadyDone(f"There is a phrase “{words}” already. Choose another name.")
        phrase = Phrase.objects.create(team=team, name=words, text=text.strip(), by=by, at=now)
        record("phrase_kept", None, by, now, phrase=phrase.name)
    return phrase


def retire_phrase(phrase: Phrase, *, by: User, now: datetime) -> None:
    """Take a phrase out of use; letters written with it stay as they are. Raises AlreadyDone the second time."""
    with writing():
        if not Phrase.objects.filter(pk=phrase.pk, retired_at=None).update(retired_at=now):
            raise AlreadyDone(f"“{phrase.name}” is out of use already.")
        record("phrase_retired", None, by, now, phrase=phrase.name)


def filled(phrase: Phrase, case: Case, by: User) -> str:
    """The phrase with its places filled from the case; raises NotPossible when one cannot be filled."""
    _known(phrase.text)
    return PLACE.sub(lambda place: PLACES[place[1]](case, by), phrase.text)


def _known(text: str) -> None:
    unknown = next((place for place in PLACE.findall(text) if place not in PLACES), None)
    if unknown is not None:
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        raise Incomplete(f"Nothing fills {{{unknown}}}. You can use {known}.", "text")


def _issues(case: Case) -> list[str]:
    heard = [str(issue) for issue in case.open_issues().exclude(hearing=None)]
    if not heard:
        raise NotPossible("This phrase names what went wrong. First confirm what that is.")
    return heard
