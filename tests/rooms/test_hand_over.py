"""At the end of a shift: what is due before the next one goes to a colleague who is there and says yes."""

from datetime import date, timedelta

import pytest

from amends.cases.assignment import Assignment, assign
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.message import Message
from amends.cases.rota import Planned, put_on
from amends.recovery.hand_over import HandOver, answer_hand_over, hand_over_now, leaving, takers
from amends.recovery.leaving import summary_of
from amends.team.models import User
from amends.team.permissions import Role
from amends.team.shift import Shift

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


@pytest.fixture
def evening(cast, recovery):
    """Tom's complaint, heard and answered in part; Ines is on shift, Tom is next there in a week."""
    one = recovery()
    one.hear()
    assign(one.case, to=cast.tom, by=cast.ines, now=one.now)
    planned = Planned(cast.ines, TODAY, "00:00-24:00")
    put_on(cast.ines.team, planned, by=cast.ines, now=one.now)
    return one


def holder() -> str:
    return Assignment.objects.get().to.username


def back(cast, at, now):
    """Tom is next on shift from this moment on."""
    Shift.objects.filter(person=cast.tom).delete()
    put_on(cast.tom.team, Planned(cast.tom, at.date(), f"{at:%H:%M}-24:00"), by=cast.ines, now=now)


def test_what_is_due_before_the_next_shift_is_left_and_what_is_due_after_it_stays(evening, cast):
    (row,) = leaving(cast.tom, evening.now).rows
    assert row.case_id == evening.case.pk
    back(cast, row.due_at + timedelta(minutes=2), evening.now)
    assert leaving(cast.tom, evening.now).rows == (row,)
    back(cast, row.due_at - timedelta(minutes=2), evening.now)
    assert leaving(cast.tom, evening.now).rows == ()


def test_it_stays_with_who_asks_until_the_colleague_says_yes(evening, cast):
    (asked,) = hand_over_now([evening.case], cast.ines, " Ring her at four ", by=cast.tom, now=evening.now)
    assert holder() == "tom"
    assert asked.note == "Ring her at four"
    assert leaving(cast.tom, evening.now).rows == ()
    answer_hand_over(asked, True, by=cast.ines, now=evening.now)
    assert holder() == "ines"
    kinds = list(evening.case.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[-3:] == ["hand_over_asked", "hand_over_taken", "assigned"]


def test_returned_it_is_left_with_who_asked_and_can_be_asked_anew(evening, cast):
    (asked,) = hand_over_now([evening.case], cast.ines, "", by=cast.tom, now=evening.now)
    with pytest.raises(AlreadyDone):
        hand_over_now([evening.case], cast.ines, "", by=cast.tom, now=evening.now)
    answer_hand_over(asked, False, "I leave too", by=cast.ines, now=evening.now)
    assert holder() == "tom"
    with pytest.raises(AlreadyDone):
        answer_hand_over(asked, True, by=cast.ines, now=evening.now)
    assert hand_over_now([evening.case], cast.ines, "", by=cast.tom, now=evening.now)


def test_only_the_colleague_who_was_asked_answers_and_not_once_somebody_else_has_it(evening, cast):
    (asked,) = hand_over_now([evening.case], cast.ines, "", by=cast.tom, now=evening.now)
    for who in (cast.tom, cast.ada, cast.priya):
        with pytest.raises(NotAllowed):
            answer_hand_over(asked, True, by=who, now=evening.now)
    assign(evening.case, to=cast.ada, by=cast.ada, now=evening.now)
    with pytest.raises(NotPossible, match="Somebody else has"):
        answer_hand_over(asked, True, by=cast.ines, now=evening.now)
    answer_hand_over(asked, False, by=cast.ines, now=evening.now)
    assert holder() == "ada"


def test_it_goes_to_nobody_who_is_not_on_shift_or_may_not_see_it(evening, cast):
    rosa = User.objects.create_user("rosa", "x", name="Rosa Lind", role=Role.AGENT, team=cast.tom.team)
    put_on(cast.priya.team, Planned(cast.priya, TODAY, "00:00-24:00"), by=cast.ada, now=evening.now)
    assert takers(evening.case, cast.tom, evening.now) == [cast.ines]
    for who in (rosa, cast.priya, cast.sam, cast.tom):
        with pytest.raises(NotPossible):
            hand_over_now([evening.case], who, "", by=cast.tom, now=evening.now)
    assert not HandOver.objects.exists()


def test_nobody_hands_over_what_is_not_theirs_or_nothing(evening, cast):
    with pytest.raises(NotAllowed):
        hand_over_now([evening.case], cast.ines, "", by=cast.ada, now=evening.now)
    with pytest.raises(Incomplete):
        hand_over_now([], cast.ines, "", by=cast.tom, now=evening.now)


def test_the_summary_is_made_from_records_and_the_customer_is_told_nothing(evening, cast):
    letters = Message.objects.filter(outgoing=True).count()
    told = summary_of(evening.case, evening.now)
    assert told.wrong == tuple(one.summary for one in evening.issues)
    assert told.unanswered_since is not None
    assert told.next_step
    (asked,) = hand_over_now([evening.case], cast.ines, "A note", by=cast.tom, now=evening.now)
    answer_hand_over(asked, True, by=cast.ines, now=evening.now)
    assert Message.objects.filter(outgoing=True).count() == letters
    assert not Message.objects.filter(text__contains="A note").exists()


def test_a_promise_stands_in_the_summary_with_its_time(recovery, cast):
    one = recovery()
    one.person_first()
    acceptance = one.accept(one.offer())
    ((words, due),) = summary_of(one.case, one.now).promised
    promise = acceptance.promise
    assert (words, due) == (promise.words, promise.due_at)
