"""Issues: each thing that went wrong, in the customer's own words, confirmed by a person."""

from typing import ClassVar

from django.db import models

CATEGORIES = {
    "product_quality": "Product quality",
    "service_received": "Service received",
    "price_billing": "Price or billing",
    "delivery": "Delivery",
    "expectation_promise": "Expectation or promise",
    "information": "Information",
    "access": "Access",
    "privacy": "Privacy",
    "harm_safety": "Harm or safety",
}

SOURCES = {
    "reading": "Amends",
    "agent": "the team",
    "customer": "the customer",
    "promise": "a promise we did not keep",
}


class Wish(models.TextChoices):
    """Whose wish it was that an issue left its case."""

    TEAM = "team", "the team"
    CUSTOMER = "customer", "the customer"


class Issue(models.Model):
    """One thing that went wrong: proposed by reading, then confirmed, corrected or taken off by people."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="issues")
    message = models.ForeignKey("amends.Message", null=True, on_delete=models.PROTECT, related_name="issues")
    raised_at = models.DateTimeField()
    summary = models.CharField(max_length=200)
    words = models.TextField(default="", blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    category = models.CharField(max_length=24, choices=list(CATEGORIES.items()), default="", blank=True)
    kind = models.CharField(max_length=40, default="", blank=True)
    source = models.CharField(max_length=10, choices=list(SOURCES.items()))
    harm = models.TextField(default="", blank=True)
    about = models.CharField(max_length=80, default="", blank=True)
    price_cents = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(summary=""), name="issue_has_summary"),
            models.CheckConstraint(condition=models.Q(category__in=["", *CATEGORIES]), name="issue_category_known"),
        ]

    def __str__(self) -> str:
        return self.summary


class Hearing(models.Model):
    """Somebody read the complaint and confirmed this issue: it has been heard."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="hearing")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Withdrawal(models.Model):
    """The issue is off the case, with the reason and whose wish it was."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    wish = models.CharField(max_length=8, choices=Wish.choices, default=Wish.TEAM)


class Split(models.Model):
    """The issue was taken out of another one, which held more than one thing that went wrong."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="split")
    of = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="parts")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Merger(models.Model):
    """The issue says the same as another one, which stands for both."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="merger")
    into = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="merged")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(issue=models.F("into")), name="merged_into_another")
        ]
