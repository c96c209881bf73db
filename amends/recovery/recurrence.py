"""The same failure again: the earlier solution was the wrong one."""

from typing import ClassVar

from django.db import models


class Same(models.TextChoices):
    """What two issues of one customer have in common."""

    CAUSE = "cause", "the same cause"
    ABOUT = "about", "the same order or article"


class Recurrence(models.Model):
    """This issue is an earlier one of the same customer again, after its remedy was delivered."""

    issue = models.OneToOneField("amends.Issue", on_delete=models.PROTECT, related_name="recurrence")
    earlier = models.ForeignKey("amends.Issue", on_delete=models.PROTECT, related_name="recurrences")
    why = models.CharField(max_length=8, choices=Same.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(issue=models.F("earlier")), name="recurrence_of_another")
        ]


class Ineffective(models.Model):
    """A delivered remedy did not hold: the same came back."""

    fulfilment = models.OneToOneField("amends.Fulfilment", on_delete=models.PROTECT, related_name="ineffective")
    recurrence = models.ForeignKey(Recurrence, null=True, on_delete=models.PROTECT, related_name="+")
    reopening = models.ForeignKey("amends.IssueReopening", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
