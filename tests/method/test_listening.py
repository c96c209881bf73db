"""One account is what was written without a longer pause, and it is over exactly one window after its last message."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.listening import Account, account_of, follows, quiet_at, still_writing

BEGIN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PAUSES = st.lists(st.integers(0, 40 * 60), max_size=12)
WINDOWS = st.integers(0, 60).map(lambda minutes: timedelta(minutes=minutes))


def times_of(pauses):
    """A first message and one after each pause, in seconds."""
    made = [BEGIN]
    for pause in pauses:
        made.append(made[-1] + timedelta(seconds=pause))
    return made


@given(PAUSES, WINDOWS)
def test_an_account_holds_every_pause_shorter_than_the_window_and_no_longer_one(pauses, window):
    times = times_of(pauses)
    account = account_of(times, window)
    inside = times[len(times) - account.count :]
    assert (account.first_at, account.last_at) == (inside[0], inside[-1]) == (inside[0], times[-1])
    assert all(later - earlier < window for earlier, later in pairwise(inside))
    if account.count < len(times):
        assert account.first_at - times[-account.count - 1] >= window


@given(PAUSES, WINDOWS, st.integers(0, 40 * 60))
def test_one_more_message_joins_exactly_while_they_are_still_writing(pauses, window, later):
    times = times_of(pauses)
    before = account_of(times, window)
    at = times[-1] + timedelta(seconds=later)
    after = account_of([*times, at], window)
    writing = at < quiet_at(before, window)
    assert follows(at, before.last_at, window) is writing
    assert after == (Account(before.count + 1, before.first_at, at) if writing else Account(1, at, at))


@given(PAUSES, WINDOWS)
def test_what_was_written_before_a_long_pause_changes_nothing(pauses, window):
    late = [one + timedelta(days=30) for one in times_of(pauses)]
    assert account_of([BEGIN, *late], window) == account_of(late, window)


def test_who_wrote_nothing_has_no_account():
    assert account_of([], timedelta(minutes=10)) is None


def test_without_a_window_nobody_is_waited_for():
    assert account_of([BEGIN, BEGIN], timedelta(0)).count == 1
    assert quiet_at(account_of([BEGIN], timedelta(0)), timedelta(0)) == BEGIN


@pytest.mark.parametrize(
    ("count", "seconds", "words"),
    [
        (1, 0, "Maria may still be writing"),
        (2, 0, "Maria is still writing: 2 messages in less than a minute"),
        (2, 70, "Maria is still writing: 2 messages in 1 minute"),
        (3, 240, "Maria is still writing: 3 messages in 4 minutes"),
    ],
)
def test_it_is_said_calmly(count, seconds, words):
    assert still_writing("Maria", Account(count, BEGIN, BEGIN + timedelta(seconds=seconds))) == words
