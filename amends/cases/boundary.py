"""Boundaries drawn when a customer's conduct becomes too much, each written down, the last ones seen by two people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Rung(models.TextChoices):
    """How far up the ladder a boundary stands."""

    FIRST = "first", "Asked to start again"
    SECOND = "second", "Told what happens next time"
    ENDED = "ended", "Contact ended, next step in writing"
    THREAT = "threat", "Threat of violence"
    LIMITS = "limits", "Limits to contact"


class Boundary(models.Model):
    """One boundary: what happened in words, who drew it, and by when somebody has to look at it again."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="boundaries")
    step = models.CharField(max_length=8, choices=Rung.choices)
    words = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_due_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="boundary_has_words")]


class BoundaryReview(models.Model):
    """A second person looked at a boundary; never the one who drew it."""

    boundary = models.OneToOneField(Boundary, on_delete=models.PROTECT, related_name="review")
    setter = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed = models.BooleanField()
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("setter")), name="boundary_reviewed_by_another"),
            models.CheckConstraint(condition=~Q(words=""), name="boundary_review_has_words"),
        ]
