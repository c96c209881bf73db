"""What was said between the customer and us, and which steps of the path each letter of ours covered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.steps import SPOKEN_STEPS


class Message(models.Model):
    """One message of the conversation; a note to the team is never one of these."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    outgoing = models.BooleanField()
    automatic = models.CharField(max_length=16, default="", blank=True)
    author = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="letters")
    sender_name = models.CharField(max_length=200, default="", blank=True)
    sender_address = models.CharField(max_length=320, default="", blank=True)
    known_sender = models.BooleanField(default=True)
    external_id = models.CharField(max_length=998, default="", blank=True)
    fingerprint = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique where given
    subject = models.CharField(max_length=300, default="", blank=True)
    text = models.TextField()
    pieces = models.JSONField(default=list)
    html = models.TextField(default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    raw = models.OneToOneField("amends.RawMail", null=True, on_delete=models.PROTECT, related_name="message")
    mended = models.JSONField(default=list)
    reading = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["external_id"], name="message_external"),
        ]

    def __str__(self) -> str:
        return f"{'to' if self.outgoing else 'from'} {self.sender_name or self.sender_address}"


class Attachment(models.Model):
    """A file that came with a message: a place in the raw mail, not a copy of it."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    index = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=127)
    size = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["index"]


class Coverage(models.Model):
    """One step of one issue that a letter of ours covered: found by the check, or stated by its writer."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="coverage")
    issue = models.ForeignKey("amends.Issue", on_delete=models.PROTECT, related_name="coverage")
    step = models.CharField(max_length=12)
    words = models.TextField(default="", blank=True)
    found = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "issue", "step"], name="one_coverage_a_step"),
            models.CheckConstraint(condition=Q(step__in=[step.value for step in SPOKEN_STEPS]), name="coverage_spoken"),
        ]


class Answered(models.Model):
    """A message of the customer that needs no further answer: who said so, and when."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="answered")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Understanding(models.Model):
    """The customer's answer to what we said back: yes, or not quite with their corrections (before and after)."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="understandings")
    at = models.DateTimeField()
    agreed = models.BooleanField()
    corrections = models.JSONField(default=list)
    words = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
