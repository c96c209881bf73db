"""Reading approvals: what waits for whom, how long answers take, and which limits are always lifted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from statistics import median

from amends.cases.case import Case
from amends.recovery.approval import ApprovalRequest, ApprovalRequestQuerySet
from amends.recovery.authority import approval_stands
from amends.recovery.remedy import Remedy
from amends.team.models import User

ENOUGH = 10


def waiting_for(user: User) -> ApprovalRequestQuerySet:
    """The requests this person could decide: waiting, of others, in cases they see and are not part of."""
    rows = requests().waiting().filter(case__in=Case.objects.visible_to(user)).exclude(requester=user)
    return rows.exclude(case__subjects__person=user).order_by("asked_at", "pk")


def asked_by(user: User) -> ApprovalRequestQuerySet:
    """What this person asked for, the newest first."""
    return requests().filter(requester=user).order_by("-asked_at", "-pk")


def requests() -> ApprovalRequestQuerySet:
    """All requests with what a page shows of them."""
    return ApprovalRequest.objects.select_related(
        "case__customer",
        "case__team",
        "case__channel",
        "requester",
        "to",
        "decision__by",
        "decision__offer",
        "withdrawal",
    )


def to_send(case: Case, user: User, now: datetime) -> list[ApprovalRequest]:
    """What was approved for this person in this case, and has neither been sent nor lapsed."""
    rows = asked_by(user).filter(case=case, decision__granted=True, decision__offer=None)
    return list(rows.filter(decision__at__gt=now - approval_stands()))


@dataclass(frozen=True, slots=True)
class Wait:
    """How long it took from asking to an authorised offer on its way: the middle one, and of how many."""

    middle: timedelta
    count: int


def time_to_authorised_offer(now: datetime, days: int = 30) -> Wait | None:
    """The median time from asking to the offer that left, over requests of the last days; None without any."""
    rows = ApprovalRequest.objects.filter(asked_at__gt=now - timedelta(days=days), decision__offer__isnull=False)
    waits = [(made - asked).total_seconds() for asked, made in rows.values_list("asked_at", "decision__offer__made_at")]
    return Wait(timedelta(seconds=median(waits)), len(waits)) if waits else None


@dataclass(frozen=True, slots=True)
class LimitHint:
    """A limit that was lifted every time: of which role, for which kind of remedy, how often in a row."""

    role: str
    kind: str
    count: int


def limit_hints(now: datetime, days: int = 365) -> list[LimitHint]:
    """The roles and kinds whose last requests, ten or more, were all granted as asked; people are not looked at."""
    rows = ApprovalRequest.objects.filter(decision__isnull=False, asked_at__gt=now - timedelta(days=days))
    kinds = dict(Remedy.objects.values_list("key", "kind"))
    answers: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for request in rows.select_related("requester", "decision").order_by("-asked_at", "-pk"):
        for kind in {kinds.get(row["remedy"], "") for row in request.draft["options"]}:
            answers[request.requester.role, kind].append(request.decision.granted)
    return [
        LimitHint(role, kind, count)
        for (role, kind), given in sorted(answers.items())
        if (count := len(list(takewhile(bool, given)))) >= ENOUGH
    ]
