"""Telling whoever is on call, at once, that somebody may be in danger: by mail, tried until it leaves."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from amends.cases.case import Case
from amends.cases.ledger import SYSTEM, record
from amends.channels.email.send import SendError, send
from amends.channels.envelope import Mailbox, Outgoing
from amends.team.shift import Duty, Shift

AGAIN = timedelta(minutes=1)
TRIED_FOR = timedelta(hours=12)


class CallOut(models.Model):
    """Somebody on call is to hear of a case: who, by which address, since when, and when that letter left.

    It is tried every minute for twelve hours ([J]); `next_at` is the next try, None once it left or is given up.
    """

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="called_out")
    message = models.ForeignKey("amends.Message", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    reach = models.EmailField()
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "person"], name="called_out_once_a_message")
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="call_out_waiting", condition=models.Q(next_at__isnull=False))
        ]


def call_out(case: Case, message: int, now: datetime) -> None:
    """Inside a change: let everybody on call for the case's team be told; nobody on call, nothing is promised."""
    on_call = Shift.objects.filter(team=case.team_id, duty=Duty.CALL, begins_at__lte=now, ends_at__gt=now)
    for shift in on_call.filter(person__is_active=True):
        CallOut.objects.create(
            case=case, message_id=message, person_id=shift.person_id, reach=shift.reach, at=now, next_at=now
        )
        record("called_out", case.pk, SYSTEM, now, to=shift.person_id)


def send_call_outs(now: datetime) -> int:
    """Hand every call that is due to its channel; returns how many were tried. Who moves its next try first has it."""
    tried = 0
    for row in CallOut.objects.filter(next_at__lte=now).select_related("case__channel", "case__team", "person"):
        again = now + AGAIN if now - row.at < TRIED_FOR else None
        if CallOut.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=again):
            tried += 1
            _send(row, now)
    return tried


def _send(row: CallOut, now: datetime) -> None:
    try:
        send(_letter(row))
    except SendError as error:
        if error.permanent:
            CallOut.objects.filter(pk=row.pk).update(next_at=None)
        return
    CallOut.objects.filter(pk=row.pk).update(next_at=None, sent_at=now)


def _letter(row: CallOut) -> Outgoing:
    """The call: which case, and nothing of what the customer wrote."""
    channel, number = row.case.channel, row.case_id
    return Outgoing(
        message_id=f"{secrets.token_hex(16)}@{channel.address.partition('@')[2]}",
        sender=Mailbox(channel.address, channel.name),
        recipient=Mailbox(row.reach, row.person.name),
        reply_to=channel.address,
        subject=f"On call: somebody may be in danger, complaint {number}",
        text=(
            f"Somebody may be in danger or hurt: Amends read so in complaint {number}.\n"
            f"You are on call for the {row.case.team.name} team. Please look at it now:\n"
            f"{settings.AMENDS_URL}/cases/{number}/\n"
        ),
        automatic=True,
    )
