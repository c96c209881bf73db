"""From a mail to a closed case through the domain's verbs, and each gate on the way."""

from datetime import timedelta

import pytest

from amends.cases.closure import Exemption, close, reopen
from amends.cases.errors import AlreadyDone, GateClosed, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of
from amends.cases.ledger import verify
from amends.cases.standing import Standing
from amends.method.gates import Gate
from amends.method.path import Attention, State, recovery_path
from amends.method.steps import Step
from amends.recovery.agree import accept, decline
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.errors import BeyondAuthority, OfferSettled
from amends.recovery.offer import Via
from amends.recovery.remedy import Remedy
from tests.conftest import mail

pytestmark = pytest.mark.django_db


def states(recovery):
    path = recovery_path(facts_of(recovery.case, recovery.now))
    return {one.step: one.state for one in path.steps}


def test_a_complaint_goes_from_mail_to_closed(recovery, cast):
    one = recovery()
    assert states(one)[Step.LISTEN] is State.NEXT
    one.person_first()
    assert states(one)[Step.REMEDY] is State.NEXT
    acceptance = one.accept(one.offer())
    assert states(one)[Step.DELIVER] is State.NEXT
    one.deliver(acceptance)
    one.prevent()
    close(one.case, by=cast.tom, now=one.now)
    assert Standing.objects.get(case=one.case).attention == Attention.DONE
    assert one.case.promises.get().kept_at is not None
    assert one.case.follow_ups.get().due_at > one.now
    chain = verify()
    assert chain.holds
    assert chain.length > 10


def test_no_offer_before_the_person(recovery, cast):
    one = recovery()
    one.hear("It came late")
    with pytest.raises(GateClosed) as shut:
        one.offer()
    assert shut.value.gate is Gate.OFFER
    assert {missing.step for missing in shut.value.missing} == {Step.APOLOGISE, Step.REFLECT}
    assert one.case.offers.count() == 0


def test_no_offer_while_a_second_issue_is_owed_anything(recovery):
    one = recovery()
    one.hear("It came late", "Nobody called back")
    one.say(Step.APOLOGISE, Step.REFLECT, issues=one.issues[:1])
    with pytest.raises(GateClosed):
        one.offer(issues=one.issues[:1])


def test_an_exception_needs_the_right_and_a_reason_and_is_counted(recovery, cast):
    one = recovery()
    one.hear("It came late")
    with pytest.raises(NotAllowed):
        one.offer(exception="A child is waiting")
    with pytest.raises(GateClosed):
        one.offer(by=cast.ines, exception="   ")
    one.offer(by=cast.ines, exception="A child is waiting")
    exemption = Exemption.objects.get()
    assert (exemption.gate, exemption.by, exemption.reason) == ("offer", cast.ines, "A child is waiting")


def test_no_delivery_before_agreement(recovery, cast):
    one = recovery()
    one.person_first()
    offer = one.offer()
    with pytest.raises(GateClosed) as shut:
        deliver_option(offer.options.first(), "Booking 1", by=cast.tom, now=one.now)
    assert shut.value.gate is Gate.DELIVERY
    assert one.case.fulfilments.count() == 0


def test_an_entitlement_needs_no_agreement(recovery, cast):
    one = recovery()
    one.hear("Charged twice")
    issues = frozenset(issue.pk for issue in one.issues)
    remedy = Remedy.objects.get(key="overcharge")
    deliver_entitlement(one.case, remedy, issues, 8900, "Booking 2", by=cast.tom, now=one.now)
    assert states(one)[Step.DELIVER] is State.DONE
    refund = Remedy.objects.get(key="refund")
    with pytest.raises(NotPossible):
        deliver_entitlement(one.case, refund, issues, 100, "Booking 3", by=cast.tom, now=one.now)


def test_no_closing_before_the_three_parts(recovery, cast):
    one = recovery()
    one.person_first()
    with pytest.raises(GateClosed) as shut:
        close(one.case, by=cast.tom, now=one.now)
    assert {missing.step for missing in shut.value.missing} == {Step.DELIVER, Step.PREVENT}


def test_prevention_needs_a_cause_and_a_change_behind_it(recovery):
    one = recovery()
    one.hear("It came late")
    with pytest.raises(Incomplete, match="Link the cause"):
        one.say(Step.PREVENT)


