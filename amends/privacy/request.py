"""The record of what a customer asked about their data: a copy of everything, or to be erased."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

COPY_OPEN_FOR = timedelta(days=30)  # our judgement: long enough for a holiday, shorter than the link


class Asks(models.TextChoices):
    """What can be asked: GDPR Article 15 and Article 17."""

    COPY = "copy", "a copy of everything"
    ERASURE = "erasure", "to be erased"


class Ending(models.TextChoices):
    """How it ended."""

    DONE = "done", "done"
    REFUSED = "refused", "refused, with a reason"
    WITHDRAWN = "withdrawn", "taken back by the customer"


class PersonRequest(models.Model):
    """A customer asked for something on their page: when, by which day it is answered, and how it ended, by whom."""

    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="person_requests")
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="person_requests")
    kind = models.CharField(max_length=10, choices=Asks)
    at = models.DateTimeField()
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, default="", blank=True)
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer", "kind"], condition=Q(ended_at=None), name="one_open_request_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", by=None, reason="")
                | Q(ended_at__isnull=False, ending=Ending.DONE, by__isnull=False, reason="")
                | Q(ended_at__isnull=False, ending=Ending.WITHDRAWN, by=None, reason="")
                | (Q(ended_at__isnull=False, ending=Ending.REFUSED, by__isnull=False) & ~Q(reason="")),
                name="person_request_ends_whole",
            ),
        ]

    @property
    def copy_until(self) -> datetime | None:
        """Until when the copy can be saved; None while it was not given, or when something else was asked."""
        given = self.kind == Asks.COPY and self.ending == Ending.DONE
        return self.ended_at + COPY_OPEN_FOR if given and self.ended_at else None
