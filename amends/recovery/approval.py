"""Approvals: a whole offer above somebody's limit, asked for by one person and decided by another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class ApprovalRequestQuerySet(models.QuerySet["ApprovalRequest"]):
    """Which requests."""

    def waiting(self) -> "ApprovalRequestQuerySet":
        """Those that still wait for an answer: neither decided nor taken back."""
        return self.filter(decision=None, withdrawal=None)


class ApprovalRequest(models.Model):
    """Somebody asks that this very offer may be made: to whom it went, why, and the fingerprint of what was asked."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="approval_requests")
    requester = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="approvals_asked")
    to = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="approvals_received")
    draft = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    policy = models.ForeignKey("amends.PolicyVersion", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]


class ApprovalDecision(models.Model):
    """The answer to a request, never given by the one who asked."""

    request = models.OneToOneField(ApprovalRequest, on_delete=models.PROTECT, related_name="decision")
    requester = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="approvals_decided")
    granted = models.BooleanField()
    words = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("requester")), name="approved_by_another"),
            models.CheckConstraint(condition=Q(granted=True) | ~Q(words=""), name="no_has_words"),
        ]


class ApprovalWithdrawal(models.Model):
    """Whoever asked took the request back before it was answered: nobody decides about it any more."""

    request = models.OneToOneField(ApprovalRequest, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
