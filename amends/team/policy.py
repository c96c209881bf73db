"""The policy a desk works by, kept version by version: who made each, when, and what it says."""

from functools import lru_cache
from typing import ClassVar

from django.db import connection, models

from amends.method.policy import Policy, parse


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


def current_version() -> PolicyVersion:
    """The version in force; the first one is made with the tables, so there is always one."""
    return PolicyVersion.objects.latest("number")


def current() -> Policy:
    """The policy in force; a version never changes, so each is read once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(number) FROM amends_policyversion")
        return _read(cursor.fetchone()[0])


@lru_cache(maxsize=64)
def _read(number: int) -> Policy:
    return parse(PolicyVersion.objects.get(number=number).data)
