"""Saved phrases: words a team likes to begin a letter with, with places for the case's own."""

from typing import ClassVar

from django.db import models


class Phrase(models.Model):
    """A text with a name, of one team or of all."""

    team = models.ForeignKey("amends.Team", null=True, on_delete=models.PROTECT, related_name="phrases")
    name = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(text=""), name="phrase_says_something")
        ]

    def __str__(self) -> str:
        return self.name
