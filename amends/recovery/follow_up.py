"""Asking again: when, whether we asked, and what the customer said, or that they said nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class FollowUp(models.Model):
    """When to ask whether it is still right, the letter that asked, and the answer (`by` is empty: on their page)."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="follow_ups")
    round = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    letter = models.OneToOneField("amends.Message", null=True, on_delete=models.PROTECT, related_name="follow_up")
    silent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    still_right = models.BooleanField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at=None, still_right=None) | Q(done_at__isnull=False, still_right__isnull=False),
                name="follow_up_has_answer",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="follow_up_due", condition=Q(done_at=None))]
