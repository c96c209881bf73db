"""The second stage under a code with two: another reviewer, and no reason asked."""

from datetime import UTC, datetime

import pytest

from amends.cases.assignment import Assignment, assign
from amends.cases.boundary import Rung
from amends.cases.case import Case
from amends.cases.conduct import set_boundary
from amends.cases.errors import Incomplete
from amends.cases.hear import Heard, hear
from amends.cases.name_subject import name_subject
from amends.cases.note import add_note
from amends.cases.reply import reply
from amends.cases.second_stage import SameReviewer
from amends.recovery.deliver import deliver_entitlement, refuse
from amends.recovery.escalate import escalate
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.remedy import Remedy
from amends.team.models import Team, User
from amends.team.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_stage(recovery, cast):
    """A case of a team under the ombudsman code, answered by Tom."""
    Team.objects.filter(name="Home").update(profile="uk_ombudsman")
    one = recovery()
    one.person_first()
    return one


def fresh(one) -> Case:
    return Case.objects.get(pk=one.case.pk)


def test_it_goes_to_a_lead_who_had_no_hand_in_the_first(first_stage, cast):
    assert escalate(fresh(first_stage), "Nobody calls", first_stage.now).to == cast.ines
    assert Assignment.objects.get().to == cast.ines


def test_a_lead_with_a_hand_in_the_first_is_passed_over(first_stage, cast):
    issue = first_stage.issues[0]
    hear(first_stage.case, [Heard(issue.pk, "Late again", "delivery")], by=cast.ines, now=first_stage.now)
    assert escalate(fresh(first_stage), "Nobody calls", first_stage.now).to == cast.ada


def test_when_nobody_is_left_it_waits_with_nobody_and_not_with_the_first(first_stage, cast):
    User.objects.exclude(pk=cast.tom.pk).update(is_active=False)
    assert Assignment.objects.get().to == cast.tom
    assert escalate(fresh(first_stage), "Nobody calls", first_stage.now).to is None
    assert not Assignment.objects.exists()


def test_somebody_of_the_first_stage_may_not_have_the_second(first_stage, cast):
    escalate(fresh(first_stage), "Nobody calls", first_stage.now)
    with pytest.raises(SameReviewer) as refusal:
        assign(fresh(first_stage), to=cast.tom, by=cast.ines, now=first_stage.now)
    assert str(refusal.value) == (
        "Tom Becker worked on the first stage of this complaint, so somebody else looks at the second. Ada Lind could."
    )
    assert Assignment.objects.get().to == cast.ines


def test_nor_answer_it_or_offer_anything(first_stage, cast):
    escalate(fresh(first_stage), "Nobody calls", first_stage.now)
    letters = first_stage.case.messages.count()
    with pytest.raises(SameReviewer):
        reply(fresh(first_stage), "A letter.", (), by=cast.tom, now=cast.clock.forward(minutes=1))
    first_stage.case = fresh(first_stage)
    with pytest.raises(SameReviewer):
        first_stage.offer(by=cast.tom)
    assert (first_stage.case.messages.count(), first_stage.case.offers.count()) == (letters, 0)
    reply(fresh(first_stage), "A letter.", (), by=cast.ines, now=cast.clock.forward(minutes=1))
    assert first_stage.case.messages.count() == letters + 1


def test_nor_refuse_or_give_what_policy_owes(first_stage, cast):
    issue = first_stage.issues[0]
    first_stage.decide(issue)
    escalate(fresh(first_stage), "Nobody calls", first_stage.now)
    overcharge, owed = Remedy.objects.get(key="overcharge"), frozenset({issue.pk})
    late = cast.clock.forward(minutes=1)
    with pytest.raises(SameReviewer):
        refuse(issue, "The scans say so.", "The ombudsman.", by=cast.tom, now=late)
    with pytest.raises(SameReviewer):
        deliver_entitlement(fresh(first_stage), overcharge, owed, 1000, "Booking 1", by=cast.tom, now=late)
    assert (Refusal.objects.count(), Fulfilment.objects.count()) == (0, 0)
    deliver_entitlement(fresh(first_stage), overcharge, owed, 1000, "Booking 1", by=cast.ines, now=late)
    assert refuse(issue, "The scans say so.", "The ombudsman.", by=cast.ines, now=late).by == cast.ines


