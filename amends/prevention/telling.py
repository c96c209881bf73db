"""The news of a change: who was told of it, and who was left out and why."""

from typing import ClassVar

from django.db import models

ALIVE = models.Q(message__outbox__failed_at=None, message__outbox__cancelled_at=None)


class Telling(models.Model):
    """One reviewed text about a change, in each language it was written in, sent by somebody to those owed it."""

    change = models.ForeignKey("amends.Change", on_delete=models.PROTECT, related_name="tellings")
    texts = models.JSONField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class News(models.Model):
    """The letter that told one customer of one change; a customer is told of it once."""

    telling = models.ForeignKey(Telling, on_delete=models.PROTECT, related_name="news")
    change = models.ForeignKey("amends.Change", on_delete=models.PROTECT, related_name="news")
    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="news")
    message = models.OneToOneField("amends.Message", on_delete=models.PROTECT, related_name="news")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "customer"], name="told_of_a_change_once"),
        ]


class LeftOut(models.Model):
    """One customer is not told of one change, and why; `by` is nobody where no letter may leave for them."""

    change = models.ForeignKey("amends.Change", on_delete=models.PROTECT, related_name="left_out")
    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="left_out")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "customer"], name="left_out_of_a_change_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="left_out_says_why"),
        ]
