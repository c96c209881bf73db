"""Who a policy would let grant more: found for every kind and currency, or nobody could grant more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.policy import Limit, parse, preset
from amends.method.raised import MAY_RAISE, raised

STANDARD = parse(preset("standard"))
AGENT = Limit("agent", "", 100, 300, 30, "EUR")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
SUMS = st.none() | st.integers(0, 6)
LIMITS = st.lists(
    st.builds(
        Limit,
        role=st.just("agent"),
        kind=st.sampled_from(["", "refund"]),
        per_case_cents=SUMS,
        per_customer_cents=SUMS,
        period_days=st.integers(1, 3),
        currency=st.just("EUR"),
    ),
    unique_by=lambda limit: limit.kind,
    max_size=2,
).map(tuple)


def of(*limits):
    return replace(STANDARD, limits=limits)


@pytest.mark.parametrize(
    "after",
    [
        (replace(AGENT, per_case_cents=101),),
        (replace(AGENT, per_case_cents=None),),
        (replace(AGENT, per_customer_cents=None),),
        (replace(AGENT, period_days=29),),
        (AGENT, replace(AGENT, kind="refund")),
        (AGENT, replace(AGENT, currency="USD")),
    ],
)
def test_each_way_of_granting_more_is_a_raise(after):
    assert raised(of(AGENT), of(*after)) == {"agent"}


@pytest.mark.parametrize(
    "after",
    [
        (),
        (AGENT,),
        (replace(AGENT, per_case_cents=99),),
        (replace(AGENT, period_days=31),),
        (replace(AGENT, role="lead", per_case_cents=0), AGENT),
    ],
)
def test_the_same_or_less_is_none(after):
    assert raised(of(AGENT), of(*after)) == set()


def test_a_row_taken_away_can_raise_through_the_row_for_any_kind():
    small = replace(AGENT, kind="refund", per_case_cents=10)
    assert raised(of(AGENT, small), of(AGENT)) == {"agent"}


def purse(limits, kind):
    mine = {limit.kind: limit for limit in limits}
    return mine.get(kind) or mine.get("")


def granted(limits, wishes):
    """Which of these (days later, kind, cents) an agent could grant one customer in one case, as a ledger would."""
    done = []
    for day, kind, cents in wishes:
        limit = purse(limits, kind)
        if limit is None:
            continue
        mine = [(at, sum_) for at, other, sum_ in done if purse(limits, other) == limit]
        since = NOW + timedelta(days=day - limit.period_days)
        recent = sum(sum_ for at, sum_ in mine if at > since)
        if limit.per_case_cents is not None and sum(sum_ for _, sum_ in mine) + cents > limit.per_case_cents:
            continue
        if limit.per_customer_cents is not None and recent + cents > limit.per_customer_cents:
            continue
        done.append((NOW + timedelta(days=day), kind, cents))
    return done


@given(
    LIMITS,
    LIMITS,
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["refund", "credit"]), st.integers(1, 3)), max_size=5),
)
def test_without_a_raise_nothing_more_can_be_granted(before, after, wishes):
    """Whatever was granted under `after`, all of it could have been granted under `before`."""
    if raised(of(*before), of(*after)):
        return
    given_ = [((at - NOW).days, kind, cents) for at, kind, cents in granted(after, sorted(wishes))]
    assert len(granted(before, given_)) == len(given_)


def test_nobody_may_raise_their_own():
    assert all(role not in others for role, others in MAY_RAISE.items())
