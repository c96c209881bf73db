"""What we promise to everybody, beside what really happened: the waits of the last ninety days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q

from amends.cases.case import Case
from amends.method.policy import Published
from amends.method.waits import DAYS_BACK, Wait, Waits, waits_of
from amends.recovery.offer import Acceptance
from amends.team import policy

ANSWERS = Q(
    messages__outgoing=True,
    messages__automatic="",
    messages__outbox__cancelled_at=None,
    messages__outbox__failed_at=None,
)
MONEY_BACK = "refund"


@dataclass(frozen=True, slots=True)
class Record:
    """One published promise and the waits it is held against."""

    promise: Published
    waits: Waits

    @property
    def target(self) -> timedelta:
        """How long it may take."""
        return timedelta(hours=self.promise.target_hours)

    @property
    def kept_in_a_hundred(self) -> int | None:
        """How many of a hundred waits stayed within the target, rounded down; None when too few to tell."""
        return None if self.waits.within is None else int(self.waits.within * 100 + 1e-6)

    @property
    def gap(self) -> timedelta | None:
        """How much longer than promised eight in ten waited; negative when sooner, None when too few to tell."""
        return None if self.waits.p80 is None else self.waits.p80 - self.target


def track_record(now: datetime) -> list[Record]:
    """Each promise of the policy in force with the true waits of the last ninety days, around the clock."""
    since = now - timedelta(days=DAYS_BACK)
    return [
        Record(promise, waits_of(MEASURES[promise.measure](since, now), timedelta(hours=promise.target_hours)))
        for promise in policy.current().published
    ]


def first_reply_waits(since: datetime, now: datetime) -> list[Wait]:
    """From each complaint to the first letter of a person that left; who still waits counts with the wait so far."""
    cases = Case.objects.filter(opened_at__gt=since, opened_at__lte=now)
    rows = cases.annotate(answered_at=Min("messages__outbox__sent_at", filter=ANSWERS))
    return _waits(rows.values_list("opened_at", "answered_at", "closure__at"), now)


def refund_waits(since: datetime, now: datetime) -> list[Wait]:
    """From each choice of a refund to its delivery; who still waits counts with the wait so far."""
    chosen = Acceptance.objects.filter(at__gt=since, at__lte=now, option__remedy__kind=MONEY_BACK)
    return _waits(chosen.values_list("at", "fulfilment__at", "promise__release__at"), now)


def _waits(rows: Iterable[tuple[datetime, datetime | None, datetime | None]], now: datetime) -> list[Wait]:
    """The span of each row; one that ended without what was waited for (closed, let go) is no wait."""
    return [
        Wait((until or now) - start, over=until is not None)
        for start, until, ended in rows
        if until is not None or ended is None
    ]


MEASURES: dict[str, Callable[[datetime, datetime], list[Wait]]] = {
    "first_reply": first_reply_waits,
    "refund": refund_waits,
}
