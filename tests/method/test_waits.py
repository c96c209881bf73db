"""The time that covers eight in ten waits, also while some still go on."""

from datetime import timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.waits import ENOUGH, Wait, covering, waits_of

HOUR = timedelta(hours=1)
SPANS = st.lists(st.timedeltas(timedelta(0), timedelta(days=60)), min_size=ENOUGH, max_size=300)


def over(*hours):
    """Waits that are over."""
    return [Wait(HOUR * number) for number in hours]


def going_on(*hours):
    """Waits that still go on."""
    return [Wait(HOUR * number, over=False) for number in hours]


def test_eight_of_ten_by_hand():
    assert covering(over(9, 1, 8, 2, 7, 3, 6, 4, 5, 10), 0.8) == 8 * HOUR


@given(SPANS)
def test_the_shown_wait_covers_eight_in_ten_of_those_it_was_made_from(spans):
    shown = waits_of([Wait(span) for span in spans], HOUR).p80
    assert sum(span <= shown for span in spans) >= 0.8 * len(spans)
    # and is the shortest that does: the waits shorter than it are fewer than eight in ten
    assert sum(span < shown for span in spans) < 0.8 * len(spans)
    assert shown == sorted(spans)[ceil(0.8 * len(spans)) - 1]


@given(SPANS, st.data())
def test_a_wait_that_goes_on_never_makes_us_look_quicker(spans, data):
    flags = data.draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    shown = covering([Wait(span, over=flag) for span, flag in zip(spans, flags, strict=True)], 0.8)
    assert shown is None or shown >= covering([Wait(span) for span in spans], 0.8)


def test_who_just_began_to_wait_changes_nothing():
    # 20 finished waits of 1 to 20 hours: 16 hours cover 16 of them; 30 complaints of a minute ago tell nothing yet
    finished = over(*range(1, 21))
    new = [Wait(timedelta(minutes=1), over=False)] * 30
    assert waits_of(finished + new, 10 * HOUR).p80 == waits_of(finished, 10 * HOUR).p80 == 16 * HOUR
    assert waits_of(finished + new, 10 * HOUR).within == pytest.approx(0.5)


def test_while_most_still_wait_nobody_can_know():
    found = waits_of(over(*range(1, 11)) + going_on(*[50] * 20), 24 * HOUR)
    assert (found.count, found.p80, found.are_enough) == (30, None, True)
    assert found.within == pytest.approx(1 / 3)


@pytest.mark.parametrize("count", [0, 1, ENOUGH - 1])
def test_too_few_tell_nothing(count):
    found = waits_of(over(*range(count)), HOUR)
    assert (found.count, found.p80, found.within, found.are_enough) == (count, None, None, False)


@given(SPANS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_the_share_within_a_target_is_counted(spans, target):
    share = sum(span <= target for span in spans) / len(spans)
    assert waits_of([Wait(span) for span in spans], target).within == pytest.approx(share)
