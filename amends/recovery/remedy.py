"""The catalogue of remedies: what we can do to put something right."""

from typing import ClassVar

from django.db import models

from amends.method.money import written
from amends.method.options import ALWAYS, Choice, Ranked, rank


class Remedy(models.Model):
    """One way to make amends, as data a team can change."""

    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    description = models.TextField()
    terms = models.TextField(default="", blank=True)
    cost_cents = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="EUR")
    asks_amount = models.BooleanField(default=False)
    entitlement = models.BooleanField(default=False)
    suits = models.JSONField(default=list)
    repays = models.CharField(max_length=12, default="", blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def cost(self) -> str:
        """What it costs us, as people read it; "" when it is free."""
        return written(self.cost_cents, self.currency) if self.cost_cents else ""


def in_use() -> "models.QuerySet[Remedy]":
    """The remedies that can be offered: those not retired, and the kinds that can always be done."""
    return Remedy.objects.filter(models.Q(retired_at=None) | models.Q(kind__in=ALWAYS))


def catalogue(categories: frozenset[str], failed: frozenset[str] = frozenset()) -> list[tuple[Remedy, Ranked]]:
    """The remedies in use with their place and reason, the best answer to these categories first.

    `failed` are the kinds that were tried for this before and did not hold.
    """
    rows = {remedy.key: remedy for remedy in in_use()}
    ranked = rank((_choice(remedy) for remedy in rows.values()), categories, failed)
    return [(rows[one.choice.key], one) for one in ranked if one.choice.key in rows]


def _choice(remedy: Remedy) -> Choice:
    return Choice(
        key=remedy.key,
        kind=remedy.kind,
        name=remedy.name,
        repays=remedy.repays,
        suits=frozenset(remedy.suits),
        entitlement=remedy.entitlement,
    )
