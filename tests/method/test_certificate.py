"""What certificates add: never less for anybody, nothing where there is no limit, nothing for what is not held."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.authority import beyond, for_holder, limit_for
from amends.method.certificate import COURSES, Raise, limits_with
from amends.method.policy import ROLES, Limit, PolicyRefused, parse, preset, to_data
from amends.method.raised import not_theirs, raised
from tests.method.test_authority import ASKS, CENTS, GRANTS, KINDS, MATRICES, NOW, STANDARD, SUMS

AGENT = Limit("agent", "", 10000, 30000, 365, "EUR")
LEAD = Limit("lead", "", 50000, 150000, 365, "EUR")
MORE = Raise("agents", "", 15000, 45000, 365, "EUR")
HELD = st.frozensets(st.sampled_from(list(COURSES)))
RAISES = st.lists(
    st.builds(
        Raise,
        course=st.sampled_from(list(COURSES)),
        kind=st.sampled_from(["", *KINDS]),
        per_case_cents=SUMS,
        per_customer_cents=SUMS,
        period_days=st.sampled_from([1, 30, 365]),
        currency=st.sampled_from(["EUR", "USD"]),
    ),
    unique_by=lambda row: (row.course, row.kind, row.currency),
    max_size=8,
).map(tuple)


def of(*limits, raises=(), **changes):
    return replace(STANDARD, limits=limits, raises=tuple(raises), **changes)


@given(MATRICES, RAISES, st.sampled_from(ROLES), HELD, HELD, st.lists(ASKS, max_size=3), GRANTS)
def test_a_certificate_more_never_takes_anything_away(policy, raises, role, held, more, asks, grants):
    policy = replace(policy, raises=raises)
    few, many = for_holder(policy, role, held), for_holder(policy, role, held | more)
    if beyond(few, role, asks, grants, NOW) is None:
        assert beyond(many, role, asks, grants, NOW) is None


@given(MATRICES, RAISES, st.sampled_from(ROLES), HELD)
def test_only_the_holder_of_what_is_named_gets_more(policy, raises, role, held):
    others = tuple(one for one in raises if one.course not in held)
    assert set(limits_with(policy.limits, others, role, held)) == set(policy.limits)
    got = limits_with(policy.limits, raises, role, held)
    assert {one for one in got if one.role != role} == {one for one in policy.limits if one.role != role}


@given(MATRICES, RAISES, st.sampled_from(ROLES), HELD)
def test_a_role_that_may_grant_nothing_gets_nothing(policy, raises, role, held):
    others = tuple(limit for limit in policy.limits if limit.role != role)
    assert limits_with(others, raises, role, held) == others


@given(CENTS, CENTS)
def test_the_larger_sum_counts(base, by):
    policy = of(replace(AGENT, per_case_cents=base), raises=[replace(MORE, per_case_cents=by)])
    got = limit_for(for_holder(policy, "agent", frozenset({"agents"})), "agent", "refund", "EUR")
    assert got.per_case_cents == max(base, by)


def test_the_rule_in_figures():
    policy = of(AGENT, LEAD, raises=[MORE])
    with_it, without = frozenset({"agents"}), frozenset({"newcomers"})
    assert limit_for(for_holder(policy, "agent", with_it), "agent", "refund", "EUR").per_case_cents == 15000
    assert limit_for(for_holder(policy, "agent", without), "agent", "refund", "EUR") == AGENT
    assert limit_for(for_holder(policy, "lead", with_it), "lead", "refund", "EUR") == LEAD
    assert limit_for(for_holder(policy, "quality", with_it), "quality", "refund", "EUR") is None


def test_a_lead_raises_agents_by_a_certificate_and_never_themselves():
    before, small, large = of(AGENT, LEAD), MORE, replace(MORE, per_case_cents=50001)
    assert raised(before, of(AGENT, LEAD, raises=[small])) == {"agent"}
    assert not_theirs("lead", before, of(AGENT, LEAD, raises=[small])) == set()
    assert not_theirs("lead", before, of(AGENT, LEAD, raises=[large])) == {"lead"}
    assert not_theirs("agent", before, of(AGENT, LEAD, raises=[small])) == {"agent"}


@pytest.mark.parametrize("easier", [{"certificate_days": 400}, {"immersion_rounds": 1}, {"immersion_people": 1}])
def test_asking_less_of_a_certificate_is_a_raise_where_it_adds_something(easier):
    strict = {"certificate_days": 365, "immersion_rounds": 6, "immersion_people": 4}
    before = of(AGENT, LEAD, raises=[MORE], **strict)
    assert raised(before, replace(before, **easier)) == {"agent"}
    assert raised(replace(before, raises=()), replace(before, raises=(), **easier)) == set()


def test_the_rows_are_read_whole_or_refused_with_their_key():
    data = preset("immersion")
    assert parse(to_data(parse(data))) == parse(data)
    with pytest.raises(PolicyRefused, match="twice"):
        parse(data | {"raises": [data["raises"][0]] * 2})
    with pytest.raises(PolicyRefused) as refused:
        parse(data | {"raises": [data["raises"][0] | {"course": "flattery"}]})
    assert refused.value.key == "course of raises, row 1"


def test_no_other_preset_lets_a_certificate_add_anything():
    assert [name for name in ("standard", "cautious", "empowered") if parse(preset(name)).raises] == []
