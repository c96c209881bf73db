"""Holding letters: a letter that left told the customer how it stands, or that it takes longer and why."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import stand
from amends.method.profile import Moment, moments_counted, profile_of
from amends.team.models import User


class Told(models.TextChoices):
    """What a holding letter tells, as the history says it."""

    PROGRESS = "progress", "how it stands"
    EXTENSION = "extension", "that it takes longer, and why"


class HoldingLetter(models.Model):
    """Somebody read that this letter told it, and when they wrote that down; no verb changes it afterwards."""

    message = models.ForeignKey("amends.Message", on_delete=models.PROTECT, related_name="told")
    what = models.CharField(max_length=9, choices=Told.choices)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "what"], name="told_once_a_letter"),
            models.CheckConstraint(condition=models.Q(what__in=Told.values), name="told_is_known"),
        ]


_MOMENTS = {
    Moment.PROGRESS_TOLD: Told.PROGRESS,
    Moment.EXTENSION_TOLD: Told.EXTENSION,
    Moment.STAGE2_EXTENSION_TOLD: Told.EXTENSION,
}


def what_counts(case: Case) -> list[Told]:
    """What a letter can tell that a clock of the team's rule book counts; nothing under most."""
    counted = moments_counted(profile_of(case.team.profile))
    return sorted({told for moment, told in _MOMENTS.items() if moment in counted}, key=list(Told).index)


def letters_that_left(case: Case) -> "models.QuerySet[Message]":
    """The letters of a person that reached the customer, as far as we know, newest first."""
    rows = case.messages.filter(outgoing=True, automatic="", outbox__sent_at__isnull=False, outbox__failed_at=None)
    return rows.order_by("-outbox__sent_at", "-pk")


def mark_told(letter: Message, what: Told, *, by: User, now: datetime) -> HoldingLetter:
    """Write down that a letter of a person told the customer something a clock of the rule book counts.

    It counts from when the letter left, whenever it is written down. Raises NotPossible for a letter nobody wrote, one
    that has not left or came back, and where no clock counts it; AlreadyDone the second time.
    """
    with writing():
        case = Case.objects.select_related("team", "customer").get(pk=letter.case_id)
        if what not in what_counts(case):
            raise NotPossible(f"The rule book of the {case.team.name} team counts no letter that told {what.label}.")
        _reached(letter, case.customer.first_name)
        made, fresh = HoldingLetter.objects.get_or_create(message=letter, what=what, defaults={"by": by, "at": now})
        if not fresh:
            raise AlreadyDone(f"{made.by.name} wrote down before that this letter told {what.label}.")
        record("customer_told", case.pk, by, now, message=letter.pk, what=what.label)
        stand(case, now)
    return made


def _reached(letter: Message, first_name: str) -> None:
    """Raise NotPossible unless somebody wrote this letter and it reached the customer."""
    if not letter.outgoing or letter.automatic:
        raise NotPossible("Nobody of us wrote this letter. Write one yourself, and choose it here once it has left.")
    entry = OutboxEntry.objects.get(message=letter)
    if not entry.is_alive:
        raise NotPossible(f"This letter never reached {first_name}. Write another, and choose it once it has left.")
    if entry.sent_at is None:
        raise NotPossible(f"This letter has not left yet, so it told {first_name} nothing. Come back once it has.")
