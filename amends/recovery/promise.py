"""Promises: what we said we would do by a time, and whether it was kept, broken, moved or let go."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Promise(models.Model):
    """Something we said we would do by a time; kept when `kept_at` says so."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="promises")
    acceptance = models.OneToOneField("amends.Acceptance", null=True, on_delete=models.PROTECT, related_name="promise")
    message = models.ForeignKey("amends.Message", null=True, on_delete=models.PROTECT, related_name="promises")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="promises")
    owner = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="owned_promises")
    kept_at = models.DateTimeField(null=True)
    proof = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="promise_open", condition=Q(kept_at=None))]


class BrokenPromise(models.Model):
    """The promise was not kept by its time: the issue that this is, owed an apology of its own."""

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="broken")
    issue = models.OneToOneField("amends.Issue", on_delete=models.PROTECT, related_name="broken_promise")
    at = models.DateTimeField()


class Renegotiation(models.Model):
    """The customer agreed to another time before the first had passed; never counted as kept."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="renegotiations")
    was_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    words = models.TextField()
    via = models.CharField(max_length=8)
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="renegotiation_has_words"),
            models.CheckConstraint(condition=Q(at__lte=models.F("was_due_at")), name="renegotiated_before_due"),
        ]


class Release(models.Model):
    """The customer let us off a promise, in their words."""

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="release")
    words = models.TextField()
    via = models.CharField(max_length=8, default="")
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="release_has_words")]