def test_what_the_customer_agreed_to_is_carried_out_by_anybody(first_stage, cast):
    escalate(fresh(first_stage), "Nobody calls", first_stage.now)
    first_stage.case = fresh(first_stage)
    acceptance = first_stage.accept(first_stage.offer(by=cast.ines))
    assert first_stage.deliver(acceptance).by == cast.tom


def test_a_note_is_no_hand_in_it(first_stage, cast):
    rita = User.objects.create_user("rita", "x", name="Rita Sand", role=Role.AGENT, team=cast.tom.team)
    add_note(first_stage.case, "I know this customer.", by=rita, now=first_stage.now)
    escalate(fresh(first_stage), "Nobody calls", first_stage.now)
    assign(fresh(first_stage), to=rita, by=cast.ines, now=first_stage.now)
    assert Assignment.objects.get().to == rita


def test_the_reviewer_of_the_second_stage_may_give_it_away_and_take_it_back(first_stage, cast):
    escalate(fresh(first_stage), "Nobody calls", first_stage.now)
    reply(fresh(first_stage), "A letter.", (), by=cast.ines, now=cast.clock.forward(minutes=1))
    for person in (cast.ada, cast.ines):
        assign(fresh(first_stage), to=person, by=cast.ines, now=cast.clock.forward(minutes=1))
    assert Assignment.objects.get().to == cast.ines


def lead_with_a_hand_in_both(one):
    """Ines heard the case at its first stage, and the customer wants to go higher."""
    issue = one.issues[0]
    hear(one.case, [Heard(issue.pk, "Late again", "delivery")], by=one.cast.ines, now=one.now)
    escalate(fresh(one), "Nobody calls", one.now)


@pytest.mark.parametrize("who", ["tom", "ines"])
def test_after_a_threat_it_goes_to_somebody_fresh_as_well(first_stage, cast, who):
    lead_with_a_hand_in_both(first_stage)
    Assignment.objects.all().delete()
    person = cast.people[who]
    set_boundary(fresh(first_stage), Rung.THREAT, "“I know where you live”, 14:02", by=person, now=first_stage.now)
    assert Assignment.objects.get().to == cast.ada


def test_when_the_complaint_is_about_the_reviewer_their_heir_is_fresh_too(first_stage, cast):
    lead_with_a_hand_in_both(first_stage)
    assert Assignment.objects.get().to == cast.ada
    name_subject(fresh(first_stage), cast.ada, by=cast.ada, now=first_stage.now)
    assert not Assignment.objects.exists()
    rita = User.objects.create_user("rita", "x", name="Rita Sand", role=Role.ADMIN, team=cast.tom.team)
    assign(fresh(first_stage), to=rita, by=cast.ines, now=first_stage.now)
    carl = User.objects.create_user("carl", "x", name="Carl Moor", role=Role.LEAD, team=cast.tom.team)
    name_subject(fresh(first_stage), rita, by=rita, now=first_stage.now)
    assert Assignment.objects.get().to == carl


def test_under_two_stages_no_reason_is_asked(first_stage):
    assert escalate(fresh(first_stage), "", first_stage.now).reason == ""


def test_under_the_own_policy_a_reason_is_asked_and_anybody_may_look(recovery, cast):
    one = recovery()
    one.person_first()
    with pytest.raises(Incomplete):
        escalate(fresh(one), " ", one.now)
    escalate(fresh(one), "Nobody calls", one.now)
    assign(fresh(one), to=cast.tom, by=cast.ines, now=datetime.now(UTC))
    assert Assignment.objects.get().to == cast.tom
