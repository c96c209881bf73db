"""Whose fault it was and whether we uphold it, issue by issue, with the evidence somebody looked at."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Fault(models.TextChoices):
    """Who or what made it go wrong (F26)."""

    OURS = "ours", "Ours"
    PARTLY = "partly", "Partly ours"
    THIRD_PARTY = "third_party", "Somebody we work with"
    NO_CONTROL = "no_control", "Outside anybody's control"
    NONE = "none", "Nothing went wrong"
    CONDUCT = "conduct", "Unreasonable conduct"


class Outcome(models.TextChoices):
    """What we decided about the issue."""

    UPHELD = "upheld", "Upheld"
    PARTLY = "partly", "Partly upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"


class Decision(models.Model):
    """One decision about one issue; the newest counts, earlier ones stay to be seen."""

    issue = models.ForeignKey("amends.Issue", on_delete=models.PROTECT, related_name="decisions")
    fault = models.CharField(max_length=12, choices=Fault.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    evidence = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    policy = models.ForeignKey("amends.PolicyVersion", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(evidence=""), name="decision_has_evidence"),
            models.CheckConstraint(condition=Q(fault__in=Fault.values), name="decision_fault_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
        ]


class DecisionReview(models.Model):
    """A second person looked at a decision and agreed, or did not; never the one who decided."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="review")
    decider = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed = models.BooleanField()
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("decider")), name="decision_reviewed_by_another"),
            models.CheckConstraint(condition=~Q(words=""), name="decision_review_has_words"),
        ]
