"""Policy is data: read whole, refused with its key, and written back the same."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.certificate import COURSES
from amends.method.policy import (
    MEASURES,
    PRESETS,
    ROLES,
    Limit,
    PolicyRefused,
    Published,
    Raise,
    parse,
    preset,
    to_data,
)
from amends.team.permissions import Role

SUMS = st.none() | st.integers(0, 10**12)
WORDS = st.text(min_size=1).filter(str.strip)
LIMITS = st.lists(
    st.builds(
        Limit,
        role=st.sampled_from(ROLES),
        kind=st.sampled_from(["", "refund", "credit"]),
        per_case_cents=SUMS,
        per_customer_cents=SUMS,
        period_days=st.integers(1, 3660),
        currency=st.sampled_from(["EUR", "USD", "JPY"]),
    ),
    unique_by=lambda limit: (limit.role, limit.kind, limit.currency),
).map(tuple)
RAISES = st.lists(
    st.builds(
        Raise,
        course=st.sampled_from(list(COURSES)),
        kind=st.sampled_from(["", "refund", "credit"]),
        per_case_cents=SUMS,
        per_customer_cents=SUMS,
        period_days=st.integers(1, 3660),
        currency=st.sampled_from(["EUR", "USD", "JPY"]),
    ),
    unique_by=lambda row: (row.course, row.kind, row.currency),
).map(tuple)
PUBLISHED = st.lists(
    st.builds(
        Published, key=WORDS, words=WORDS, measure=st.sampled_from(MEASURES), target_hours=st.floats(0.01, 10000)
    ),
    unique_by=lambda promise: promise.key,
).map(tuple)


def each(values):
    return st.fixed_dictionaries(dict.fromkeys((1, 2, 3, 4), values))


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "limits": LIMITS,
        "raises": RAISES,
        "published": PUBLISHED,
        "sample_share": st.floats(0, 1),
        "options_min": each(st.integers(1, 10)),
        "follow_up_days": each(st.lists(st.integers(1, 365)).map(tuple)),
        "reply_hours": st.dictionaries(st.text(max_size=8), each(st.floats(0.01, 2000))).flatmap(
            lambda rest: each(st.floats(0.01, 2000)).map(lambda default: rest | {"": default})
        ),
        "cap_share": st.floats(1, 10),
        "goodwill_share": each(st.floats(0, 1)),
    },
)


@given(st.sampled_from(sorted(PRESETS)), CHANGES)
def test_a_policy_written_as_json_reads_back_the_same(name, changes):
    policy = replace(parse(preset(name)), **changes)
    assert parse(json.loads(json.dumps(to_data(policy)))) == policy


def test_rows_stand_in_the_same_order_however_the_database_kept_them():
    data = preset("standard")
    hours = data["reply_hours"][""]
    stored = {"post": hours, "": hours, "letter": hours}
    policy = parse({**data, "reply_hours": stored, "closed_words": {"Office": "b", "": "a"}})
    assert list(policy.reply_hours) == ["", "letter", "post"]
    assert list(policy.closed_words) == ["", "Office"]


def test_the_roles_of_a_policy_are_those_of_the_desk():
    assert set(ROLES) == {role.value for role in Role}


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_can_be_read(name):
    assert parse(preset(name)).preset == name


def test_standard_grants_what_the_sample_company_grants():
    limits = {limit.role: (limit.per_case_cents, limit.currency) for limit in parse(preset("standard")).limits}
    assert limits == {"agent": (10000, "EUR"), "lead": (50000, "EUR"), "admin": (200000, "EUR")}


def test_empowered_trusts_first_and_looks_at_a_tenth_afterwards():
    policy = parse(preset("empowered"))
    assert policy.sample_share == 0.1
    assert {limit.role: limit.per_case_cents for limit in policy.limits}["agent"] == 200000


def row(**changes):
    limit = {"role": "agent", "kind": "", "per_case_cents": 1, "per_customer_cents": 1}
    return limit | {"period_days": 30, "currency": "EUR"} | changes


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "red"}, "“colour” is not a key of the policy"),
        ({"sample_share": 1.2}, "“sample_share” has to be a number from 0 to 1"),
        ({"sample_share": True}, "“sample_share” has to be a number from 0 to 1"),
        ({"cap_share": float("nan")}, "“cap_share” has to be a number from 1 to 10"),
        ({"offer_open_days": 0}, "“offer_open_days” has to be a whole number from 1 to 365"),
        ({"offer_open_days": 1.5}, "“offer_open_days” has to be a whole number"),
        ({"options_min": {"1": 1, "2": 2, "3": 2}}, "“4” is missing in options_min"),
        ({"options_min": 2}, "“options_min” has to be a table"),
        ({"options_min": {"1": 0, "2": 2, "3": 2, "4": 2}}, "“options_min, severity 1” has to be a whole number"),
        ({"follow_up_days": {"1": 7, "2": [7], "3": [3], "4": [1]}}, "“follow_up_days, severity 1” has to be a list"),
        ({"reply_hours": {"email": {}}}, "“reply_hours” has to be a table by channel"),
        ({"limits": [row(role="boss")]}, "“role of limits, row 1” has to be one of: agent, lead, quality, admin"),
        ({"limits": [row(per_case_cents=-1)]}, "“per_case_cents of limits, row 1” has to be a sum in cents"),
        ({"limits": [row(per_case_cents=None)]}, "or the words “no limit”"),
        ({"limits": [row(currency="euro")]}, "a currency of three capital letters"),
        ({"limits": [row(), row(per_case_cents=5)]}, "names agent, any kind, EUR twice"),
        ({"limits": [{"role": "agent"}]}, "is missing in limits, row 1"),
        ({"published": [{"key": "a", "words": "b", "measure": "joy", "target_hours": 1}]}, "one of: first_reply"),
        ({"preset": "loud"}, "“preset” has to be one of"),
    ],
)
def test_a_policy_that_cannot_be_followed_names_the_key_and_what_is_allowed(changes, says):
    with pytest.raises(PolicyRefused) as refused:
        parse(preset("standard") | changes)
    assert says in str(refused.value)


def test_a_policy_that_is_no_table_or_lacks_a_key_is_refused():
    with pytest.raises(PolicyRefused, match="has to be a table"):
        parse([1])
    short = preset("standard")
    del short["cap_share"]
    with pytest.raises(PolicyRefused, match="“cap_share” is missing"):
        parse(short)
    with pytest.raises(PolicyRefused, match="has to be one of"):
        preset("../standard")
