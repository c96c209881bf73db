"""Who has a case now, and cases put aside until a day."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.conflict import subjects_of
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.second_stage import check_second_stage
from amends.cases.standing import stand
from amends.team.models import User
from amends.team.permissions import Right


class Assignment(models.Model):
    """The case is somebody's: whose, given by whom, since when."""

    case = models.OneToOneField("amends.Case", on_delete=models.PROTECT, related_name="assignment")
    to = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="assignments")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Snooze(models.Model):
    """The case rests until a moment, with a reason."""

    case = models.OneToOneField("amends.Case", on_delete=models.PROTECT, related_name="snooze")
    until = models.DateTimeField()
    reason = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["until"], name="snooze_until")]


def assign(case: Case, *, to: User, by: User, now: datetime) -> None:
    """Give the case to somebody who can see it; raises NotPossible when they cannot work on it."""
    if not to.can(Right.WORK_CASES) or not Case.objects.visible_to(to).filter(pk=case.pk).exists():
        raise NotPossible(f"{to.name} cannot work on this case. Choose somebody of the {case.team.name} team.")
    if to.pk in subjects_of(case):
        raise NotPossible(f"This complaint is about {to.name}. Choose somebody else.")
    with writing():
        hand_over(case, to=to, by=by, now=now)
        stand(case, now)


def hand_over(case: Case, *, to: User, by: User, now: datetime) -> None:
    """Inside a change: the case is this person's now; raises SameReviewer at a second stage not for them."""
    check_second_stage(case, to)
    Assignment.objects.update_or_create(case=case, defaults={"to": to, "by": by, "at": now})
    record("assigned", case.pk, by, now, to=to.pk)


def take(case: Case, *, by: User, now: datetime) -> None:
    """The case becomes the first answerer's and stays theirs; raises SameReviewer at a second stage not for them."""
    check_second_stage(case, by)
    Assignment.objects.bulk_create([Assignment(case_id=case.pk, to=by, by=by, at=now)], ignore_conflicts=True)


def unassign(case: Case, *, by: User, now: datetime) -> None:
    """Put the case back into the team's queue, without a reason asked (F21)."""
    with writing():
        deleted, _ = Assignment.objects.filter(case=case).delete()
        if deleted:
            record("unassigned", case.pk, by, now)
            stand(case, now)


def snooze(case: Case, *, until: datetime, reason: str, by: User, now: datetime) -> None:
    """Put the case aside until a moment in the future, with a reason."""
    if until <= now:
        raise Incomplete("Choose a time in the future.", "until")
    if not reason.strip():
        raise Incomplete("Say what we are waiting for.", "reason")
    with writing():
        Snooze.objects.update_or_create(
            case=case, defaults={"until": until, "reason": reason.strip(), "by": by, "at": now}
        )
        record("snoozed", case.pk, by, now, until=until.isoformat())
        stand(case, now)


def wake(case: Case, now: datetime) -> None:
    """End a case's rest."""
    with writing():
        Snooze.objects.filter(case=case).delete()
        stand(case, now)
