"""Keys with which another program acts as one person of the team, no more than that person may."""

from typing import ClassVar

from django.db import models


class ApiToken(models.Model):
    """One key: only its digest is kept, so that it can be shown once and never read again."""

    user = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
