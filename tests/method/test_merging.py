"""What counts for issues that became one: for all whole numbers of hours, never more than was said for each."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.method.facts import IssueFacts
from amends.method.merging import Joined, together

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
SAID = ("apologised_at", "reflected_at", "acknowledged_at", "prevention_told_at")
times = st.integers(0, 100).map(lambda hours: START + timedelta(hours=hours))
moments = st.none() | times


def issues() -> st.SearchStrategy[IssueFacts]:
    return st.builds(IssueFacts, id=st.just(1), summary=st.just("Late"), **dict.fromkeys(SAID, moments))


def joined(confirmed: bool | None = None) -> st.SearchStrategy[Joined]:
    sure = st.booleans() if confirmed is None else st.just(confirmed)
    return st.builds(Joined, facts=issues(), at=times, parted_at=moments, confirmed=sure)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


@given(issues())
def test_alone_an_issue_is_what_it_is(issue):
    assert together(issue, ()) == issue


@given(issues(), st.lists(joined(), max_size=4))
def test_merging_never_adds_anything_said(issue, others):
    whole = together(issue, tuple(others))
    for name in SAID:
        assert getattr(whole, name) in (None, getattr(issue, name))


@given(issues(), st.lists(joined(True), max_size=4))
def test_what_counts_was_said_for_each_or_for_the_whole(issue, others):
    whole = together(issue, tuple(others))
    for name in SAID:
        said = getattr(whole, name)
        for one in others:
            if said is not None:
                was_one = one.parted_at is not None and said <= one.parted_at
                assert said > one.at or was_one or getattr(one.facts, name) is not None


@given(issues(), st.lists(joined(False), max_size=4))
def test_a_proposal_nobody_confirmed_takes_nothing_away(issue, others):
    whole = together(issue, tuple(others))
    assert all(getattr(whole, name) == getattr(issue, name) for name in SAID)


@given(issues(), st.lists(joined(), min_size=1, max_size=3), st.permutations(range(3)))
def test_the_order_of_merging_does_not_matter(issue, others, order):
    turned = [others[number] for number in order if number < len(others)]
    assert together(issue, tuple(others)) == together(issue, tuple(turned))


def test_an_apology_for_one_is_none_for_the_other():
    late = IssueFacts(id=1, summary="Late", apologised_at=at(1))
    rude = IssueFacts(id=2, summary="Rude")
    assert together(late, (Joined(facts=rude, at=at(2)),)).apologised_at is None
    assert together(rude, (Joined(facts=late, at=at(2)),)).apologised_at is None
    later = IssueFacts(id=1, summary="Late", apologised_at=at(3))
    assert together(later, (Joined(facts=rude, at=at(2)),)).apologised_at == at(3)


def test_a_part_that_returns_brings_back_what_was_said_while_it_was_one():
    whole = IssueFacts(id=1, summary="Late and billed twice", apologised_at=at(1), reflected_at=at(5))
    part = IssueFacts(id=2, summary="Billed twice")
    back = together(whole, (Joined(facts=part, at=at(6), parted_at=at(3)),))
    assert (back.apologised_at, back.reflected_at) == (at(1), None)
