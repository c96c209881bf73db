"""The records of erasing by rule: an admin let a period work, and what each night did."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RetentionConfirmed(models.Model):
    """An admin looked at whom a period would erase and let it work: the period, and how many it was at that moment.

    It holds for this period alone: a policy with another one has to be looked at and confirmed anew.
    """

    days = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(days__gt=0), name="retention_has_a_period")]


class RetentionNight(models.Model):
    """What the rule did in one night: how many it erased, and how many something stood in the way of."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    rule = models.ForeignKey(RetentionConfirmed, on_delete=models.PROTECT, related_name="nights")
    erased = models.PositiveIntegerField()
    hindered = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
