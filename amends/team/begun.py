"""Who answers customers already, and how much somebody practised: what the gate before live work asks."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.policy import parse
from amends.team.models import User
from amends.team.policy import PolicyVersion, current


class Practised(models.Model):
    """How many different rounds somebody passed, and with how many people; no page shows it to anybody.

    The practice room writes it (`practice/passing.py`) and takes it away when its owner forgets their path.
    """

    person = models.OneToOneField("amends.User", on_delete=models.CASCADE, related_name="practised")
    rounds = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField()


class Begun(models.Model):
    """Somebody answers customers from now on: because they practised enough, or because a lead let them, with a reason.

    It stays, whatever the policy asks for later: nobody is sent back to practice.
    """

    person = models.OneToOneField("amends.User", on_delete=models.CASCADE, related_name="begun")
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(by=None) ^ ~Q(reason=""), name="begun_early_says_why"),
        ]


def practised_enough(person: User) -> bool:
    """Whether somebody practised as much as the policy in force asks for before live work (E74)."""
    policy, row = current(), Practised.objects.filter(person=person).first()
    return row is not None and row.rounds >= policy.immersion_rounds and row.people >= policy.immersion_people


def asked_since() -> datetime | None:
    """Since when the policy has asked for at least as much practice before live work as today; None when it does not.

    Somebody who answered customers before was no newcomer then.
    """
    policy, since = current(), None
    for version in PolicyVersion.objects.order_by("-number"):
        then = parse(version.data)
        less = then.immersion_rounds < policy.immersion_rounds or then.immersion_people < policy.immersion_people
        if not then.asks_before_live or less:
            break
        since = version.at
    return since


def let_begin_in(team: int) -> "models.QuerySet[Begun]":
    """Whom leads of a team let begin before they had practised, the newest first."""
    rows = Begun.objects.filter(person__team=team, by__isnull=False, person__is_active=True)
    return rows.select_related("person", "by").order_by("-at", "-pk")
