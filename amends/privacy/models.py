"""The records of erasing: that a customer was erased, and orders that nobody may be."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LegalHold(models.Model):
    """An order that nothing about this customer may be erased: who gave it, why, and who lifted it."""

    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="holds")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    lifted_by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.UniqueConstraint(fields=["customer"], condition=Q(lifted_at=None), name="one_hold_a_customer"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lifted_because="")
                | (Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lifted_because="")),
                name="hold_lifted_whole",
            ),
        ]


class Erasure(models.Model):
    """Everything personal about this customer was erased; of the file itself since `rewritten_at`.

    `asked` is whether they asked for it themselves; with a `rule` nobody did it by hand, and `by` is who let that rule
    work. Numbers of the customer and their cases stay, so that figures do.
    """

    customer = models.OneToOneField("amends.Customer", on_delete=models.PROTECT, related_name="erasure")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked = models.BooleanField()
    rule = models.ForeignKey("amends.RetentionConfirmed", null=True, on_delete=models.PROTECT, related_name="erasures")
    rewritten_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
