"""The person a complaint is about never handles it: every verb, each person, and nothing is left half done."""

from datetime import timedelta

import pytest

from amends.cases.assignment import Assignment, assign, snooze, unassign
from amends.cases.boundary import Rung
from amends.cases.closure import close, reopen
from amends.cases.conduct import set_boundary
from amends.cases.conflict import check_hands, handlers, somebody_else
from amends.cases.decide import decide, review_decision
from amends.cases.decision import Fault, Outcome
from amends.cases.errors import AlreadyDone, ConflictOfInterest, NotAllowed, NotPossible
from amends.cases.event import Event
from amends.cases.hear import Heard, hear
from amends.cases.issue import Wish
from amends.cases.limits import limit_contact
from amends.cases.merge import merge, unmerge
from amends.cases.name_subject import clear_subject, name_subject
from amends.cases.note import add_note
from amends.cases.reply import mark_answered, reply, undo
from amends.cases.review_boundary import review_boundary
from amends.cases.split import Part, split
from amends.cases.withdraw import put_back, withdraw
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import accept, decline
from amends.recovery.answer import Promised, answer
from amends.recovery.approve import decide_approval
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.escalate import escalate
from amends.recovery.failed_delivery import delivery_failed
from amends.recovery.follow_up import follow_up
from amends.recovery.keep import keep_promise, release, renegotiate
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Via
from amends.recovery.remedy import Remedy
from amends.recovery.sample import SpotCheck
from amends.recovery.spot_check import look_at
from amends.recovery.withdraw import withdraw as withdraw_offer
from amends.team.models import User
from amends.team.permissions import Role
from tests.conftest import mail
from tests.doors.conftest import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(cast):
    return User.objects.create_user("noor", "x", name="Noor Haddad", role=Role.LEAD, team=cast.ines.team)


@pytest.fixture
def one(recovery):
    return recovery()


def ready(one, upto: str) -> None:
    """The case as far as a verb needs it, by people it is not about."""
    order = ["arrived", "heard", "said", "offered", "agreed", "delivered", "told", "closed"]
    done = order.index(upto)
    steps = [
        one.hear,
        lambda: one.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE),
        one.offer,
        lambda: one.accept(one.case.offers.get()),
        lambda: one.deliver(one.case.offers.get().acceptance),
        one.prevent,
        lambda: close(one.case, by=one.cast.tom, now=one.now),
    ]
    for step in steps[:done]:
        step()


def _conduct_decided(one):
    return one.decide(one.issues[0], "conduct", "not_upheld")


def _limits(one):
    return limit_contact(one.case, "Forty calls", "None named", "Letters", by=one.cast.ada, now=one.now)


def _merged(one):
    merge(one.issues[1], one.issues[0], by=one.cast.tom, now=one.now)


def _withdrawn(one):
    withdraw(one.issues[0], "Never mind", wish=Wish.CUSTOMER, by=one.cast.tom, now=one.now)


def _decided(one):
    one.decide(one.issues[0])


def promised(one):
    """Tom promised something that binds us."""
    due, text = one.now + timedelta(days=2), "I will call you within two days."
    answer(one.case, text, (), (Promised("call you", due, one.cast.tom, text),), by=one.cast.tom, now=one.now)


