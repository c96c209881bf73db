"""An issue that was put right and is not: it begins again, with its history."""

from typing import ClassVar

from django.db import models


class Why(models.TextChoices):
    """What showed that an issue was not right."""

    FOLLOW_UP = "follow_up", "when we asked again"
    RECURRENCE = "recurrence", "it happened again"
    CUSTOMER = "customer", "the customer told us"
    TEAM = "team", "the team found out"


class IssueReopening(models.Model):
    """The issue begins again at this moment: what was said and done before counts as history, not as done."""

    issue = models.ForeignKey("amends.Issue", on_delete=models.PROTECT, related_name="reopenings")
    at = models.DateTimeField()
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    why = models.CharField(max_length=10, choices=Why.choices)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(words=""), name="issue_reopening_has_words")
        ]
