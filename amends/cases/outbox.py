"""Letters waiting to leave: one fixed Message-ID each, claimed with a lease, tried again, given up loudly."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from amends.cases.closure import open_again
from amends.cases.errors import NotPossible
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.standing import stand
from amends.channels.email.send import SendError, send
from amends.channels.envelope import Outgoing

if TYPE_CHECKING:
    from amends.cases.message import Message
    from amends.team.models import User

LEASE = timedelta(minutes=2)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 960)]


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Which letters are where."""

    def waiting(self) -> "OutboxQuerySet":
        """Neither sent, nor failed, nor taken back."""
        return self.filter(sent_at=None, failed_at=None, cancelled_at=None)

    def due(self, now: datetime) -> "OutboxQuerySet":
        """Waiting, past their undo window or pause, and held by nobody."""
        return (
            self.waiting()
            .filter(not_before__lte=now)
            .filter(Q(leased_until=None) | Q(leased_until__lt=now))
            .order_by("not_before", "pk")
        )


class OutboxEntry(models.Model):
    """One letter on its way; `envelope` holds what the channel needs, built once."""

    message = models.OneToOneField("amends.Message", on_delete=models.PROTECT, related_name="outbox")
    envelope = models.JSONField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=16, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(sent_at=None, failed_at=None),
                name="outbox_one_end",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["not_before"],
                name="outbox_waiting",
                condition=Q(sent_at=None, failed_at=None, cancelled_at=None),
            )
        ]

    @property
    def is_alive(self) -> bool:
        """Whether it has left or still may: neither taken back nor given up."""
        return self.cancelled_at is None and self.failed_at is None


class DeliveryAttempt(models.Model):
    """One try at handing a letter over, and what came of it."""

    entry = models.ForeignKey(OutboxEntry, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    delivered = models.BooleanField()
    permanent = models.BooleanField(default=False)
    answer = models.TextField(default="", blank=True)


def claim_letters(now: datetime, most: int) -> list[OutboxEntry]:
    """Up to `most` due letters, leased to the caller; whoever updates a row first has it."""
    wanted = list(OutboxEntry.objects.due(now).values_list("pk", flat=True)[:most])
    if not wanted:
        return []
    holder = secrets.token_hex(8)
    OutboxEntry.objects.due(now).filter(pk__in=wanted).order_by().update(
        leased_until=now + LEASE, leased_by=holder, attempts=F("attempts") + 1
    )
    mine = OutboxEntry.objects.filter(pk__in=wanted, leased_by=holder)
    return list(mine.select_related("message__case__customer").order_by("pk"))


def deliver(entry: OutboxEntry, now: datetime) -> None:
    """Hand one claimed letter to its channel and write down what came of it."""
    try:
        send(Outgoing.from_json(entry.envelope))
    except SendError as error:
        _write_failure(entry, error, now)
    else:
        _write_sent(entry, now)


def _write_sent(entry: OutboxEntry, now: datetime) -> None:
    with writing():
        OutboxEntry.objects.filter(pk=entry.pk).update(sent_at=now, leased_until=None, leased_by="", reason="")
        DeliveryAttempt.objects.create(entry=entry, at=now, delivered=True)
        record("letter_sent", entry.message.case_id, SYSTEM, now, message=entry.message_id)


def _write_failure(entry: OutboxEntry, error: SendError, now: datetime) -> None:
    gone = error.permanent or entry.attempts > len(BACKOFF)
    with writing():
        DeliveryAttempt.objects.create(
            entry=entry, at=now, delivered=False, permanent=error.permanent, answer=str(error)
        )
        if gone:
            fail(entry, str(error), now)
            return
        OutboxEntry.objects.filter(pk=entry.pk).update(
            not_before=now + BACKOFF[entry.attempts - 1], leased_until=None, leased_by="", reason=str(error)
        )


def fail(entry: OutboxEntry, reason: str, now: datetime) -> None:
    """Give a letter up: what it covered no longer counts, and the case says so; a closed one opens again."""
    with writing():
        OutboxEntry.objects.filter(pk=entry.pk).update(failed_at=now, leased_until=None, leased_by="", reason=reason)
        record("letter_failed", entry.message.case_id, SYSTEM, now, message=entry.message_id)
        miss(entry.message, SYSTEM, now)
        stand(entry.message.case, now)


def miss(letter: "Message", actor: "User | str", now: datetime) -> None:
    """Open the case again when a letter it was closed on counts no longer (invariant 4)."""
    if letter.coverage.exists() or letter.refusals.exists():
        open_again(letter.case, actor, now)


def take_back(entry: OutboxEntry, now: datetime) -> None:
    """Stop a letter inside its undo window; raises NotPossible once it is leaving or has left."""
    stopped = (
        OutboxEntry.objects.waiting()
        .filter(pk=entry.pk, not_before__gt=now, leased_by="", attempts=0)
        .update(cancelled_at=now)
    )
    if not stopped:
        raise NotPossible(
            "This letter is on its way already and cannot be taken back. Write another one to correct it."
        )
