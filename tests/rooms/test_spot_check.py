"""A part of what was granted on the spot is looked at afterwards, by somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.policy import adopt
from amends.method.policy import preset
from amends.recovery.approve import decide_approval
from amends.recovery.sample import SpotCheck
from amends.recovery.spot_check import drawn, look_at, to_look_at


@pytest.fixture
def one(recovery):
    made = recovery()
    made.person_first()
    return made


def sample(share, cast):
    adopt(preset("standard") | {"sample_share": share}, "A test of it", by=cast.ada, now=cast.clock.now)


@pytest.mark.django_db
def test_everything_is_picked_with_a_share_of_one_and_nothing_with_none(one, cast):
    one.deliver(one.accept(one.offer()))
    assert SpotCheck.objects.count() == 0
    sample(1.0, cast)
    one.deliver(one.accept(one.offer(cents=100)))
    assert [check.fulfilment for check in SpotCheck.objects.all()] == list(one.case.fulfilments.all())[1:]


@pytest.mark.django_db
def test_what_was_approved_before_is_not_looked_at_again(one, cast):
    sample(1.0, cast)
    decide_approval(one.ask(cents=20000), granted=True, words="", by=cast.ines, now=one.now)
    one.deliver(one.accept(one.case.offers.get()))
    assert SpotCheck.objects.count() == 0


@pytest.mark.django_db
def test_somebody_else_looks_once_and_a_no_has_words(one, cast):
    sample(1.0, cast)
    one.deliver(one.accept(one.offer(by=cast.ines)))
    check = SpotCheck.objects.get()
    assert list(to_look_at(cast.ines)) == list(to_look_at(cast.tom)) == []
    assert list(to_look_at(cast.ada)) == [check]
    for who in (cast.ines, cast.tom):
        with pytest.raises(NotAllowed):
            look_at(check, fair=True, words="", by=who, now=one.now)
    with pytest.raises(Incomplete):
        look_at(check, fair=False, words=" ", by=cast.ada, now=one.now)
    look_at(check, fair=False, words="A new one would have been right.", by=cast.ada, now=one.now)
    check.refresh_from_db()
    assert (check.by, check.fair, check.at) == (cast.ada, False, one.now)
    with pytest.raises(AlreadyDone):
        look_at(check, fair=True, words="", by=cast.sam, now=one.now)


@given(st.integers(0, 10**9), st.floats(0, 1), st.floats(0, 1))
def test_the_draw_is_the_same_every_time_and_grows_with_the_share(number, one, other):
    small, large = sorted((one, other))
    assert drawn(number, small) == drawn(number, small)
    assert drawn(number, large) or not drawn(number, small)


def test_a_tenth_is_about_a_tenth():
    assert 900 < sum(drawn(number, 0.1) for number in range(10_000)) < 1100
