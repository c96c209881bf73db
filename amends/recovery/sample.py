"""A sample of what was granted on the spot, looked at afterwards by somebody else."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SpotCheck(models.Model):
    """One delivered remedy picked to be looked at: by whom it was, and whether it was fair."""

    fulfilment = models.OneToOneField("amends.Fulfilment", on_delete=models.PROTECT, related_name="spot_check")
    picked_at = models.DateTimeField()
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    fair = models.BooleanField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(at=None, by=None, fair=None) | Q(at__isnull=False, by__isnull=False, fair__isnull=False),
                name="spot_check_whole",
            )
        ]