# each verb: as far as the case has to be, what else has to be there, and the verb by somebody
VERBS = {
    "hear": ("arrived", None, lambda one, by: hear(one.case, [Heard(None, "X", "delivery")], by=by, now=one.now)),
    "split": (
        "heard",
        None,
        lambda one, by: split(
            one.issues[0],
            [Part("A", "delivery", "nine days late"), Part("B", "delivery", "the birthday")],
            by=by,
            now=one.now,
        ),
    ),
    "merge": ("heard", None, lambda one, by: merge(one.issues[1], one.issues[0], by=by, now=one.now)),
    "unmerge": (
        "heard",
        _merged,
        lambda one, by: unmerge(one.case.issues.get(merger__isnull=False), by=by, now=one.now),
    ),
    "withdraw": (
        "heard",
        None,
        lambda one, by: withdraw(one.issues[0], "Never mind", wish=Wish.CUSTOMER, by=by, now=one.now),
    ),
    "put_back": (
        "heard",
        _withdrawn,
        lambda one, by: put_back(one.case.issues.get(withdrawal__isnull=False), by=by, now=one.now),
    ),
    "decide": (
        "heard",
        None,
        lambda one, by: decide(one.issues[0], Fault.NONE, Outcome.NOT_UPHELD, "Scans", by=by, now=one.now),
    ),
    "review_decision": (
        "heard",
        _conduct_decided,
        lambda one, by: review_decision(one.issues[0].decisions.get(), "Read", agreed=True, by=by, now=one.now),
    ),
    "reply": ("arrived", None, lambda one, by: reply(one.case, "Dear Maria", (), by=by, now=one.now)),
    "undo": (
        "arrived",
        lambda one: one.say(issues=[]),
        lambda one, by: undo(one.case.messages.filter(author__isnull=False).last(), by=by, now=one.now),
    ),
    "mark_answered": (
        "arrived",
        None,
        lambda one, by: mark_answered(one.case.messages.filter(outgoing=False).first(), by=by, now=one.now),
    ),
    "snooze": (
        "arrived",
        None,
        lambda one, by: snooze(one.case, until=one.now + timedelta(days=1), reason="Parcel", by=by, now=one.now),
    ),
    "assign": ("arrived", None, lambda one, by: assign(one.case, to=one.cast.tom, by=by, now=one.now)),
    "make_offer": ("said", None, lambda one, by: make_offer(one.case, one.draft(cents=100), by=by, now=one.now)),
    "withdraw_offer": (
        "offered",
        None,
        lambda one, by: withdraw_offer(one.case.offers.get(), "Better one", by=by, now=one.now),
    ),
    "accept for them": (
        "offered",
        None,
        lambda one, by: accept(
            one.case.offers.get().options.first(),
            via=Via.PHONE,
            words="Yes",
            now=one.now,
            noted_by=by,
            was_read_back=True,
        ),
    ),
    "decline for them": (
        "offered",
        None,
        lambda one, by: decline(one.case.offers.get(), "No", via=Via.EMAIL, now=one.now, noted_by=by),
    ),
    "deliver_option": (
        "agreed",
        None,
        lambda one, by: deliver_option(one.case.offers.get().acceptance.option, "Booking 1", by=by, now=one.now),
    ),
    "deliver_entitlement": (
        "heard",
        None,
        lambda one, by: deliver_entitlement(
            one.case,
            Remedy.objects.get(key="overcharge"),
            frozenset({one.issues[0].pk}),
            100,
            "Booking 1",
            by=by,
            now=one.now,
        ),
    ),
    "refuse": ("said", _decided, lambda one, by: refuse(one.issues[0], "No", "The mediator", by=by, now=one.now)),
    "follow_up": (
        "delivered",
        None,
        lambda one, by: follow_up(one.case, still_right=True, words="Fine", by=by, now=one.now),
    ),
    "attribute": ("heard", None, lambda one, by: attribute(one.issues[0], Cause.objects.get(), by=by, now=one.now)),
    "close": ("told", None, lambda one, by: close(one.case, by=by, now=one.now)),
    "reopen": ("closed", None, lambda one, by: reopen(one.case, by=by, now=one.now, reason="Again")),
    "set_boundary": (
        "arrived",
        None,
        lambda one, by: set_boundary(one.case, Rung.FIRST, "Insulted Tom", by=by, now=one.now),
    ),
    "limit_contact": (
        "arrived",
        None,
        lambda one, by: limit_contact(one.case, "Forty calls", "None named", "Letters", by=by, now=one.now),
    ),
    "review_boundary": (
        "arrived",
        _limits,
        lambda one, by: review_boundary(one.case.boundaries.get(), "Read", agreed=True, by=by, now=one.now),
    ),
    "ask_approval": ("said", None, lambda one, by: one.ask(by=by, cents=60000)),
    "decide_approval": (
        "heard",
        lambda one: one.ask(cents=20000),
        lambda one, by: decide_approval(one.case.approval_requests.get(), granted=True, words="", by=by, now=one.now),
    ),
    "keep_promise": (
        "arrived",
        promised,
        lambda one, by: keep_promise(one.case.promises.get(), "Rang her", by=by, now=one.now),
    ),
    "renegotiate": (
        "arrived",
        promised,
        lambda one, by: renegotiate(
            one.case.promises.get(), one.now + timedelta(days=3), "Later is fine", Via.PHONE, by=by, now=one.now
        ),
    ),
    "release": (
        "arrived",
        promised,
        lambda one, by: release(one.case.promises.get(), "Never mind", Via.PHONE, by=by, now=one.now),
    ),
    "delivery_failed": (
        "delivered",
        None,
        lambda one, by: delivery_failed(one.case.fulfilments.get(), "It bounced", by=by, now=one.now),
    ),
    "look_at": (
        "delivered",
        lambda one: SpotCheck.objects.create(fulfilment=one.case.fulfilments.get(), picked_at=one.now),
        lambda one, by: look_at(SpotCheck.objects.get(), fair=True, words="", by=by, now=one.now),
    ),
    "name another": ("arrived", None, lambda one, by: name_subject(one.case, one.cast.sam, by=by, now=one.now)),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["noor", "ines"])
