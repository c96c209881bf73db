"""Who has a case, and cases that rest until a day."""

from datetime import timedelta

import pytest

from amends.cases.assignment import Assignment, Snooze, assign, snooze, unassign
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.standing import Standing
from amends.recovery.escalate import escalate
from tests.conftest import mail

pytestmark = pytest.mark.django_db


def row() -> Standing:
    return Standing.objects.get()


def test_a_case_is_given_and_put_back(cast):
    case = cast.case()
    assert row().assignee is None
    assign(case, to=cast.tom, by=cast.ines, now=cast.clock.now)
    assert row().assignee == cast.tom
    assign(case, to=cast.ines, by=cast.tom, now=cast.clock.now)
    assert Assignment.objects.get().to == cast.ines
    unassign(case, by=cast.tom, now=cast.clock.now)
    assert row().assignee is None
    unassign(case, by=cast.tom, now=cast.clock.now)
    kinds = list(case.events.filter(actor__startswith="user:").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["assigned", "assigned", "unassigned"]


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_nobody_gets_a_case_they_cannot_work_on(cast, who):
    case = cast.case()
    with pytest.raises(NotPossible, match=r"cannot work on this case\. Choose somebody of the Home team"):
        assign(case, to=getattr(cast, who), by=cast.ines, now=cast.clock.now)
    assert not Assignment.objects.exists()


def test_somebody_who_left_gets_no_case(cast):
    case = cast.case()
    cast.tom.is_active = False
    cast.tom.save()
    with pytest.raises(NotPossible):
        assign(case, to=cast.tom, by=cast.ines, now=cast.clock.now)


def test_the_first_to_answer_has_the_case_and_keeps_it(recovery, cast):
    one = recovery()
    one.person_first()
    assert row().assignee == cast.tom
    one.offer(by=cast.ines)
    assert row().assignee == cast.tom


def test_a_case_rests_with_a_reason_until_its_time(recovery, cast):
    one = recovery()
    one.person_first()
    snooze(one.case, until=one.now + timedelta(days=1), reason=" The courier answers ", by=cast.tom, now=one.now)
    assert (row().attention, row().reason, Snooze.objects.get().reason) == (
        "waiting",
        "Put aside",
        "The courier answers",
    )


@pytest.mark.parametrize(
    ("hours", "reason", "sentence"),
    [(0, "Waiting", "time in the future"), (-1, "Waiting", "time in the future"), (1, " ", "what we are waiting for")],
)
def test_a_rest_needs_a_time_to_come_and_a_reason(recovery, cast, hours, reason, sentence):
    one = recovery()
    with pytest.raises(Incomplete, match=sentence):
        snooze(one.case, until=one.now + timedelta(hours=hours), reason=reason, by=cast.tom, now=one.now)
    assert not Snooze.objects.exists()


def test_a_customer_who_writes_ends_the_rest_in_the_queue_and_an_answer_ends_it_for_good(recovery, cast):
    one = recovery()
    one.person_first()
    snooze(one.case, until=one.now + timedelta(days=1), reason="Courier", by=cast.tom, now=one.now)
    cast.clock.forward(minutes=5)
    cast.write(mail("And now?", message_id="<two@post.example>", References="<one@post.example>"))
    assert (row().attention, row().reason) == ("to do", "Maria wrote")
    one.say(issues=[])
    assert not Snooze.objects.exists()
    assert row().attention == "to do"


def test_somebody_higher_up_gets_the_case_once(recovery, cast):
    one = recovery()
    one.person_first()
    with pytest.raises(Incomplete):
        escalate(one.case, " ", one.now)
    made = escalate(one.case, "Nobody listens", one.now)
    assert (made.to, row().assignee) == (cast.ines, cast.ines)
