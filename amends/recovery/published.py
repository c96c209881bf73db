"""What we promise to everybody, beside what really happened: the last ninety days, and the seven months before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min, Q
from django.utils.timezone import get_default_timezone, localdate

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
PERIODS = 7  # E75: Maersk Line put its promises and what became of them side by side, misses too
HOW = {
    "first_reply": "From the moment a complaint reached us to the first letter of a person that left; what a machine "
    "answers by itself is no answer.",
    "refund": "From the moment a customer chose their money back to the day we sent it.",
}


@dataclass(frozen=True, slots=True)
class Begun:
    """One wait and when it began."""

    at: datetime
    wait: Wait


@dataclass(frozen=True, slots=True)
class Month:
    """The waits that began in one whole month, held against a target."""

    first: date
    waits: Waits
    target: timedelta

    @property
    def met(self) -> bool | None:
        """Whether eight in ten were through in time; None when too few to tell."""
        return None if not self.waits.are_enough else self.waits.p80 is not None and self.waits.p80 <= self.target

    @property
    def kept_in_a_hundred(self) -> int | None:
        """How many of a hundred stayed within the target, rounded down; None when too few to tell."""
        return _in_a_hundred(self.waits)


@dataclass(frozen=True, slots=True)
class Record:
    """One published promise, the waits it is held against, and those of whole months, the newest first."""

    promise: Published
    waits: Waits
    months: tuple[Month, ...] = ()

    @property
    def target(self) -> timedelta:
        """How long it may take."""
        return timedelta(hours=self.promise.target_hours)

    @property
    def kept_in_a_hundred(self) -> int | None:
        """How many of a hundred waits stayed within the target, rounded down; None when too few to tell."""
        return _in_a_hundred(self.waits)

    @property
    def how(self) -> str:
        """How it is measured, in a sentence."""
        return HOW[self.promise.measure]

    @property
    def gap(self) -> timedelta | None:
        """How much longer than promised eight in ten waited; negative when sooner, None when too few to tell."""
        return None if self.waits.p80 is None else self.waits.p80 - self.target


def track_record(now: datetime) -> list[Record]:
    """Each promise of the policy in force with the true waits of the last ninety days and of seven whole months, around
    the clock."""
    months = _months(localdate(now))
    since = min(now - timedelta(days=DAYS_BACK), _midnight(months[-1]))
    return [
        _record(promise, MEASURES[promise.measure](since, now), months, now) for promise in policy.current().published
    ]


def _record(promise: Published, begun: list[Begun], months: list[date], now: datetime) -> Record:
    target = timedelta(hours=promise.target_hours)
    lately = [one.wait for one in begun if one.at > now - timedelta(days=DAYS_BACK)]
    by_month: dict[date, list[Wait]] = {month: [] for month in months}
    for one in begun:
        by_month.get(localdate(one.at).replace(day=1), []).append(one.wait)
    told = tuple(Month(month, waits_of(waits, target), target) for month, waits in by_month.items())
    return Record(promise, waits_of(lately, target), told)


def _months(today: date) -> list[date]:
    """The first days of the last whole months, the newest first."""
    running = today.year * 12 + today.month - 1
    return [date((running - back) // 12, (running - back) % 12 + 1, 1) for back in range(1, PERIODS + 1)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=get_default_timezone())


def _in_a_hundred(waits: Waits) -> int | None:
    return None if waits.within is None else int(waits.within * 100 + 1e-6)


def first_reply_waits(since: datetime, now: datetime) -> list[Begun]:
    """From each complaint to the first letter of a person that left; who still waits counts with the wait so far."""
    cases = Case.objects.filter(opened_at__gt=since, opened_at__lte=now)
    rows = cases.annotate(answered_at=Min("messages__outbox__sent_at", filter=ANSWERS))
    return _waits(rows.values_list("opened_at", "answered_at", "closure__at"), now)


def refund_waits(since: datetime, now: datetime) -> list[Begun]:
    """From each choice of a refund to its delivery; who still waits counts with the wait so far."""
    chosen = Acceptance.objects.filter(at__gt=since, at__lte=now, option__remedy__kind=MONEY_BACK)
    return _waits(chosen.values_list("at", "fulfilment__at", "promise__release__at"), now)


def _waits(rows: Iterable[tuple[datetime, datetime | None, datetime | None]], now: datetime) -> list[Begun]:
    """The span of each row; one that ended without what was waited for (closed, let go) is no wait."""
    return [
        Begun(start, Wait((until or now) - start, over=until is not None))
        for start, until, ended in rows
        if until is not None or ended is None
    ]


MEASURES: dict[str, Callable[[datetime, datetime], list[Begun]]] = {
    "first_reply": first_reply_waits,
    "refund": refund_waits,
}
