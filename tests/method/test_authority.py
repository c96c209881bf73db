"""Who may grant how much, and whom to ask."""

from hypothesis import given
from hypothesis import strategies as st

from amends.method.authority import Grantor, nearest, within

CENTS = st.integers(0, 10**7)
LIMITS = st.none() | CENTS
PEOPLE = st.lists(st.builds(Grantor, name=st.sampled_from("ABCDE"), limit_cents=LIMITS), max_size=5)


def test_a_limit_counts_what_was_granted_before():
    assert within(10000, 6000, 4000)
    assert not within(10000, 6000, 4001)
    assert within(None, 10**9, 10**9)
    assert not within(0, 0, 1)


@given(LIMITS, CENTS, CENTS, CENTS)
def test_splitting_a_sum_opens_nothing(limit, granted, first, second):
    halves = within(limit, granted, first) and within(limit, granted + first, second)
    assert halves == within(limit, granted, first + second)


@given(LIMITS, CENTS, CENTS)
def test_a_smaller_sum_is_never_refused_where_a_larger_one_is_not(limit, granted, asked):
    if within(limit, granted, asked):
        assert all(within(limit, granted, less) for less in (0, asked // 2, asked))


@given(PEOPLE, CENTS)
def test_the_nearest_is_able_and_nobody_smaller_is(people, total):
    found = nearest(people, total)
    able = [person for person in people if within(person.limit_cents, 0, total)]
    if found is None:
        assert able == []
        return
    assert found in able
    limits = [person.limit_cents for person in able if person.limit_cents is not None]
    assert found.limit_cents == (min(limits) if limits else None)


def test_nobody_with_a_limit_of_nothing_is_passed_over_for_somebody_with_one_cent():
    assert nearest([Grantor("A", 1), Grantor("B", 0)], 0) == Grantor("B", 0)
