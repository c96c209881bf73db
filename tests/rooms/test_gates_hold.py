"""What closing, carrying out and refusing still ask for when another case beside it has everything."""

from datetime import timedelta

import pytest

from amends.cases.closure import Exemption, close, open_again, reopen
from amends.cases.errors import AlreadyDone, GateClosed, Incomplete, NotPossible
from amends.cases.hear import Heard, hear
from amends.cases.issue import Wish
from amends.cases.outbox import OutboxEntry
from amends.cases.reply import mark_answered
from amends.cases.standing import Standing
from amends.cases.withdraw import withdraw
from amends.method.gates import Gate
from amends.recovery.answer import Promised, answer
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.errors import BeyondAuthority
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.remedy import Remedy
from tests.conftest import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(recovery, cast):
    """A case beside the one that matters: all is done in it, something was refused, and it is closed."""
    other = recovery(mail(message_id="<done@post.example>", sender="Jo Bell <jo@post.example>"))
    other.person_first()
    other.deliver(other.accept(other.offer()))
    other.prevent()
    other.decide(other.issues[0])
    refuse(other.issues[0], "On time.", "The ombudsman.", by=cast.tom, now=other.now)
    close(other.case, by=cast.tom, now=other.now)
    return other


@pytest.fixture
def one(done, recovery):
    return recovery()


def kinds(case):
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def whole(one):
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    return one


def test_a_case_closes_whatever_became_of_another(one, cast):
    whole(one)
    closed = close(one.case, by=cast.tom, now=one.now, words=" All right. ")
    assert (closed.case, closed.words) == (one.case, "All right.")
    assert kinds(one.case)[-1] == "case_closed"


def test_a_decision_about_conduct_holds_up_its_own_case_and_no_other(one, recovery, cast):
    third = recovery(mail(message_id="<third@post.example>", sender="Al Reed <al@post.example>"))
    third.person_first()
    third.decide(third.issues[0], "conduct", "not_upheld")
    close(whole(one).case, by=cast.tom, now=one.now)
    with pytest.raises(NotPossible, match="a second person"):
        close(third.case, by=cast.ines, now=one.now, exception="Enough")


def test_a_case_without_an_issue_closes_with_a_sentence(one, cast):
    for issue in one.issues:
        withdraw(issue, "A question, no complaint", wish=Wish.TEAM, by=cast.tom, now=one.now)
    for message in one.case.messages.all():
        mark_answered(message, by=cast.tom, now=one.now)
    for silence in ("", " \n"):
        with pytest.raises(Incomplete) as asked:
            close(one.case, by=cast.tom, now=one.now, words=silence)
        assert asked.value.field == "words"
    assert close(one.case, by=cast.tom, now=one.now, words="She only asked.").words == "She only asked."


def test_what_was_passed_by_exception_stands_in_the_ledger_in_plain_words(one, cast):
    one.person_first()
    close(one.case, by=cast.ines, now=one.now, exception="  She rang: all is well. ")
    assert Exemption.objects.get(case=one.case).reason == "She rang: all is well."
    passed = one.case.events.get(kind="gate_passed")
    assert passed.data["gate"] == "closing"
    assert {row["step"] for row in passed.data["missing"]} == {"deliver", "prevent"}


def test_only_a_closed_case_is_opened_again_and_its_ledger_says_so_once(one, cast):
    with pytest.raises(NotPossible, match="This case is open"):
        reopen(one.case, by=cast.tom, now=one.now, reason="Again")
    assert not open_again(one.case, cast.tom, one.now)
    assert "case_reopened" not in kinds(one.case)
    close(whole(one).case, by=cast.tom, now=one.now)
    reopen(one.case, by=cast.tom, now=one.now, reason="It bounced")
    assert kinds(one.case).count("case_reopened") == 1


def test_what_went_wrong_is_changed_in_an_open_case_only(one, done, cast):
    one.hear("It came late")
    assert one.issues
    with pytest.raises(NotPossible, match="This case is closed"):
        hear(done.case, [Heard(None, "More", "delivery")], by=cast.tom, now=one.now)


@pytest.mark.parametrize("proof", ["", " \n"])
def test_nothing_is_carried_out_without_proof(one, cast, proof):
    one.person_first()
    agreed = one.accept(one.offer())
    issues = frozenset(issue.pk for issue in one.issues)
    with pytest.raises(Incomplete) as asked:
        deliver_option(agreed.option, proof, by=cast.tom, now=one.now)
    assert asked.value.field == "proof"
    with pytest.raises(Incomplete) as asked:
        deliver_entitlement(
            one.case, Remedy.objects.get(key="overcharge"), issues, 100, proof, by=cast.tom, now=one.now
        )
    assert asked.value.field == "proof"
    assert not one.case.fulfilments.exists()


def test_what_is_carried_out_stands_in_the_case_with_its_proof(one, cast):
    one.person_first()
    agreed = one.accept(one.offer())
    made = deliver_option(agreed.option, " Booking 7 ", by=cast.tom, now=one.now)
    assert (made.case, made.proof, made.acceptance) == (one.case, "Booking 7", agreed)
    assert "remedy_delivered" in kinds(one.case)
    assert Standing.objects.get(case=one.case).next_step != "deliver"


