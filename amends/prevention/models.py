"""Causes, the issues they explain, and the changes that are to stop them."""

from datetime import date
from typing import ClassVar

from django.db import models

from amends.method.change import change_in_words


class Cause(models.Model):
    """Why things go wrong, as the team defined it, with somebody who looks after it; it may be one of a wider cause."""

    name = models.CharField(max_length=120, unique=True)
    definition = models.TextField(default="", blank=True)
    owner = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="causes")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="below")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def change_in_words(self) -> str:
        """The latest change against this cause, as a customer may read it; "" when none is agreed."""
        changes = sorted(self.changes.all(), key=lambda change: (change.made_at is not None, change.pk))
        return changes[-1].in_words() if changes else ""


class Retirement(models.Model):
    """Nobody links issues to this cause any more; one that was merged has another that stands for both."""

    cause = models.OneToOneField(Cause, on_delete=models.PROTECT, related_name="retirement")
    into = models.ForeignKey(Cause, null=True, on_delete=models.PROTECT, related_name="merged")
    reason = models.CharField(max_length=300, default="", blank=True)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(into__isnull=False) | ~models.Q(reason=""), name="retirement_says_why"
            ),
            models.CheckConstraint(condition=~models.Q(cause=models.F("into")), name="cause_merged_into_another"),
        ]


class Tended(models.Model):
    """What somebody did to a cause: in words, who and when."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="tended")
    words = models.CharField(max_length=400)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]


class Attribution(models.Model):
    """This issue happened because of that cause: who said so, and when; `proposed` is what Amends had proposed."""

    issue = models.OneToOneField("amends.Issue", on_delete=models.PROTECT, related_name="attribution")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="attributions")
    proposed = models.ForeignKey(Cause, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ChangeKind(models.TextChoices):
    """What sort of change."""

    UNDERSTAND = "understand", "Find out why"
    PROCEDURE = "procedure", "Procedure"
    TRAINING = "training", "Training or coaching"
    PRICE = "price", "Price"
    SYSTEM = "system", "System"


class Change(models.Model):
    """Something we do so that a cause stops hurting people: what, who, by when, and when it was made."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    owner = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="changes")
    due_date = models.DateField()
    agreed_by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=500, default="", blank=True)
    training = models.OneToOneField("amends.Training", null=True, on_delete=models.PROTECT, related_name="change")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(what=""), name="change_says_what")]

    def __str__(self) -> str:
        return self.what

    @property
    def evidence_link(self) -> str:
        """The evidence where it is a link to follow, else ""."""
        return self.evidence if self.evidence.startswith(("https://", "http://")) else ""

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without it being made."""
        return self.made_at is None and self.due_date < today

    def in_words(self) -> str:
        """The change with its day, as a customer may read it."""
        return change_in_words(self.what, self.due_date, self.made_at)
