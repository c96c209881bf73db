"""What stands at the border: the channels, the raw mail as it came, and the signs of life of our processes."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

LEASE = timedelta(seconds=30)
TRIES = 3
IMPORTED = "import"
PAGE = "page"


class Channel(models.Model):
    """One way in and out, with the address it answers to and the team behind it."""

    kind = models.CharField(max_length=16, default="email")
    address = models.CharField(max_length=320, unique=True)
    name = models.CharField(max_length=120)
    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="channels")

    def __str__(self) -> str:
        return self.address


class RawMailQuerySet(models.QuerySet["RawMail"]):
    """Which raw mails are where."""

    def waiting(self) -> "RawMailQuerySet":
        """Not yet read, and not given up."""
        return self.filter(read_at=None, set_aside_at=None)

    def set_aside(self) -> "RawMailQuerySet":
        """Kept raw because they could not become part of a case, newest first."""
        return self.exclude(set_aside_at=None).order_by("-set_aside_at", "-pk")

    def due(self, now: datetime) -> "RawMailQuerySet":
        """Waiting and held by nobody, oldest first."""
        return self.waiting().filter(Q(leased_until=None) | Q(leased_until__lt=now)).order_by("pk")


class RawMail(models.Model):
    """One mail exactly as it arrived, stored before the sender was told “accepted”; never changed."""

    received_at = models.DateTimeField()
    mail_from = models.CharField(max_length=320, null=True)  # noqa: DJ001 - "" is the null sender
    recipients = models.JSONField()
    peer = models.CharField(max_length=64, default="")
    size = models.PositiveIntegerField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=16, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    reason = models.TextField(default="")
    body = models.BinaryField()

    objects = RawMailQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="rawmail_waiting", condition=Q(read_at=None, set_aside_at=None)),
            models.Index(fields=["set_aside_at"], name="rawmail_aside", condition=~Q(set_aside_at=None)),
        ]

    def set_aside(self, reason: str, now: datetime) -> None:
        """Put this mail on the “could not read” pile with a reason; the raw mail stays."""
        self.set_aside_at, self.reason, self.leased_until = now, reason, None
        self.save(update_fields=["set_aside_at", "reason", "leased_until"])


def claim_raw(now: datetime, most: int) -> list[RawMail]:
    """Up to `most` waiting mails, leased to the caller; another worker gets other ones.

    A mail whose reader died is tried again alone, so that it cannot take others with it.
    """
    due = list(RawMail.objects.due(now).values_list("pk", "tries")[:most])
    if not due:
        return []
    tried_before = [pk for pk, tries in due if tries]
    wanted = tried_before[:1] or [pk for pk, _ in due]
    holder = secrets.token_hex(8)
    RawMail.objects.due(now).filter(pk__in=wanted).order_by().update(
        leased_until=now + LEASE, leased_by=holder, tries=models.F("tries") + 1
    )
    return list(RawMail.objects.filter(pk__in=wanted, leased_by=holder).order_by("pk"))


class Heartbeat(models.Model):
    """The last sign of life of one of our processes."""

    name = models.CharField(max_length=16, primary_key=True)
    at = models.DateTimeField()


def beat(name: str, now: datetime) -> None:
    """Say that the process of this name is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def alive(name: str, now: datetime) -> bool:
    """Whether the process of this name gave a sign of life in the last half minute."""
    return Heartbeat.objects.filter(name=name, at__gt=now - timedelta(seconds=30)).exists()
