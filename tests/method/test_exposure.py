"""What somebody carries: worked by hand, and what holds whatever happened (E44 to E46)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.exposure import (
    POINTS,
    Contact,
    Felt,
    Rest,
    break_to_offer,
    busy_since,
    exposure,
)

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def contact(felt: Felt, minutes_ago: float, minutes: int = 15, *, chosen: bool = False) -> Contact:
    return Contact(ago(minutes_ago), felt, minutes, chosen)


def rest(minutes_ago: float, minutes: float) -> Rest:
    return Rest(ago(minutes_ago + minutes), ago(minutes_ago))


moments = st.floats(0, 60 * 24 * 30)
contacts = st.lists(st.builds(contact, st.sampled_from(Felt), moments, st.integers(0, 300), chosen=st.booleans()))
rests = st.lists(st.builds(rest, moments, st.floats(0, 60)))


@pytest.mark.parametrize(
    ("felt", "minutes", "chosen", "points"),
    [
        (Felt.CALM, 60, False, 0),
        (Felt.UPSET, 15, False, 1),
        (Felt.ANGRY, 15, False, 2),
        (Felt.ANGRY, 2, False, 1),  # never less than half
        (Felt.DISTRESSING, 20, False, 4),
        (Felt.ABUSIVE, 15, False, 4),
        (Felt.ABUSIVE, 300, False, 8),  # never more than double
        (Felt.ABUSIVE, 15, True, 2),
    ],
)
def test_points_of_one_contact(felt, minutes, chosen, points):
    assert contact(felt, 0, minutes, chosen=chosen).points == pytest.approx(points)


def test_half_of_the_fast_part_is_left_after_ninety_minutes_and_of_the_slow_part_after_twenty_hours():
    fresh = exposure([contact(Felt.ABUSIVE, 0)], [], NOW)
    assert (fresh.fast, fresh.slow) == pytest.approx((4, 1.2))
    assert exposure([contact(Felt.ABUSIVE, 90)], [], NOW).fast == pytest.approx(2)
    assert exposure([contact(Felt.ABUSIVE, 20 * 60)], [], NOW).slow == pytest.approx(0.6)


@pytest.mark.parametrize(("minutes", "left"), [(9, 4), (10, 2.6), (19, 2.6), (20, 2)])
def test_a_break_takes_from_the_fast_part_by_its_length(minutes, left):
    """The contact ended long enough before the break to have halved once when the break is over."""
    felt = exposure([Contact(ago(90), Felt.ABUSIVE, 30)], [rest(0, minutes)], NOW)
    assert felt.fast == pytest.approx(left)
    assert felt.slow == pytest.approx(2.4 * 0.5 ** (1.5 / 20))


@given(contacts, rests)
def test_it_is_never_below_nought_nor_above_all_that_was_told(told, taken):
    score = exposure(told, taken, NOW).score
    assert 0 <= score <= 1.3 * sum(one.points for one in told) + 1e-9


@given(contacts, rests, st.floats(0, 60 * 24 * 7), st.floats(0, 60 * 24 * 7))
def test_it_only_falls_while_nothing_happens(told, taken, first, second):
    sooner, later = sorted((first, second))
    at = [exposure(told, taken, NOW + timedelta(minutes=minutes)).score for minutes in (sooner, later)]
    assert at[1] <= at[0] + 1e-9


@given(contacts, rests, contacts.filter(bool))
def test_one_contact_more_never_makes_it_less(told, taken, more):
    assert exposure([*told, more[0]], taken, NOW).score >= exposure(told, taken, NOW).score - 1e-9


@given(contacts, rests, rests.filter(bool))
def test_one_break_more_never_makes_it_more(told, taken, more):
    assert exposure(told, [*taken, more[0]], NOW).score <= exposure(told, taken, NOW).score + 1e-9


@given(contacts, st.integers(0, 10), st.sampled_from(sorted(POINTS, key=POINTS.__getitem__)[1:]))
def test_a_harder_word_for_the_same_contact_never_makes_it_less(told, place, harder):
    if not told:
        return
    place %= len(told)
    calm = [*told[:place], Contact(told[place].at, Felt.CALM, told[place].minutes), *told[place + 1 :]]
    hard = [*told[:place], Contact(told[place].at, harder, told[place].minutes), *told[place + 1 :]]
    assert exposure(hard, [], NOW).score >= exposure(calm, [], NOW).score - 1e-9


@given(contacts, rests, st.randoms())
def test_the_order_in_which_it_was_written_down_does_not_matter(told, taken, dice):
    shuffled = [*told]
    dice.shuffle(shuffled)
    assert exposure(shuffled, taken, NOW).score == pytest.approx(exposure(told, taken, NOW).score)


def test_what_is_still_to_come_does_not_count():
    assert exposure([contact(Felt.ABUSIVE, -1)], [], NOW).score == 0


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ([contact(Felt.ABUSIVE, 5)], 15),
        ([contact(Felt.ANGRY, 55), contact(Felt.ANGRY, 30), contact(Felt.ANGRY, 0)], 10),
        ([contact(Felt.DISTRESSING, 70, 30)], 10),  # 6 × .59 + 1.8 × .96 = 5.2: not yet
        ([contact(Felt.DISTRESSING, 0, 30)], 10),  # 6 + 1.8
        ([contact(Felt.CALM, minutes, 20) for minutes in (0, 24, 48, 72, 96, 120)], 10),
    ],
    ids=["abusive", "three in an hour", "not yet", "score", "two hours"],
)
def test_when_a_break_is_offered(told, minutes, request):
    offered = break_to_offer(told, [], NOW)
    if "not yet" in request.node.callspec.id:
        assert offered is None
    else:
        assert offered is not None
        assert offered.minutes == minutes
        assert offered.why.endswith(".")


def test_upset_customers_alone_make_no_three_in_an_hour():
    assert break_to_offer([contact(Felt.UPSET, minutes) for minutes in (0, 20, 40)], [], NOW) is None


@given(contacts)
def test_after_a_break_nothing_is_offered_until_something_new_comes(told):
    assert break_to_offer([one for one in told if one.at <= NOW], [rest(0, 10)], NOW) is None


def test_five_minutes_away_end_a_stretch():
    told = [contact(Felt.CALM, minutes, 20) for minutes in (0, 24, 48)]
    assert busy_since(told, NOW) == ago(68)
    assert busy_since([told[0], contact(Felt.CALM, 25, 20)], NOW) == ago(20)
    assert busy_since(told, NOW + timedelta(minutes=5)) == NOW + timedelta(minutes=5)