def test_every_verb_refuses_the_person_it_is_about_and_nobody_else(one, cast, noor, verb, who):
    """Two leads, who may do everything: the complaint is about Ines, and she may do none of it; Noor may."""
    upto, prepare, act = VERBS[verb]
    ready(one, upto)
    if prepare:
        prepare(one)
    name_subject(one.case, cast.ines, by=noor, now=one.now)
    if who == "noor":
        act(one, noor)
        assert Event.objects.latest("seq").actor in (f"user:{noor.pk}", "system")
        return
    before = everything()
    with pytest.raises(ConflictOfInterest, match=r"^This complaint is about you\. (Noor|Tom) has it\.$"):
        act(one, cast.ines)
    assert everything() == before


def test_an_offer_of_somebody_it_is_about_is_not_granted_and_can_be_declined(one, cast):
    ready(one, "said")
    asked = one.ask(cents=20000)
    name_subject(one.case, cast.tom, by=cast.tom, now=one.now)
    with pytest.raises(NotPossible, match="This complaint is about Tom Becker"):
        decide_approval(asked, granted=True, words="", by=cast.ines, now=one.now)
    decide_approval(asked, granted=False, words="I make one of my own.", by=cast.ines, now=one.now)
    assert not one.case.offers.exists()


def test_an_agent_and_an_administrator_are_refused_alike(one, cast):
    for person in (cast.tom, cast.ada):
        name_subject(one.case, person, by=person, now=one.now)
        with pytest.raises(ConflictOfInterest, match="Ines has it"):
            reply(one.case, "Dear Maria", (), by=person, now=one.now)


def test_their_own_word_to_the_team_stays_open_to_them(one, cast):
    name_subject(one.case, cast.tom, by=cast.tom, now=one.now)
    add_note(one.case, "What I remember of the call.", by=cast.tom, now=one.now)
    assert one.case.notes.count() == 1


def test_customers_and_machines_are_never_in_conflict(one, cast):
    name_subject(one.case, cast.tom, by=cast.tom, now=one.now)
    check_hands(one.case, "customer:1")
    check_hands(one.case, None)
    check_hands(one.case, cast.ines)


def test_naming_takes_the_case_from_them_and_gives_it_to_a_lead(one, cast):
    assign(one.case, to=cast.tom, by=cast.ines, now=one.now)
    name_subject(one.case, cast.tom, by=cast.ines, now=one.now)
    assert Assignment.objects.get().to == cast.ines
    with pytest.raises(AlreadyDone):
        name_subject(one.case, cast.tom, by=cast.ines, now=one.now)
    with pytest.raises(NotPossible, match="This complaint is about Tom Becker"):
        assign(one.case, to=cast.tom, by=cast.ines, now=one.now)


