"""The policy a desk works by, kept version by version: who made each, when, and what it says."""

from typing import ClassVar

from django.db import models


class PolicyVersion(models.Model):
    """One version of the whole policy; the highest number is in force, earlier ones stay for what was decided then."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    preset = models.CharField(max_length=40)
    data = models.JSONField()
    note = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"policy {self.number}"


def current_version() -> PolicyVersion | None:
    """The version in force, or None before anybody chose one."""
    return PolicyVersion.objects.last()
