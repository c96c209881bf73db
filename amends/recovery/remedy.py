"""The catalogue of remedies: what we can do to put something right."""

from typing import ClassVar

from django.db import models

from amends.method.money import written


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


def catalogue(categories: set[str]) -> list[Remedy]:
    """The remedies in use: those that suit one of these categories first, then the others, each by name."""
    rows = list(Remedy.objects.filter(retired_at=None))
    return sorted(rows, key=lambda remedy: (not categories & set(remedy.suits), remedy.name))