def test_leads_above_all_it_goes_on_to_somebody_not_named(one, cast, noor):
    assign(one.case, to=cast.ines, by=cast.ines, now=one.now)
    name_subject(one.case, cast.ines, by=cast.ines, now=one.now)
    assert Assignment.objects.get().to == noor
    name_subject(one.case, noor, by=noor, now=one.now)
    assert Assignment.objects.get().to == cast.ada
    name_subject(one.case, cast.ada, by=cast.ada, now=one.now)
    assert not Assignment.objects.exists()
    assert somebody_else(one.case) is None
    with pytest.raises(ConflictOfInterest, match="Ask a lead whom it is not about"):
        reply(one.case, "Dear Maria", (), by=cast.ines, now=one.now)


def test_somebody_else_keeps_a_case_that_is_about_another(one, cast):
    assign(one.case, to=cast.tom, by=cast.ines, now=one.now)
    name_subject(one.case, cast.ines, by=cast.ada, now=one.now)
    assert Assignment.objects.get().to == cast.tom


def test_going_higher_never_reaches_the_person_it_is_about(one, cast, noor):
    name_subject(one.case, cast.ines, by=cast.ines, now=one.now)
    unassign(one.case, by=noor, now=one.now)
    assert escalate(one.case, "Somebody else, please", one.now).to == noor


def test_an_agent_speaks_only_of_themselves(one, cast):
    with pytest.raises(NotAllowed, match="You can say it of yourself"):
        name_subject(one.case, cast.ines, by=cast.tom, now=one.now)


def test_it_is_taken_back_by_a_lead_and_not_by_the_person(one, cast, noor):
    name_subject(one.case, cast.ines, by=cast.ines, now=one.now)
    with pytest.raises(ConflictOfInterest):
        clear_subject(one.case, cast.ines, by=cast.ines, now=one.now)
    with pytest.raises(NotAllowed):
        clear_subject(one.case, cast.ines, by=cast.tom, now=one.now)
    clear_subject(one.case, cast.ines, by=noor, now=one.now)
    reply(one.case, "Dear Maria", (), by=cast.ines, now=one.now)
    with pytest.raises(NotPossible, match="Nobody said"):
        clear_subject(one.case, cast.ines, by=noor, now=one.now)


def test_who_handled_a_case(one, cast, noor):
    ready(one, "said")
    assert handlers(one.case) == {cast.tom.pk}
    one.decide(one.issues[0], by=cast.ines)
    refuse(one.issues[0], "No", "The mediator", by=noor, now=one.now)
    add_note(one.case, "I only read it", by=cast.ada, now=one.now)
    assert handlers(one.case) == {cast.tom.pk, cast.ines.pk, noor.pk}


def test_a_case_goes_on_to_a_lead_of_its_own_team_who_works_here(one, cast, noor):
    User.objects.create_user("abe", "x", name="Abe Fox", role=Role.LEAD, team=cast.priya.team)
    for gone in (cast.ines, noor):
        gone.is_active = False
        gone.save()
    assert somebody_else(one.case) == cast.ada
    noor.is_active = True
    noor.save()
    assert somebody_else(one.case) == noor


def test_what_is_said_of_one_case_is_said_of_no_other(one, recovery, cast, noor):
    other = recovery(mail(message_id="<other@post.example>", sender="Jo Bell <jo@post.example>"))
    ready(other, "said")
    assert handlers(one.case) == frozenset()
    name_subject(other.case, noor, by=cast.ines, now=one.now)
    assign(one.case, to=noor, by=noor, now=one.now)
    name_subject(one.case, cast.tom, by=cast.ines, now=one.now)
    with pytest.raises(ConflictOfInterest, match=r"Noor has it\.$"):
        reply(one.case, "Dear Maria", (), by=cast.tom, now=one.now)
