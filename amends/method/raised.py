"""Whose limits a new policy would raise: nobody raises their own, and only who stands above changes another's."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import chain, combinations

from amends.method.certificate import COURSES, limits_with
from amends.method.policy import Limit, Policy

# Nobody on the desk stands above an admin: their limit is raised by whoever runs the machine, at its terminal ([J]).
MAY_RAISE: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"agent"}),
    "admin": frozenset({"agent", "lead", "quality"}),
}


def raised(before: Policy, after: Policy) -> frozenset[str]:
    """The roles that could grant more of anything under `after` than under `before`."""
    roles = {limit.role for limit in (*before.limits, *after.limits)}
    return frozenset(role for role in roles if any(_grants_more(role, *pair) for pair in _pairs(role, before, after)))


def not_theirs(role: str, before: Policy, after: Policy) -> frozenset[str]:
    """The roles whose limits somebody of this role may not change so: their own upwards, those above them at all."""
    below = MAY_RAISE.get(role, frozenset())
    return (raised(before, after) - below) | (raised(after, before) - below - {role})


def _pairs(role: str, before: Policy, after: Policy) -> list[tuple[Policy, Policy]]:
    """Both policies as they are for whoever has no certificate, and for whoever has these or those.

    Where certificates last longer than before, or ask for less, somebody may have one who had none.
    """
    easier = after.certificate_days > before.certificate_days or _asks_less(before, after)
    held = chain.from_iterable(combinations(COURSES, count) for count in range(len(COURSES) + 1))
    return [(_with(before, role, () if easier else courses), _with(after, role, courses)) for courses in held]


def _asks_less(before: Policy, after: Policy) -> bool:
    return after.immersion_rounds < before.immersion_rounds or after.immersion_people < before.immersion_people


def _with(policy: Policy, role: str, courses: Collection[str]) -> Policy:
    return replace(policy, limits=limits_with(policy.limits, policy.raises, role, courses))


def _grants_more(role: str, before: Policy, after: Policy) -> bool:
    mine = [limit for limit in (*before.limits, *after.limits) if limit.role == role]
    kinds, currencies = {"", *(limit.kind for limit in mine)}, {limit.currency for limit in mine}
    pairs = [(kind, currency) for kind in kinds for currency in currencies]
    return any(_more(_of(before, role, *pair), _of(after, role, *pair)) for pair in pairs)


def _of(policy: Policy, role: str, kind: str, currency: str) -> Limit | None:
    mine = {limit.kind: limit for limit in policy.limits if (limit.role, limit.currency) == (role, currency)}
    return mine.get(kind) or mine.get("")


def _more(before: Limit | None, after: Limit | None) -> bool:
    if after is None or after.per_case_cents == 0 or after.per_customer_cents == 0:
        return False
    if before is None:
        return True
    sums = [(before.per_case_cents, after.per_case_cents), (before.per_customer_cents, after.per_customer_cents)]
    return any(_above(now, then) for then, now in sums) or _comes_sooner(before, after) or _new_purse(before, after)


def _above(now: int | None, then: int | None) -> bool:
    return then is not None and (now is None or now > then)


def _comes_sooner(before: Limit, after: Limit) -> bool:
    """The same sum for a customer, but again after fewer days."""
    return before.per_customer_cents is not None and after.period_days < before.period_days


def _new_purse(before: Limit, after: Limit) -> bool:
    """A kind that shared the row for any kind and now has one of its own: its sums come on top."""
    return before.kind == "" and after.kind != ""
