"""First contact resolution, repeated contacts and promises, case by case."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.contacts import Settled, first_contact, repeats
from amends.measures.errors import ImpossibleCount
from amends.measures.promises import Fate, Promise, fate, promise_keeping

DAY = timedelta(days=1)
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
LATER = MAY + 60 * DAY


def seen(**about):
    found = first_contact([Settled(settled_at=MAY, **about)], LATER).seen
    return found.value, found.n


@pytest.mark.parametrize(
    ("about", "settled"),
    [
        ({}, (1, 1)),
        ({"again_at": MAY + 6 * DAY}, (0, 1)),
        ({"again_at": MAY + 8 * DAY}, (1, 1)),
        ({"again_at": MAY + 8 * DAY, "is_delivery": True}, (0, 1)),
        ({"again_at": MAY + 15 * DAY, "is_delivery": True}, (1, 1)),
        ({"said_settled": False}, (0, 1)),
        ({"said_settled": True, "again_at": MAY + DAY}, (0, 1)),
    ],
)
def test_when_a_matter_was_settled_at_the_first_contact(about, settled):
    assert seen(**about) == settled


def test_what_is_too_young_waits_and_is_not_counted_as_settled():
    found = first_contact([Settled(settled_at=MAY), Settled(settled_at=MAY, again_at=MAY + DAY)], MAY + 3 * DAY)
    assert (found.seen.value, found.seen.n, found.waiting) == (0, 1, 1)


def test_what_customers_say_stands_beside_what_we_saw():
    matters = [Settled(settled_at=MAY, said_settled=said) for said in (True, True, False, None)]
    found = first_contact(matters, LATER)
    assert (found.seen.value, found.said.n, round(found.said.value, 3)) == (0.75, 3, 0.667)


def test_repeated_contacts():
    """1, 1, 2 and 4 contacts: 0 + 0 + 1 + 3 beyond the first, one each in the mean; two of four cases."""
    beyond, cases = repeats([1, 1, 2, 4])
    assert (beyond.value, cases.value, beyond.low) == (1, 0.5, 0)


def test_a_case_without_a_contact_is_refused():
    with pytest.raises(ImpossibleCount, match="Count the contacts"):
        repeats([1, 0])


@pytest.mark.parametrize(
    ("promise", "became"),
    [
        (Promise(due_at=MAY, done_at=MAY), Fate.KEPT),
        (Promise(due_at=MAY, done_at=MAY + DAY), Fate.BROKEN),
        (Promise(due_at=MAY), Fate.BROKEN),
        (Promise(due_at=LATER + DAY), Fate.OPEN),
        (Promise(due_at=MAY, renegotiated_at=MAY - DAY, done_at=MAY), Fate.RENEGOTIATED),
        (Promise(due_at=MAY, renegotiated_at=MAY, done_at=MAY + DAY), Fate.BROKEN),
        (Promise(due_at=LATER + DAY, done_at=LATER + DAY), Fate.OPEN),
    ],
)
def test_what_became_of_a_promise(promise, became):
    assert fate(promise, LATER) is became


def test_a_promise_agreed_anew_is_never_counted_as_kept():
    kept = [Promise(due_at=MAY, done_at=MAY)] * 18
    moved = [Promise(due_at=MAY, renegotiated_at=MAY - DAY)] * 5
    found = promise_keeping([*kept, *moved, Promise(due_at=MAY), Promise(due_at=MAY, done_at=LATER)], LATER)
    assert (found.kept, found.broken, found.renegotiated, found.overdue, found.rate.value) == (18, 2, 5, 1, 0.9)
    assert found.words == (
        "Promises kept: 90 % (70 % to 97 %), from 20 promises that were due. Overdue and still open: 1. "
        "Agreed anew before they were due, counted as neither: 5."
    )


moments = st.none() | st.integers(-30, 30).map(lambda day: MAY + day * DAY)
promises = st.builds(
    Promise, due_at=st.integers(-30, 30).map(lambda day: MAY + day * DAY), done_at=moments, renegotiated_at=moments
)


@given(st.lists(promises, max_size=30))
def test_every_promise_has_one_fate(made):
    found = promise_keeping(made, MAY)
    assert found.kept + found.broken + found.renegotiated + found.open == len(made)
    assert found.overdue <= found.broken
