"""What one person may grant on the spot, and who is nearest when it is more: role, kind of remedy, case, customer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amends.method.certificate import limits_with
from amends.method.policy import Limit, Policy


@dataclass(frozen=True, slots=True)
class Ask:
    """A sum somebody wants to grant: for which kind of remedy, in cents."""

    kind: str
    cents: int
    currency: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A sum granted, or on offer, before: the options of one offer share a source, for only one can be chosen."""

    source: str
    kind: str
    cents: int
    currency: str
    at: datetime
    in_case: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be asked, how many requests wait for them already, and whose certificates they showed."""

    name: str
    role: str
    open_requests: int = 0
    courses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Beyond:
    """Why a sum is not within somebody's authority: the limit it meets, what counts against it, and which bound."""

    ask: Ask
    limit_cents: int
    granted_cents: int
    per_customer: bool
    period_days: int


def for_holder(policy: Policy, role: str, courses: frozenset[str]) -> Policy:
    """The policy with the limits of this role as it has them who showed the certificates of these courses."""
    return replace(policy, limits=limits_with(policy.limits, policy.raises, role, courses))


def limit_for(policy: Policy, role: str, kind: str, currency: str) -> Limit | None:
    """The limit a role has for a kind of remedy: its own row, else the row for any kind; None: nothing may be granted.

    A row is a purse: a kind with a row of its own draws only on it, the other kinds share the row for any kind.
    """
    mine = {limit.kind: limit for limit in policy.limits if limit.role == role and limit.currency == currency}
    return mine.get(kind) or mine.get("")


def within(limit: Limit | None, granted_case: int, granted_customer: int, asked: int) -> bool:
    """Whether a further sum fits under a limit, counting what was granted before (N7); what costs nothing always fits.

    All in cents of the limit's currency: granted_case in this case, granted_customer in its period over all cases.
    """
    if asked == 0:
        return True
    if limit is None:
        return False
    return _fits(limit.per_case_cents, granted_case + asked) and _fits(
        limit.per_customer_cents, granted_customer + asked
    )


def drawn(policy: Policy, role: str, limit: Limit, grants: Iterable[Grant], now: datetime) -> tuple[int, int]:
    """What counts against this limit, in cents: in the case, and over all cases of the customer within the period.

    Of an offer its dearest option in this purse counts, because the customer may choose it. Sums in another currency
    do not count: nothing here converts money.
    """
    since = now - timedelta(days=limit.period_days)
    in_case: dict[str, int] = {}
    recent: dict[str, int] = {}
    for grant in grants:
        if grant.currency != limit.currency or limit_for(policy, role, grant.kind, grant.currency) != limit:
            continue
        if grant.in_case:
            in_case[grant.source] = max(in_case.get(grant.source, 0), grant.cents)
        if grant.at > since:
            recent[grant.source] = max(recent.get(grant.source, 0), grant.cents)
    return sum(in_case.values()), sum(recent.values())


def beyond(policy: Policy, role: str, asks: Iterable[Ask], grants: Sequence[Grant], now: datetime) -> Beyond | None:
    """The first of these sums that is above what the role may grant, or None when all are within its authority."""
    for ask in asks:
        limit = limit_for(policy, role, ask.kind, ask.currency)
        case, customer = drawn(policy, role, limit, grants, now) if limit else (0, 0)
        if within(limit, case, customer, ask.cents):
            continue
        if limit is None:
            return Beyond(ask, 0, 0, False, 0)
        if limit.per_case_cents is not None and not _fits(limit.per_case_cents, case + ask.cents):
            return Beyond(ask, limit.per_case_cents, case, False, limit.period_days)
        return Beyond(ask, limit.per_customer_cents or 0, customer, True, limit.period_days)
    return None


def nearest(
    people: Iterable[Person], policy: Policy, asks: Sequence[Ask], grants: Sequence[Grant], now: datetime
) -> Person | None:
    """Who to ask first: of those who may grant every sum, the smallest authority, fewest open requests, then by name.

    None when nobody may (S1.16: only somebody who has the solution is worth going to).
    """
    able = [person for person in people if beyond(_of(policy, person), person.role, asks, grants, now) is None]
    return min(able, key=_distance(policy, asks), default=None)


def _distance(policy: Policy, asks: Sequence[Ask]) -> Callable[[Person], tuple[float, int, str]]:
    def of(person: Person) -> tuple[float, int, str]:
        theirs = _of(policy, person)
        limits = (limit_for(theirs, person.role, ask.kind, ask.currency) for ask in asks)
        return max((_size(limit) for limit in limits), default=0), person.open_requests, person.name

    return of


def _of(policy: Policy, person: Person) -> Policy:
    return for_holder(policy, person.role, person.courses)


def _size(limit: Limit | None) -> float:
    if limit is None:
        return 0
    return float("inf") if limit.per_case_cents is None else limit.per_case_cents


def _fits(most: int | None, total: int) -> bool:
    return most is None or total <= most
