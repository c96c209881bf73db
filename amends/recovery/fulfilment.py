"""Delivery: fulfilments with proof, refusals with reasons."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amends.cases.case import Case
from amends.method.money import written


class Fulfilment(models.Model):
    """A remedy was carried out: on which agreement or entitlement, by whom, with what proof."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="fulfilments")
    issues = models.ManyToManyField("amends.Issue", related_name="fulfilments")
    acceptance = models.OneToOneField(
        "amends.Acceptance", null=True, on_delete=models.PROTECT, related_name="fulfilment"
    )
    entitlement = models.BooleanField(default=False)
    remedy = models.ForeignKey("amends.Remedy", on_delete=models.PROTECT, related_name="fulfilments")
    title = models.CharField(max_length=160)
    amount_cents = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    proof = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="fulfilments")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acceptance__isnull=False) | Q(entitlement=True), name="agreement_or_entitlement"
            ),
            models.CheckConstraint(condition=~Q(proof=""), name="fulfilment_has_proof"),
        ]

    @property
    def amount(self) -> str:
        """Its sum as people read it; "" when it carries none."""
        return written(self.amount_cents, self.currency) if self.amount_cents else ""


def worked() -> "models.QuerySet[Fulfilment]":
    """Every delivery that worked: those that failed and were not carried out again are left out."""
    return Fulfilment.objects.exclude(failures__at__gte=F("at"))


def standing(case: Case) -> "models.QuerySet[Fulfilment]":
    """The deliveries of a case that worked."""
    return worked().filter(case=case)


class Refusal(models.Model):
    """No remedy for this issue: the reasons, and where the customer can go, told in a letter."""

    issue = models.OneToOneField("amends.Issue", on_delete=models.PROTECT, related_name="refusal")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reasons = models.TextField()
    recourse = models.TextField()
    message = models.ForeignKey("amends.Message", on_delete=models.PROTECT, related_name="refusals")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(recourse=""), name="refusal_has_reasons")
        ]
