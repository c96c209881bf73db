"""Above a limit: asked of the nearest who may, decided by another, sent exactly as approved, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.errors import AlreadyDone, GateClosed, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import verify
from amends.cases.policy import adopt
from amends.cases.subject import Subject
from amends.method.policy import preset
from amends.recovery import authority
from amends.recovery.approval import ApprovalDecision, ApprovalRequest
from amends.recovery.approvals import limit_hints, time_to_authorised_offer, to_send, waiting_for
from amends.recovery.approve import ask_approval, decide_approval, send_approved
from amends.recovery.deliver import deliver_option
from amends.recovery.draft import fingerprint, from_data, to_data
from amends.recovery.errors import BeyondAuthority
from amends.recovery.remedy import Remedy
from amends.recovery.withdraw import withdraw
from amends.team.models import User
from amends.team.permissions import Role
from amends.team.policy import current_version
from tests.conftest import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    made = recovery()
    made.person_first()
    return made


def decide(asked, by, now, *, granted=True, words=""):
    return decide_approval(asked, granted=granted, words=words, by=by, now=now)


def test_it_goes_to_the_nearest_person_who_may(one, cast):
    assert one.ask(cents=50000).to == cast.ines
    assert one.ask(cents=50001).to == cast.ada
    with pytest.raises(BeyondAuthority, match="Nobody in the team may grant so much"):
        one.ask(cents=200001)


def test_the_one_the_complaint_is_about_is_not_asked_and_cannot_decide(one, cast):
    Subject.objects.create(case=one.case, person=cast.ines, by=cast.ada, at=one.now)
    asked = one.ask(cents=20000)
    assert asked.to == cast.ada
    assert list(waiting_for(cast.ines)) == []
    with pytest.raises(NotAllowed):
        decide(asked, cast.ines, one.now)


def test_a_grant_sends_the_offer_at_once_in_the_askers_name(one, cast):
    asked = one.ask(cents=20000)
    decision = decide(asked, cast.ines, one.now)
    offer = one.case.offers.get()
    assert (offer.made_by, offer.approval, offer.policy) == (cast.tom, decision, current_version())
    assert [option.amount_cents for option in offer.options.all()] == [20000, 20000]
    assert offer.message.author == cast.tom
    one.deliver(one.accept(offer))
    assert one.case.fulfilments.get().amount_cents == 20000
    assert verify().holds


def test_a_grant_waits_while_the_person_is_owed_something(recovery, cast):
    one = recovery()
    one.hear()
    asked = one.ask(cents=20000)
    decide(asked, cast.ines, one.now)
    assert one.case.offers.count() == 0
    with pytest.raises(GateClosed):
        send_approved(asked, by=cast.tom, now=one.now)
    one.person_first()
    assert to_send(one.case, cast.tom, one.now) == [asked]
    offer = send_approved(asked, by=cast.tom, now=one.now)
    assert offer.approval.by == cast.ines
    assert to_send(one.case, cast.tom, one.now) == []
    with pytest.raises(AlreadyDone, match="An approval is for one offer"):
        send_approved(asked, by=cast.tom, now=one.now)


def test_a_no_needs_words_and_sends_nothing(one, cast):
    asked = one.ask(cents=20000)
    with pytest.raises(Incomplete, match="Say why"):
        decide(asked, cast.ines, one.now, granted=False)
    decide(asked, cast.ines, one.now, granted=False, words="Offer the credit first.")
    with pytest.raises(NotPossible, match="Offer the credit first"):
        send_approved(asked, by=cast.tom, now=one.now)
    assert one.case.offers.count() == 0


def test_nobody_approves_their_own_request(one, cast):
    asked = one.ask(by=cast.ines, cents=60000)
    with pytest.raises(NotAllowed, match="Somebody else has to decide"):
        decide(asked, cast.ines, one.now)
    cast.ines.role = Role.ADMIN
    cast.ines.save()
    with pytest.raises(NotAllowed):
        decide(asked, cast.ines, one.now)
    for requester in (cast.ines, cast.tom):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovalDecision.objects.create(request=asked, requester=requester, by=requester, granted=True, at=one.now)


@pytest.mark.parametrize("who", ["tom", "priya", "sam"])
def test_who_lacks_the_right_or_the_case_or_asked_decides_nothing(one, cast, who):
    asked = one.ask(cents=20000)
    with pytest.raises(NotAllowed):
        decide(asked, cast.people[who], one.now)


def test_the_decider_needs_the_authority_at_that_moment(one, cast):
    asked = one.ask(cents=20000)
    data = preset("cautious")
    adopt(data, "Smaller", by=cast.ada, now=one.now)
    with pytest.raises(BeyondAuthority, match="above your limit of €150"):
        decide(asked, cast.ines, one.now)
    assert ApprovalDecision.objects.count() == 0
    decide(asked, cast.ada, one.now)


def test_within_the_own_limit_nobody_is_asked(one, cast):
    with pytest.raises(NotPossible, match="within your own limit"):
        one.ask(cents=10000)


def test_the_same_is_asked_once_and_decided_once(one, cast):
    asked = one.ask(cents=20000)
    with pytest.raises(AlreadyDone):
        one.ask(cents=20000)
    decide(asked, cast.ines, one.now)
    with pytest.raises(AlreadyDone, match="Ines Castellano decided"):
        decide(asked, cast.ada, one.now)


def test_what_was_changed_after_asking_is_not_approved(one, cast):
    asked = one.ask(cents=20000)
    asked.draft["options"][0]["amount_cents"] = 30000
    asked.save()
    with pytest.raises(NotPossible, match="was changed since"):
        decide(asked, cast.ines, one.now)


def test_what_was_changed_after_the_grant_is_not_sent(recovery, cast):
    one = recovery()
    one.hear()
    asked = one.ask(cents=20000)
    decide(asked, cast.ines, one.now)
    one.person_first()
    with pytest.raises(BeyondAuthority):
        one.offer(cents=20001)
    asked.draft["options"][0]["terms"] = "And a hotel"
    asked.save()
    with pytest.raises(NotPossible, match="was changed since"):
        send_approved(asked, by=cast.tom, now=one.now)


def test_a_remedy_that_costs_more_by_now_is_another_offer(one, cast):
    Remedy.objects.create(key="van", kind="redelivery", name="A van", description="", cost_cents=20000)
    draft = from_data(to_data(one.draft(cents=20000)))
    mark = fingerprint(draft)
    Remedy.objects.filter(key="refund").update(currency="USD")
    assert fingerprint(from_data(to_data(one.draft(cents=20000)))) != mark


def test_only_the_one_who_asked_sends_what_was_approved(recovery, cast):
    one = recovery()
    one.hear()
    asked = one.ask(cents=20000)
    with pytest.raises(NotPossible, match="has not decided yet"):
        send_approved(asked, by=cast.tom, now=one.now)
    decide(asked, cast.ines, one.now)
    one.person_first()
    with pytest.raises(NotPossible, match="Tom Becker asked for this"):
        send_approved(asked, by=cast.ines, now=one.now)


def test_an_approval_lapses_like_an_offer(recovery, cast):
    one = recovery()
    one.hear()
    asked = one.ask(cents=20000)
    decide(asked, cast.ines, one.now)
    one.person_first()
    assert to_send(one.case, cast.tom, one.now + timedelta(days=13))
    with pytest.raises(NotPossible, match="lapsed"):
        send_approved(asked, by=cast.tom, now=one.now + timedelta(days=14))


def test_split_requests_are_counted_together_before_they_are_sent(recovery, cast):
    one = recovery()
    one.hear("Nobody called back", "The box was open")
    first, second = one.issues[-2:]
    halves = [one.ask(cents=30000, issues=[issue]) for issue in (first, second)]
    assert [half.to for half in halves] == [cast.ines, cast.ines]
    decide(halves[0], cast.ines, one.now)
    with pytest.raises(BeyondAuthority, match="with €300 granted before"):
        decide(halves[1], cast.ines, one.now)
    decide(halves[1], cast.ada, one.now)


def test_a_withdrawn_or_lapsed_offer_gives_its_sum_back(one, cast):
    one.hear("Nobody called back")
    one.person_first()
    first, second = one.issues[:2]
    offer = one.offer(cents=8000, issues=[first])
    with pytest.raises(BeyondAuthority):
        one.offer(cents=8000, issues=[second])
    withdraw(offer, "Too much", by=cast.tom, now=one.now)
    one.offer(cents=8000, issues=[second])
    cast.clock.forward(days=15)
    one.offer(cents=8000, issues=[first])


def test_what_the_customer_accepted_counts_when_the_same_issue_gets_another_offer(one, cast):
    one.deliver(one.accept(one.offer(cents=8000)))
    with pytest.raises(BeyondAuthority):
        one.offer(cents=3000)


def test_the_customers_limit_is_counted_over_all_their_cases(recovery, cast):
    for number in range(3):
        one = recovery(_mail(number))
        one.person_first()
        one.deliver(one.accept(one.offer(cents=10000)))
    last = recovery(_mail(4))
    last.person_first()
    with pytest.raises(BeyondAuthority, match="for one customer in 365 days"):
        last.offer(cents=1)
    cast.clock.forward(days=366)
    last.offer(cents=1)


def _mail(number):
    from tests.conftest import mail

    return mail(f"It came late again, for the {number}. time.", message_id=f"<{number}@post.example>")


def test_carrying_out_needs_no_authority_of_ones_own(one, cast):
    offer = one.offer(by=cast.ines, cents=40000)
    acceptance = one.accept(offer)
    deliver_option(acceptance.option, "Booking 1", by=cast.tom, now=one.now)
    assert one.case.fulfilments.get().amount_cents == 40000


def test_a_case_that_waits_for_a_decision_says_so(one, cast):
    asked = one.ask(cents=20000)
    one.case.standing.refresh_from_db()
    assert one.case.standing.reason == "Ines Castellano is deciding"
    decide(asked, cast.ines, one.now, granted=False, words="Less, please.")
    one.case.standing.refresh_from_db()
    assert "deciding" not in one.case.standing.reason


def test_the_time_to_an_authorised_offer_is_measured_from_the_records(one, cast):
    assert time_to_authorised_offer(one.now) is None
    asked = one.ask(cents=20000)
    decide(asked, cast.ines, asked.asked_at + timedelta(minutes=25))
    wait = time_to_authorised_offer(cast.clock.forward(hours=1))
    assert (wait.middle, wait.count) == (timedelta(minutes=25), 1)


@pytest.mark.parametrize(("answers", "hint"), [([True] * 10, 10), ([True] * 9, 0), ([True] * 9 + [False], 0)])
def test_a_limit_that_is_always_lifted_gives_a_hint(one, cast, answers, hint):
    for number, granted in enumerate(answers):
        asked = one.ask(cents=20000 + number)
        decide(asked, cast.ines, one.now, granted=granted, words="" if granted else "No")
    hints = {(one.role, one.kind): one.count for one in limit_hints(one.now)}
    assert hints == ({("agent", "refund"): hint, ("agent", "credit"): hint} if hint else {})


def test_a_request_shows_the_people_who_may_only_while_it_is_open(one, cast):
    asked = one.ask(cents=20000)
    assert list(waiting_for(cast.ines)) == list(waiting_for(cast.ada)) == [asked]
    assert list(waiting_for(cast.priya)) == list(waiting_for(cast.tom)) == []
    decide(asked, cast.ines, one.now)
    assert list(waiting_for(cast.ines)) == []


def test_of_two_leads_the_one_with_fewer_requests_is_asked(one, cast):
    User.objects.create_user("ben", "pw-for-ben", name="Ben Low", role=Role.LEAD, team=cast.ines.team)
    first = one.ask(cents=20000)
    second = one.ask(cents=20001)
    assert {first.to.username, second.to.username} == {"ben", "ines"}


def test_an_incomplete_offer_is_not_asked_for(one, cast):
    with pytest.raises(Incomplete):
        one.ask(cents=20000, options=1)
    with pytest.raises(Incomplete, match="why this is right"):
        one.ask(cents=20000, reason=" ")
    with pytest.raises(NotAllowed):
        ask_approval(one.case, one.draft(cents=20000), reason="Because", by=cast.sam, now=one.now)
    assert ApprovalRequest.objects.count() == 0


def test_what_is_asked_takes_the_place_of_what_is_on_offer_for_the_same_issues(one, cast):
    one.offer(cents=6000)
    with pytest.raises(NotPossible, match="within your own limit"):
        one.ask(cents=10000)
    with pytest.raises(BeyondAuthority, match=r"^€2,?000\.01 is above your limit"):
        one.ask(cents=200001)
    decide(one.ask(cents=50000), cast.ines, one.now)
    assert one.case.offers.latest("pk").options.first().amount_cents == 50000


def test_a_request_keeps_its_reason_and_the_policy_of_its_day_and_may_come_again_after_a_no(one, cast):
    asked = one.ask(cents=20000, reason=" Nine days late. ")
    assert (asked.reason, asked.policy) == ("Nine days late.", current_version())
    with pytest.raises(Incomplete):
        decide(asked, cast.ines, one.now, granted=False, words=" \n")
    assert decide(asked, cast.ines, one.now, granted=False, words=" Too much. ").words == "Too much."
    again = one.ask(cents=20000)
    decide(again, cast.ines, one.now)
    kinds = list(one.case.events.filter(kind__startswith="approval").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["approval_asked", "approval_refused", "approval_asked", "approval_granted"]


def test_what_was_approved_is_looked_at_again_on_the_day_it_is_granted(one, cast):
    asked = one.ask(cents=20000)
    with pytest.raises(Incomplete, match="would be due in the past"):
        decide(asked, cast.ines, one.now + timedelta(days=9))
    assert not ApprovalDecision.objects.exists()


@pytest.fixture
def approved(recovery, cast):
    """A grant that waits for the person, with nothing more missing; another case has an offer."""
    other = recovery(mail(message_id="<other@post.example>", sender="Jo Bell <jo@post.example>"))
    other.person_first()
    other.offer()
    made = recovery()
    made.hear()
    made.asked = made.ask(cents=20000)
    decide(made.asked, cast.ines, made.now)
    made.person_first()
    return made


def test_an_approval_is_used_whatever_is_on_offer_elsewhere(approved, cast):
    assert send_approved(approved.asked, by=cast.tom, now=approved.now).approval == approved.asked.decision


def test_an_approval_has_lapsed_at_the_very_moment_its_days_are_over(approved, cast):
    since = approved.asked.decision.at
    assert authority.granted(approved.case, since + timedelta(days=14)) == []
    with pytest.raises(NotPossible, match="This approval has lapsed"):
        send_approved(approved.asked, by=cast.tom, now=since + timedelta(days=14))


def test_who_asked_and_offers_no_remedies_any_more_sends_nothing(approved, cast):
    cast.tom.role = Role.QUALITY
    cast.tom.save()
    with pytest.raises(NotAllowed, match="does not offer remedies"):
        send_approved(approved.asked, by=cast.tom, now=approved.now)
    assert not approved.case.offers.exists()