def test_a_refusal_gives_reasons_and_recourse(recovery, cast):
    one = recovery()
    one.person_first()
    with pytest.raises(Incomplete):
        refuse(one.issues[0], "Not ours.", "", by=cast.tom, now=one.now)
    for issue in one.issues:
        one.decide(issue)
        refuse(issue, "It was sent on time.", "The ombudsman.", by=cast.tom, now=one.now)
    assert states(one)[Step.DELIVER] is State.DONE
    assert "ombudsman" in one.case.messages.last().text


def test_authority_is_counted_over_the_case(recovery, cast):
    one = recovery()
    one.hear("It came late", "Nobody called back")
    one.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    first, second = one.issues[-2:]
    one.deliver(one.accept(one.offer(cents=6000, issues=[first])))
    with pytest.raises(BeyondAuthority, match="Ines Castellano"):
        one.offer(cents=4001, issues=[second])
    one.offer(cents=4000, issues=[second])


def test_one_offer_one_answer(recovery, cast):
    one = recovery()
    one.person_first()
    offer = one.offer()
    one.accept(offer)
    with pytest.raises(AlreadyDone):
        one.accept(offer)
    with pytest.raises(OfferSettled):
        decline(offer, "No", via=Via.PAGE, now=one.now)
    with pytest.raises(OfferSettled):
        accept(offer.options.last(), via=Via.PAGE, now=one.now)


def test_a_decline_brings_the_case_back(recovery):
    one = recovery()
    one.person_first()
    offer = one.offer()
    assert Standing.objects.get(case=one.case).attention == Attention.WAITING
    decline(offer, "I want my money back", via=Via.PAGE, now=one.now)
    standing = Standing.objects.get(case=one.case)
    assert (standing.attention, standing.next_step) == (Attention.TO_DO, "remedy")


def test_a_new_offer_replaces_the_open_one(recovery):
    one = recovery()
    one.person_first()
    first = one.offer()
    second = one.offer()
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    with pytest.raises(OfferSettled, match="newer"):
        one.accept(first)
    one.accept(second)
    assert second.version == 2


def test_agreement_by_phone_needs_the_customers_words(recovery, cast):
    one = recovery()
    one.person_first()
    option = one.offer().options.first()
    with pytest.raises(Incomplete):
        accept(option, via=Via.PHONE, now=one.now, noted_by=cast.tom)
    made = accept(option, via=Via.PHONE, now=one.now, words="Yes, the refund", noted_by=cast.tom, was_read_back=True)
    assert made.words == "Yes, the refund"


def test_closing_waits_for_an_answer_to_what_the_customer_wrote(recovery, cast):
    one = recovery()
    with pytest.raises(NotPossible, match="no answer yet"):
        close(one.case, by=cast.tom, now=one.now)


def test_reopening_needs_a_reason(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=cast.tom, now=one.now)
    with pytest.raises(AlreadyDone):
        close(one.case, by=cast.tom, now=one.now)
    with pytest.raises(Incomplete):
        reopen(one.case, by=cast.tom, now=one.now, reason=" ")
    reopen(one.case, by=cast.tom, now=one.now, reason="The refund bounced")
    assert Standing.objects.get(case=one.case).attention == Attention.TO_DO


def test_a_letter_does_not_say_what_we_do_before_the_person(recovery):
    one = recovery()
    one.hear()
    with pytest.raises(GateClosed) as shut:
        one.say(Step.REMEDY)
    assert {missing.step for missing in shut.value.missing} == {Step.APOLOGISE, Step.REFLECT}
    one.say(Step.APOLOGISE, Step.REFLECT, Step.REMEDY)


def test_who_chooses_after_the_day_of_an_option_is_promised_as_many_days_from_then(recovery, cast):
    one = recovery()
    one.person_first()
    offer = one.offer()
    cast.clock.forward(days=9)
    accepted = one.accept(offer)
    assert accepted.promise.due_at.date() == one.now.date() + timedelta(days=5)


def test_a_graver_mail_makes_the_case_graver_and_never_milder(recovery, cast):
    one = recovery()
    cast.write(
        mail("The lamp gave me an electric shock.", message_id="<two@post.example>", In_Reply_To="<one@post.example>")
    )
    one.case.refresh_from_db()
    graver = one.case.severity
    assert graver > 2
    cast.write(mail("Thank you.", message_id="<three@post.example>", In_Reply_To="<one@post.example>"))
    one.case.refresh_from_db()
    assert one.case.severity == graver
