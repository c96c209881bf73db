"""Erasing by rule: whose every case has been closed for longer than the policy's period, once an admin confirmed it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet
from django.utils.timezone import localtime

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import SYSTEM, record, writing
from amends.customers.models import Customer
from amends.errors import AmendsError
from amends.privacy.erase import erase_by_rule
from amends.privacy.models import LegalHold
from amends.privacy.retention import RetentionConfirmed, RetentionNight
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current

NIGHT = 2  # the hour, in the zone of the desk, from which on a night's work begins
MOST_A_NIGHT = 50  # our judgement: each looks through every mail without a case
SHOWN = 50
_HELD = Exists(LegalHold.objects.filter(customer=OuterRef("pk"), lifted_at=None))


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom the period would erase now: how many, the first of them, and how many a legal hold keeps."""

    days: int
    count: int
    first: tuple[Customer, ...]
    held: int
    rule: RetentionConfirmed | None


def preview(now: datetime) -> Preview:
    """What the period of the policy would erase at this moment; nothing is done."""
    days = current().keep_days
    going, past = _going(days, now), _past(days, now)
    first = tuple(going.prefetch_related("addresses")[:SHOWN])
    return Preview(days, going.count(), first, past.filter(_HELD).count(), working_rule())


def confirm_retention(days: int, counted: int, *, by: User, now: datetime) -> RetentionConfirmed:
    """Let the policy's period erase every night from now on, as its preview showed: `days` and `counted` are its words.

    Raises NotAllowed for anybody but an admin, NotPossible when the policy has another period meanwhile, Incomplete
    when the preview shows another number by now, AlreadyDone when it works already.
    """
    if not by.can(Right.CONFIRM_RETENTION):
        raise NotAllowed(f"Your role cannot do this: {Right.CONFIRM_RETENTION.value}. Ask an administrator.")
    with writing():
        if current().keep_days != days:
            raise NotPossible(
                f"The policy says {current().keep_days} days by now. Look at what that would erase first."
            )
        if working_rule() is not None:
            raise AlreadyDone("This period was confirmed before.")
        found = _going(days, now).count()
        if found != counted:
            raise Incomplete(f"It is {found} by now and no more {counted}. Look once more, then confirm.")
        made = RetentionConfirmed.objects.create(days=days, counted=counted, by=by, at=now)
        record("retention_confirmed", None, by, now, rule=made.pk, days=days, count=counted)
    return made


def working_rule() -> RetentionConfirmed | None:
    """The confirmation of the period that is in force; None while nothing is erased by itself."""
    last = RetentionConfirmed.objects.select_related("by").last()
    return last if last is not None and last.days == current().keep_days else None


def erase_those_due(now: datetime) -> int:
    """The night's work, once a night: erase those the rule is about, and write down how many; returns how many went.

    Whom something stands in the way of, a letter that has not left, say, is tried again the next night.
    """
    night, rule = localtime(now), working_rule()
    if rule is None or night.hour < NIGHT or RetentionNight.objects.filter(day=night.date()).exists():
        return 0
    erased, hindered = _erase_some(list(_going(rule.days, now).values_list("pk", flat=True)), rule, now)
    with writing():
        RetentionNight.objects.create(day=night.date(), at=now, rule=rule, erased=erased, hindered=hindered)
        record("retention_swept", None, SYSTEM, now, rule=rule.pk, count=erased, hindered=hindered)
    return erased


def _erase_some(due: list[int], rule: RetentionConfirmed, now: datetime) -> tuple[int, int]:
    """How many of these customers were erased, at most a night's work, and how many something stood in the way of."""
    erased = hindered = 0
    for customer in due:
        if erased == MOST_A_NIGHT:
            break
        went = _erased(Customer.objects.get(pk=customer), rule, now)
        erased, hindered = erased + went, hindered + (not went)
    return erased, hindered


def _erased(customer: Customer, rule: RetentionConfirmed, now: datetime) -> bool:
    try:
        erase_by_rule(customer, rule, now)
    except AmendsError:
        return False  # it is counted as hindered, and shows on the page
    return True


def _past(days: int, now: datetime) -> "QuerySet[Customer]":
    """Those not erased whose every case has been closed since before the period; whoever has no case is not meant."""
    cases = Count("cases", distinct=True)
    counted = Customer.objects.filter(erasure=None).annotate(
        all_cases=cases, closed_cases=Count("cases__closure", distinct=True), last_closed=Max("cases__closure__at")
    )
    return counted.filter(
        all_cases__gt=0, all_cases=F("closed_cases"), last_closed__lte=now - timedelta(days=days)
    ).order_by("last_closed", "pk")


def _going(days: int, now: datetime) -> "QuerySet[Customer]":
    return _past(days, now).exclude(_HELD)
