"""What people asked the desk to keep for them, under a veiled name: gone after 30 days, or at once when they say so."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.exposure import USUAL_MINUTES, Contact, Felt, Rest
from amends.team.veil import LENGTH

KEPT_FOR = timedelta(days=30)


class CareConsent(models.Model):
    """Somebody switched care on: since when. Switching it off leaves no record, not even that it was on."""

    whose = models.CharField(max_length=LENGTH, unique=True)
    at = models.DateTimeField()


class HardMoment(models.Model):
    """How one contact was, as the person says themselves; which case it was is not kept."""

    whose = models.CharField(max_length=LENGTH)
    at = models.DateTimeField()
    felt = models.CharField(max_length=12)
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    chosen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(felt__in=[one.value for one in Felt]), name="hard_moment_known")
        ]
        indexes: ClassVar = [models.Index(fields=["whose", "at"], name="hard_moment_whose")]

    @property
    def contact(self) -> Contact:
        """As the reckoning knows it."""
        return Contact(self.at, Felt(self.felt), self.minutes, self.chosen)


class Break(models.Model):
    """Somebody needs a minute: from when until when. Nobody asks why, and nobody else is told."""

    whose = models.CharField(max_length=LENGTH)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gte=models.F("began_at")), name="break_ends_after_it_began")
        ]
        indexes: ClassVar = [models.Index(fields=["whose", "began_at"], name="break_whose")]

    @property
    def rest(self) -> Rest:
        """As the reckoning knows it."""
        return Rest(self.began_at, self.ends_at)


class Given(models.Model):
    """Somebody took the next contact: when, and whether it was a hard one, so that the next need not be."""

    whose = models.CharField(max_length=LENGTH)
    at = models.DateTimeField()
    hard = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["whose", "at"], name="given_whose")]


class PassedOn(models.Model):
    """Somebody put this case back so that somebody else takes it: it does not come back to them."""

    whose = models.CharField(max_length=LENGTH)
    case = models.ForeignKey("amends.Case", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["whose", "case"], name="passed_on_once")]


class Wishes(models.Model):
    """What somebody does not take, how many cases at once, and which languages they write."""

    whose = models.CharField(max_length=LENGTH, unique=True)
    not_taken = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    at_once = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()


class WeekTold(models.Model):
    """What leads are told of a team's week, once and for good; empty where it could have given somebody away.

    `group` seals who was in it, so that the next week can be compared without keeping anybody's name.
    """

    team = models.ForeignKey("amends.Team", on_delete=models.CASCADE, related_name="weeks_told")
    week = models.DateField()
    group = models.CharField(max_length=LENGTH, default="", blank=True)
    about = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "week"], name="a_week_is_told_once")]
