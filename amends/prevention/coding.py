"""Two people name the cause of the same issue, the second without knowing what the first said."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, NotAllowed, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.prevention.models import Cause
from amends.prevention.verbs import check_in_use
from amends.team.models import User

ONE_IN = 5  # [J]: in a hundred linked issues twenty are named twice, enough for an interval within a quarter
LOOKS_BACK = timedelta(weeks=12)  # [J]: what the causes meant long ago says little of what they mean


class SecondCoding(models.Model):
    """What a second person named as the cause, None for none of them; `first` is what the first had said by then."""

    issue = models.OneToOneField("amends.Issue", on_delete=models.PROTECT, related_name="second_coding")
    first = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="+")
    first_by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    cause = models.ForeignKey(Cause, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(by=models.F("first_by")), name="coded_again_by_another")
        ]


def is_drawn(issue: int) -> bool:
    """Whether an issue belongs to those whose cause a second person names: one in five, by its number and not by
    anybody's choice."""
    return int.from_bytes(sha256(f"second coding {issue}".encode()).digest()[:8]) % ONE_IN == 0


def waiting_for(person: User, now: datetime) -> list[int]:
    """The issues whose cause this person may name blind, by number, those linked first at the front.

    Left out is what they linked themselves or handled, what they may not see, and what its customer had erased.
    """
    rows = _open_to(person).filter(attribution__at__gte=now - LOOKS_BACK, second_coding=None)
    numbers = rows.order_by("attribution__at", "pk").values_list("pk", flat=True)
    return [one for one in numbers if is_drawn(one)]


def code_again(issue: Issue, cause: Cause | None, *, by: User, now: datetime) -> SecondCoding:
    """Write down the cause a second person names, None where none of them fits; what is linked stays as it is.

    Raises NotAllowed for the first coder, NotPossible for an issue that was not drawn, AlreadyDone the second time.
    """
    with writing():
        first = getattr(Issue.objects.select_related("attribution").get(pk=issue.pk), "attribution", None)
        if first is None or not is_drawn(issue.pk):
            raise NotPossible("This issue is none of those whose cause is named twice. The page shows which are.")
        if first.by_id == by.pk:
            raise NotAllowed("You named this cause first. Somebody else names it the second time.")
        if SecondCoding.objects.filter(issue=issue).exists():
            raise AlreadyDone("Somebody named this cause a second time before you.")
        if cause:
            check_in_use(cause)
        made = SecondCoding.objects.create(
            issue=issue, first=first.cause, first_by=first.by, cause=cause, by=by, at=now
        )
        record("cause_coded_again", issue.case_id, by, now, issue=issue.pk)
    return made


def _open_to(person: User) -> "QuerySet[Issue]":
    seen = Case.objects.visible_to(person).filter(customer__erasure=None).exclude(subjects__person=person)
    rows = Issue.objects.filter(case__in=seen, withdrawal=None, merger=None, attribution__isnull=False)
    return rows.exclude(attribution__by=person).exclude(hearing__by=person).exclude(words="")