def test_only_the_option_that_was_chosen_is_carried_out(one, cast):
    one.person_first()
    offer = one.offer()
    with pytest.raises(GateClosed) as shut:
        deliver_option(offer.options.last(), "Booking 7", by=cast.tom, now=one.now)
    assert shut.value.gate is Gate.DELIVERY
    one.accept(offer)
    with pytest.raises(NotPossible, match="chose another option"):
        deliver_option(offer.options.last(), "Booking 7", by=cast.tom, now=one.now)
    assert not one.case.fulfilments.exists()


def owed(one, cast, remedy="overcharge", cents=100, issues=None, by=None):
    chosen = Remedy.objects.get(key=remedy)
    numbers = frozenset(issue.pk for issue in one.issues) if issues is None else frozenset(issues)
    return deliver_entitlement(one.case, chosen, numbers, cents, " Booking 8 ", by=by or cast.tom, now=one.now)


def test_what_policy_owes_is_owed_for_open_issues_of_this_case(one, done, cast):
    one.hear("Charged twice")
    theirs = done.case.issues.first().pk
    for issues in ((), (theirs,), (one.issues[0].pk, theirs)):
        with pytest.raises(Incomplete) as asked:
            owed(one, cast, issues=issues)
        assert asked.value.field == "issues"
    made = owed(one, cast, cents=1)
    assert (made.title, made.amount_cents, made.proof) == ("Refund of an overcharge", 1, "Booking 8")


def test_what_policy_owes_needs_its_amount_where_it_has_one(one, cast):
    Remedy.objects.create(key="pickup", kind="collection", name="We collect it", entitlement=True, currency="USD")
    one.hear("Charged twice")
    with pytest.raises(Incomplete) as asked:
        owed(one, cast, cents=0)
    assert asked.value.field == "amount"
    made = owed(one, cast, remedy="pickup", cents=0)
    assert (made.amount_cents, made.currency) == (0, "USD")


def test_what_policy_owes_stays_within_authority_by_its_sum_or_by_what_it_costs_us(one, cast):
    Remedy.objects.create(key="swap", kind="refund", name="Another one", entitlement=True, cost_cents=10**8)
    one.hear("Charged twice")
    for remedy, cents in (("overcharge", 10**8), ("swap", 0)):
        with pytest.raises(BeyondAuthority):
            owed(one, cast, remedy=remedy, cents=cents)
    assert not one.case.fulfilments.exists()


def test_what_policy_owes_keeps_no_promise_of_a_letter(one, cast):
    due, text = one.now + timedelta(days=2), "I will call you within two days."
    answer(one.case, text, (), (Promised("call you", due, cast.tom, text),), by=cast.tom, now=one.now)
    one.hear("Charged twice")
    owed(one, cast)
    assert one.case.promises.get().kept_at is None


def refused(one, cast, reasons="On time.", recourse="The ombudsman.", by=None, **more):
    return refuse(one.issues[0], reasons, recourse, by=by or cast.tom, now=one.now, **more)


def test_nobody_is_refused_before_they_were_heard_and_apologised_to(one, cast):
    one.hear("It came late")
    one.decide(one.issues[0])
    with pytest.raises(GateClosed) as shut:
        refused(one, cast)
    assert shut.value.gate is Gate.OFFER
    assert not Refusal.objects.filter(issue__case=one.case).exists()
    refused(one, cast, by=cast.ines, exception="She asked for it in writing today")
    assert Exemption.objects.get(case=one.case).gate == "offer"


@pytest.mark.parametrize(("empty", "field"), [("reasons", "reasons"), ("recourse", "recourse")])
def test_blanks_are_neither_reasons_nor_a_way_on(one, cast, empty, field):
    one.person_first()
    one.decide(one.issues[0])
    with pytest.raises(Incomplete) as asked:
        refused(one, cast, **{empty: " \n"})
    assert asked.value.field == field


def test_a_refusal_is_written_down_once_in_the_name_of_who_made_it(one, cast):
    one.person_first()
    first, *others = one.issues
    for issue in one.issues:
        one.decide(issue)
    for issue in others:
        refuse(issue, "Charged once.", "The ombudsman.", by=cast.tom, now=one.now)
    assert Standing.objects.get(case=one.case).next_step == "remedy"
    made = refused(one, cast, reasons=" On time. ", recourse=" The ombudsman. ")
    assert (made.issue, made.reasons, made.recourse) == (first, "On time.", "The ombudsman.")
    assert made.message.author == cast.tom
    assert kinds(one.case)[-1] == "remedy_refused"
    assert Standing.objects.get(case=one.case).next_step != "remedy"
    with pytest.raises(AlreadyDone):
        refused(one, cast)


def test_a_refusal_whose_letter_never_arrived_is_made_again(one, cast):
    one.person_first()
    one.decide(one.issues[0])
    OutboxEntry.objects.filter(message=refused(one, cast).message).update(failed_at=one.now)
    again = refused(one, cast, reasons="It was sent on time.")
    assert Refusal.objects.get(issue=one.issues[0]) == again
    assert again.reasons == "It was sent on time."


def test_the_other_case_is_as_it_was(one, done, cast):
    before = list(Fulfilment.objects.filter(case=done.case).values())
    one.person_first()
    one.deliver(one.accept(one.offer()))
    assert list(Fulfilment.objects.filter(case=done.case).values()) == before
