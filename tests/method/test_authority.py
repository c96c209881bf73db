"""Who may grant how much, and whom to ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.method.authority import Ask, Beyond, Grant, Person, beyond, drawn, limit_for, nearest, within
from amends.method.policy import ROLES, Limit, parse, preset

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
STANDARD = parse(preset("standard"))
KINDS = ("refund", "credit", "goodwill")
CENTS = st.integers(0, 10**6)
SUMS = st.none() | CENTS
ROWS = st.builds(
    Limit,
    role=st.sampled_from(ROLES),
    kind=st.sampled_from(["", *KINDS]),
    per_case_cents=SUMS,
    per_customer_cents=SUMS,
    period_days=st.sampled_from([1, 30, 365]),
    currency=st.sampled_from(["EUR", "USD"]),
)
MATRICES = st.lists(ROWS, unique_by=lambda row: (row.role, row.kind, row.currency), max_size=16).map(
    lambda rows: replace(STANDARD, limits=tuple(rows))
)
ASKS = st.builds(Ask, kind=st.sampled_from(KINDS), cents=CENTS, currency=st.sampled_from(["EUR", "USD"]))
GRANTS = st.lists(
    st.builds(
        Grant,
        source=st.sampled_from("abcd"),
        kind=st.sampled_from(KINDS),
        cents=CENTS,
        currency=st.sampled_from(["EUR", "USD"]),
        at=st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
        in_case=st.booleans(),
    ),
    max_size=6,
)
PEOPLE = st.lists(
    st.builds(Person, name=st.sampled_from("ABCDE"), role=st.sampled_from(ROLES), open_requests=st.integers(0, 3)),
    max_size=6,
)


def limit(case=10000, customer=None, kind="", role="agent", days=30):
    return Limit(role, kind, case, customer, days, "EUR")


def grant(cents, source="a", kind="refund", days=0, in_case=True):
    return Grant(source, kind, cents, "EUR", NOW - timedelta(days=days), in_case)


def test_a_limit_counts_what_was_granted_before():
    assert within(limit(), 6000, 6000, 4000)
    assert not within(limit(), 6000, 6000, 4001)
    assert within(limit(case=None), 10**9, 10**9, 10**9)
    assert not within(limit(case=None, customer=5000), 0, 4000, 1001)
    assert not within(None, 0, 0, 1)
    assert within(None, 0, 0, 0)


def test_a_kind_with_its_own_row_is_a_purse_of_its_own():
    policy = replace(STANDARD, limits=(limit(), limit(case=2500, kind="goodwill")))
    assert limit_for(policy, "agent", "goodwill", "EUR").per_case_cents == 2500
    assert limit_for(policy, "agent", "refund", "EUR").per_case_cents == 10000
    assert limit_for(policy, "agent", "refund", "USD") is None
    assert limit_for(policy, "lead", "refund", "EUR") is None
    before = [grant(9000), grant(1000, source="b", kind="goodwill")]
    assert beyond(policy, "agent", [Ask("goodwill", 1500, "EUR")], before, NOW) is None
    assert beyond(policy, "agent", [Ask("credit", 1500, "EUR")], before, NOW).granted_cents == 9000


def test_of_an_offer_the_dearest_option_counts_once():
    options = [grant(3000, "offer 1"), grant(5000, "offer 1", kind="credit"), grant(1000, "offer 2")]
    policy = replace(STANDARD, limits=(limit(),))
    assert drawn(policy, "agent", policy.limits[0], options, NOW) == (6000, 6000)


def test_the_customer_limit_looks_over_all_their_cases_for_its_period():
    policy = replace(STANDARD, limits=(limit(case=10000, customer=12000, days=30),))
    before = [grant(8000, "a", days=29, in_case=False), grant(9000, "b", days=30, in_case=False)]
    assert beyond(policy, "agent", [Ask("refund", 4000, "EUR")], before, NOW) is None
    found = beyond(policy, "agent", [Ask("refund", 4001, "EUR")], before, NOW)
    assert (found.per_customer, found.limit_cents, found.granted_cents) == (True, 12000, 8000)


@given(ROWS, CENTS, CENTS, CENTS, CENTS)
def test_splitting_a_sum_opens_nothing(row, in_case, customer, first, second):
    halves = within(row, in_case, customer, first) and within(row, in_case + first, customer + first, second)
    assert halves == within(row, in_case, customer, first + second)


@given(ROWS, CENTS, CENTS, CENTS)
def test_a_smaller_sum_is_never_refused_where_a_larger_one_is_not(row, in_case, customer, asked):
    if within(row, in_case, customer, asked):
        assert all(within(row, in_case, customer, less) for less in (0, asked // 2, asked))


@given(MATRICES, st.sampled_from(ROLES), st.lists(ASKS, max_size=3), GRANTS, GRANTS)
def test_what_was_granted_before_never_opens_more(policy, role, asks, grants, more):
    if beyond(policy, role, asks, grants + more, NOW) is None:
        assert beyond(policy, role, asks, grants, NOW) is None


@given(MATRICES, st.sampled_from(ROLES), ASKS, GRANTS)
def test_no_purse_ever_holds_more_than_its_limit(policy, role, ask, grants):
    if beyond(policy, role, [ask], grants, NOW) is not None or ask.cents == 0:
        return
    row = limit_for(policy, role, ask.kind, ask.currency)
    after = [*grants, Grant("new", ask.kind, ask.cents, ask.currency, NOW, True)]
    in_case, customer = drawn(policy, role, row, after, NOW)
    assert row.per_case_cents is None or in_case <= row.per_case_cents
    assert row.per_customer_cents is None or customer <= row.per_customer_cents


@given(MATRICES, st.lists(ASKS, min_size=1, max_size=3), GRANTS, PEOPLE)
def test_the_nearest_is_able_and_nobody_able_stands_nearer(policy, asks, grants, people):
    def size(person):
        rows = [limit_for(policy, person.role, ask.kind, ask.currency) for ask in asks]
        sums = [0 if row is None else row.per_case_cents for row in rows]
        return float("inf") if None in sums else max(sums)

    able = [person for person in people if beyond(policy, person.role, asks, grants, NOW) is None]
    found = nearest(people, policy, asks, grants, NOW)
    if not able:
        assert found is None
        return
    assert found in able
    assert size(found) == min(map(size, able))
    same = [person for person in able if size(person) == size(found)]
    assert found.open_requests == min(person.open_requests for person in same)
    assert found.name == min(person.name for person in same if person.open_requests == found.open_requests)


REFUND = Ask("refund", 4001, "EUR")


def test_a_refusal_names_the_bound_that_is_met():
    policy = replace(STANDARD, limits=(limit(case=10000, customer=12000, days=90),))

    def refused(*grants, by=policy):
        return beyond(by, "agent", [REFUND], grants, NOW)

    assert refused(grant(6000)) == Beyond(REFUND, 10000, 6000, False, 90)
    assert refused(grant(8000, in_case=False)) == Beyond(REFUND, 12000, 8000, True, 90)
    unbounded_case = replace(STANDARD, limits=(limit(case=None, customer=0, days=90),))
    assert refused(by=unbounded_case) == Beyond(REFUND, 0, 0, True, 90)


def test_a_role_without_a_row_may_grant_nothing():
    policy = replace(STANDARD, limits=(limit(role="lead"),))
    assert beyond(policy, "agent", [REFUND], [grant(500)], NOW) == Beyond(REFUND, 0, 0, False, 0)


def test_what_costs_nothing_draws_nothing():
    policy = replace(STANDARD, limits=(limit(case=1, customer=1),))
    assert drawn(policy, "agent", policy.limits[0], [grant(0)], NOW) == (0, 0)
    assert beyond(policy, "agent", [Ask("refund", 1, "EUR")], [grant(0)], NOW) is None


def test_every_sum_of_an_offer_has_to_be_within_authority():
    policy = replace(STANDARD, limits=(limit(),))
    cheap, dear = Ask("credit", 0, "EUR"), Ask("refund", 10001, "EUR")
    assert beyond(policy, "agent", [cheap, dear], [], NOW).ask == dear
    assert nearest([Person("tom", "agent")], policy, [cheap, dear], [], NOW) is None


STAIRS = replace(
    STANDARD,
    limits=(
        limit(role="agent", case=5000),
        limit(role="lead", case=20000),
        limit(role="lead", case=6000, kind="goodwill"),
        limit(role="admin", case=None),
    ),
)
ALL = [Person("ada", "admin"), Person("ines", "lead", open_requests=9), Person("tom", "agent", open_requests=9)]


def test_the_smallest_authority_that_is_enough_is_asked_however_much_waits_for_it():
    asked = [nearest(ALL, STAIRS, [Ask("refund", cents, "EUR")], [], NOW).name for cents in (5000, 5001, 20001)]
    assert asked == ["tom", "ines", "ada"]


def test_of_several_kinds_the_larger_authority_says_how_near_somebody_is():
    policy = replace(STAIRS, limits=(*STAIRS.limits, limit(role="quality", case=7000)))
    people = [Person("ines", "lead"), Person("sam", "quality")]
    asks = [Ask("refund", 100, "EUR"), Ask("goodwill", 100, "EUR")]
    assert nearest(people, policy, asks, [], NOW).name == "sam"


def test_for_nothing_anybody_is_near():
    assert nearest(ALL, STAIRS, [], [], NOW).name == "ada"


def test_what_costs_nothing_is_asked_first_of_who_may_grant_nothing_else():
    policy = replace(STANDARD, limits=(limit(role="lead", case=1),))
    people = [Person("ines", "lead"), Person("tom", "agent", open_requests=1)]
    assert nearest(people, policy, [Ask("refund", 0, "EUR")], [], NOW).name == "tom"
