"""A poll: one question with a few answers below the letters that ask again, for a time and for some categories."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amends.recovery.survey import OPEN_FOR


class Poll(models.Model):
    """One question to customers: its answers, about which categories of issues (none: about all), from when to when."""

    question = models.CharField(max_length=160)
    answers = models.JSONField()
    categories = models.JSONField(default=list)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("at")), name="poll_ends_after_it_began")
        ]


class PollStopped(models.Model):
    """Somebody stopped a poll before its time: it stands below no further letter."""

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="stopped")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class PollAsked(models.Model):
    """One customer was asked below this letter."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="asked")
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="polls")
    letter = models.OneToOneField("amends.Message", null=True, on_delete=models.PROTECT, related_name="poll")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "case"], name="polled_once_a_case")]

    @property
    def closes_at(self) -> datetime:
        """Until when an answer can come, and be changed."""
        return self.at + OPEN_FOR


class PollAnswer(models.Model):
    """The answer a customer chose, by its place among the answers; only they can change it."""

    asked = models.OneToOneField(PollAsked, on_delete=models.PROTECT, related_name="answer")
    choice = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
