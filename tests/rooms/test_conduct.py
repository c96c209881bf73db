"""When it becomes too much: rungs in order, a second person for the later ones, and a complaint that goes on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.assignment import Assignment
from amends.cases.boundary import Boundary, BoundaryReview, Rung
from amends.cases.closure import close
from amends.cases.conduct import set_boundary
from amends.cases.customer_writes import customer_writes
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.limits import limit_contact, limits_of
from amends.cases.name_subject import name_subject
from amends.cases.review_boundary import review_boundary
from amends.recovery.escalate import escalate
from amends.team.models import User
from amends.team.permissions import Role

pytestmark = pytest.mark.django_db

WHAT = "On the phone at ten: called Tom an idiot, twice."
LIMITS = ("Forty calls in three days", "Asked about illness; none named", "One letter a week, answered by Ines")


@pytest.fixture
def one(recovery):
    return recovery()


@pytest.fixture
def rung(one):
    def go(step: str, words: str = WHAT, *, by=None, letter: str = "We will write to you by Friday."):
        who = by or one.cast.tom
        return set_boundary(one.case, Rung(step), words, by=who, now=one.cast.clock.forward(minutes=1), letter=letter)

    return go


@pytest.fixture
def noor(cast):
    return User.objects.create_user("noor", "x", name="Noor Haddad", role=Role.LEAD, team=cast.ines.team)


def test_the_ladder_is_climbed_rung_by_rung(rung):
    for step, sentence in (("second", "First ask to start again"), ("ended", "First say twice where the line is")):
        with pytest.raises(NotPossible, match=sentence):
            rung(step)
    rung("first")
    with pytest.raises(AlreadyDone, match="Go on to the next step"):
        rung("first")
    with pytest.raises(NotPossible, match="First say twice"):
        rung("ended")
    rung("second")
    rung("ended")
    assert list(Boundary.objects.values_list("step", flat=True)) == ["first", "second", "ended"]


def test_an_agent_ends_contact_alone_writes_the_next_step_and_a_lead_looks_within_a_day(one, rung, cast):
    rung("first")
    rung("second")
    with pytest.raises(Incomplete, match="the customer is owed that in a letter"):
        rung("ended", letter=" ")
    made = rung("ended")
    assert made.review_due_at - made.at == timedelta(hours=24)
    letter = one.case.messages.filter(outgoing=True).last()
    assert (letter.author, letter.text) == (cast.tom, "We will write to you by Friday.")
    with pytest.raises(NotAllowed, match="A lead or an administrator"):
        review_boundary(made, "Fine", agreed=True, by=cast.tom, now=one.now)
    review_boundary(made, "I heard the recording", agreed=True, by=cast.ines, now=one.now)
    with pytest.raises(AlreadyDone):
        review_boundary(made, "Again", agreed=True, by=cast.ada, now=one.now)


def test_a_threat_puts_a_lead_in_front_at_once(one, rung, cast):
    made = rung("threat", "He said he would come by with a knife.")
    assert made.review_due_at == made.at
    assert Assignment.objects.get(case=one.case).to == cast.ines
    rung("threat", "He said it again.")
    assert Boundary.objects.filter(step="threat").count() == 2


def test_a_lead_keeps_the_threat_and_it_never_goes_to_somebody_it_is_about(one, rung, cast, noor):
    rung("threat", by=noor)
    assert Assignment.objects.get(case=one.case).to == noor
    name_subject(one.case, cast.ines, by=cast.ines, now=one.now)
    Assignment.objects.all().delete()
    rung("threat")
    assert Assignment.objects.get(case=one.case).to == noor
    name_subject(one.case, noor, by=noor, now=one.now)
    Assignment.objects.all().delete()
    rung("threat")
    assert Assignment.objects.get(case=one.case).to == cast.ada


def test_with_no_lead_at_all_a_threat_says_whom_to_look_after_first(one, rung, cast):
    User.objects.filter(role__in=["lead", "admin"]).update(is_active=False)
    with pytest.raises(NotPossible, match="look after your safety first"):
        rung("threat")
    assert not Boundary.objects.exists()


@pytest.mark.parametrize("step", ["first", "threat"])
def test_a_boundary_says_what_happened(rung, step):
    with pytest.raises(Incomplete, match="Write down what happened"):
        rung(step, "  ")


def test_limits_have_a_form_of_their_own(rung):
    with pytest.raises(NotPossible, match="a form of their own"):
        rung("limits")


def limit(one, by, *words):
    return limit_contact(one.case, *(words or LIMITS), by=by, now=one.cast.clock.forward(minutes=1))


@pytest.mark.parametrize(("empty", "field"), [(0, "reasons"), (1, "adjustments"), (2, "ways")])
def test_limits_give_reasons_adjustments_and_what_stays_open(one, cast, empty, field):
    words = [" " if number == empty else text for number, text in enumerate(LIMITS)]
    with pytest.raises(Incomplete) as refused:
        limit(one, cast.ines, *words)
    assert refused.value.field == field


def test_limits_begin_only_when_another_agrees_and_the_customer_reads_why(one, cast, noor):
    with pytest.raises(NotAllowed, match="sets limits to contact"):
        limit(one, cast.tom)
    made = limit(one, cast.ines)
    assert limits_of(one.case, one.now) is None
    with pytest.raises(AlreadyDone, match="wait for a second person"):
        limit(one, noor)
    with pytest.raises(NotAllowed, match="You set this boundary"):
        review_boundary(made, "Right", agreed=True, by=cast.ines, now=one.now)
    letters = one.case.messages.filter(outgoing=True).count()
    review_boundary(made, "I read the calls", agreed=True, by=noor, now=one.now)
    assert limits_of(one.case, one.now) == made
    assert one.case.messages.filter(outgoing=True).count() == letters + 1
    text = one.case.messages.filter(outgoing=True).last().text
    for words in (LIMITS[0], LIMITS[2], "regulator", "safety", f"{made.review_due_at:%-d %B %Y}"):
        assert words in text
    with pytest.raises(AlreadyDone, match="Limits hold already"):
        limit(one, cast.ines)


def test_reasons_of_several_paragraphs_reach_the_customer_whole(one, cast):
    made = limit(one, cast.ines, "Calls: forty.\n\nAnd letters: nine.", LIMITS[1], "Write: once a week.\n\n\nTo Ines.")
    review_boundary(made, "Read", agreed=True, by=cast.ada, now=one.now)
    text = one.case.messages.filter(outgoing=True).last().text
    assert "Why we do this: Calls: forty.\nAnd letters: nine." in text
    assert "What stays open to you: Write: once a week.\nTo Ines." in text


def test_limits_not_agreed_with_never_begin_and_no_letter_leaves(one, cast):
    made = limit(one, cast.ines)
    letters = one.case.messages.filter(outgoing=True).count()
    review_boundary(made, "She is grieving", agreed=False, by=cast.ada, now=one.now)
    assert limits_of(one.case, one.now) is None
    assert one.case.messages.filter(outgoing=True).count() == letters
    limit(one, cast.ines)


def test_limits_end_by_themselves(one, cast):
    made = limit(one, cast.ines)
    review_boundary(made, "Read", agreed=True, by=cast.ada, now=one.now)
    assert (made.review_due_at - made.at).days == 90
    assert limits_of(one.case, made.review_due_at - timedelta(seconds=1)) == made
    assert limits_of(one.case, made.review_due_at) is None
    one.cast.clock.now = made.review_due_at
    limit(one, cast.ines)


def test_first_steps_need_nobody_else(one, rung, cast):
    with pytest.raises(NotPossible, match="needs nobody else"):
        review_boundary(rung("first"), "Fine", agreed=True, by=cast.ines, now=one.now)


def test_the_complaint_goes_on_whatever_boundary_stands(one, rung, cast):
    for step in ("first", "second", "ended", "threat"):
        rung(step)
    review_boundary(limit(one, cast.ines), "Read", agreed=True, by=cast.ada, now=one.now)
    customer_writes(one.case, "I am sorry I shouted. The parcel is still late.", one.now)
    escalate(one.case, "I want somebody else to look", one.now)
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=cast.tom, now=one.now)


def test_the_database_itself_refuses_a_review_by_the_one_who_set_it(one, cast):
    made = limit(one, cast.ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        BoundaryReview.objects.create(
            boundary=made, setter=cast.ines, by=cast.ines, at=one.now, agreed=True, words="Mine"
        )
