"""Offers: two or more ways to put it right, what we can and cannot do, and the customer's choice."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.money import written


class Offer(models.Model):
    """What we offered for these issues, at one moment; a later offer is a new version."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="offers")
    issues = models.ManyToManyField("amends.Issue", related_name="offers")
    version = models.PositiveSmallIntegerField()
    message = models.OneToOneField("amends.Message", on_delete=models.PROTECT, related_name="offer")
    can = models.TextField()
    cannot = models.TextField(default="", blank=True)
    because = models.TextField(default="", blank=True)
    made_by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="offers_made")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    approval = models.OneToOneField(
        "amends.ApprovalDecision", null=True, on_delete=models.PROTECT, related_name="offer"
    )
    policy = models.ForeignKey("amends.PolicyVersion", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "version"], name="one_offer_a_version"),
            models.CheckConstraint(condition=Q(cannot="") | ~Q(because=""), name="cannot_has_because"),
        ]

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was withdrawn, if it was."""
        return self.withdrawal.at if hasattr(self, "withdrawal") else None

    @property
    def accepted_at(self) -> datetime | None:
        """When the customer chose, if they did."""
        return self.acceptance.at if hasattr(self, "acceptance") else None

    @property
    def declined_at(self) -> datetime | None:
        """When the customer said none of these, if they did."""
        return self.decline.at if hasattr(self, "decline") else None

    def stands(self, now: datetime) -> bool:
        """Whether it counts: chosen, or still open to choose."""
        return self.accepted_at is not None or self.is_open(now)

    def is_open(self, now: datetime) -> bool:
        """Whether the customer can still choose."""
        settled = self.accepted_at or self.declined_at or self.withdrawn_at
        return settled is None and now < self.expires_at


class Option(models.Model):
    """One choice of an offer: what, on which terms, what it is worth, by when."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="options")
    remedy = models.ForeignKey("amends.Remedy", on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    terms = models.TextField(default="", blank=True)
    amount_cents = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    deliver_by = models.DateField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "position"], name="one_option_a_position"),
            models.CheckConstraint(condition=~Q(title=""), name="option_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amount(self) -> str:
        """Its sum as people read it; "" when it carries none."""
        return written(self.amount_cents, self.currency) if self.amount_cents else ""

    @property
    def costs_cents(self) -> int:
        """What counts against a limit: its sum, or what the remedy costs us."""
        return self.amount_cents or self.remedy.cost_cents


class Via(models.TextChoices):
    """How an answer reached us."""

    PAGE = "page", "on their page"
    EMAIL = "email", "by e-mail"
    PHONE = "phone", "by phone, read back"


class Acceptance(models.Model):
    """The customer agreed to one option: when, how, in which words."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="acceptance")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()
    via = models.CharField(max_length=8, choices=Via.choices)
    words = models.TextField(default="", blank=True)
    read_back = models.TextField(default="", blank=True)
    message = models.ForeignKey("amends.Message", null=True, on_delete=models.PROTECT, related_name="acceptances")
    noted_by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(via="page") | (~Q(words="") & Q(noted_by__isnull=False)),
                name="agreement_has_evidence",
            )
        ]


class Decline(models.Model):
    """The customer said none of these, and why."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="decline")
    at = models.DateTimeField()
    via = models.CharField(max_length=8, choices=Via.choices)
    reason = models.TextField()
    noted_by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="decline_has_reason")]


class OfferWithdrawal(models.Model):
    """We took an offer back before it was answered, and why."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
