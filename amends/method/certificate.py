"""What a certificate of practice may add to a limit: a rule of the policy, read beside the limits of the roles."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from amends.method.checked import PolicyRefused, Reader, any_text, currency, one_of, rows, sum_or_none, table_of, whole

# The courses there are, and what their certificates are called.
COURSES: Mapping[str, str] = {
    "newcomers": "The method",
    "agents": "Everyday work",
    "leads": "Leading",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The most one role may grant of one kind of remedy ("": any), in cents; None is no limit."""

    role: str
    kind: str
    per_case_cents: int | None
    per_customer_cents: int | None
    period_days: int
    currency: str


@dataclass(frozen=True, slots=True)
class Raise:
    """What whoever showed the certificate of a course may grant of one kind of remedy ("": any), in cents."""

    course: str
    kind: str
    per_case_cents: int | None
    per_customer_cents: int | None
    period_days: int
    currency: str


def limits_with(
    limits: tuple[Limit, ...], raises: Iterable[Raise], role: str, courses: Collection[str]
) -> tuple[Limit, ...]:
    """The limits, with those of this role raised by the certificates of these courses; never one of them lowered.

    A certificate adds to a limit the role has: where the role may grant nothing, it adds nothing. Of two sums the
    larger counts, of two periods the shorter.
    """
    found = {(limit.role, limit.kind, limit.currency): limit for limit in limits}
    for one in sorted(raises, key=lambda row: row.kind):
        before = found.get((role, one.kind, one.currency)) or found.get((role, "", one.currency))
        if before is not None and one.course in courses:
            found[role, one.kind, one.currency] = _more(before, one)
    return tuple(found.values())


def _more(limit: Limit, by: Raise) -> Limit:
    return Limit(
        role=limit.role,
        kind=by.kind,
        per_case_cents=_larger(limit.per_case_cents, by.per_case_cents),
        per_customer_cents=_larger(limit.per_customer_cents, by.per_customer_cents),
        period_days=min(limit.period_days, by.period_days),
        currency=limit.currency,
    )


def _larger(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def read_raises(key: str, value: Any) -> tuple[Raise, ...]:
    """The rows of policy data; raises PolicyRefused for one that cannot be followed or stands there twice."""
    found = rows(table_of(Raise, {"course": one_of(*COURSES), **SUMS}))(key, value)
    subjects = [(one.course, one.kind, one.currency) for one in found]
    twice = next((subject for subject in subjects if subjects.count(subject) > 1), None)
    if twice is not None:
        course, kind, sort = twice
        raise PolicyRefused(key, f"names {COURSES[course]}, {kind or 'any kind'}, {sort} twice. Keep one of the rows.")
    return found


# What a row of limits and a row of raises both say.
SUMS: Mapping[str, Reader[Any]] = {
    "kind": any_text,
    "per_case_cents": sum_or_none,
    "per_customer_cents": sum_or_none,
    "period_days": whole(1, 3660),
    "currency": currency,
}
