"""A delivery that did not work: the parcel came back, the transfer bounced; the issue waits for delivery again."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.closure import open_again
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.promise import Promise
from amends.team.models import User


class FailedDelivery(models.Model):
    """What was carried out did not arrive: how we know, and the delivery as it had been written down."""

    fulfilment = models.ForeignKey("amends.Fulfilment", on_delete=models.PROTECT, related_name="failures")
    words = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    proof = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(words=""), name="failure_has_words")]


def has_failed(fulfilment: Fulfilment) -> bool:
    """Whether this delivery did not work and was not carried out again since."""
    return FailedDelivery.objects.filter(fulfilment=fulfilment, at__gte=fulfilment.at).exists()


def delivery_failed(fulfilment: Fulfilment, words: str, *, by: User, now: datetime) -> FailedDelivery:
    """Write down that a delivery did not work, and how we know; what was agreed still has to be delivered.

    The promise behind it is not kept any more, nobody is asked whether it is right, and a closed case opens again.
    Raises Incomplete without words, AlreadyDone when it was said before.
    """
    if not words.strip():
        raise Incomplete("Say what happened: the parcel came back, the transfer bounced.", "words")
    with writing():
        done = Fulfilment.objects.get(pk=fulfilment.pk)
        if has_failed(done):
            raise AlreadyDone(f"Somebody wrote down before that “{done.title}” did not arrive. Deliver it again.")
        failed = FailedDelivery.objects.create(
            fulfilment=done,
            words=words.strip(),
            by=by,
            at=now,
            delivered_at=done.at,
            delivered_by=done.by,
            proof=done.proof,
        )
        case = Case.objects.select_related("customer").get(pk=done.case_id)
        record("delivery_failed", case.pk, by, now, fulfilment=done.pk, title=done.title)
        Promise.objects.filter(acceptance=done.acceptance_id).exclude(acceptance=None).update(kept_at=None)
        FollowUp.objects.filter(case=case, done_at=None, silent_at=None, letter=None).delete()
        open_again(case, by, now)
        stand(case, now)
    return failed
