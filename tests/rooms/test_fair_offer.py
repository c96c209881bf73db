"""The rules of compensation on the way to an offer, and what is offered first."""

from dataclasses import replace

import pytest

from amends.cases.decision import Decision, Fault, Outcome
from amends.cases.errors import Incomplete
from amends.cases.issue import Issue
from amends.cases.policy import adopt
from amends.cases.reopening import IssueReopening, Why
from amends.method.compensation import Verdict, goodwill_needed
from amends.method.options import ALWAYS, Place
from amends.method.policy import preset
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.ground import ground_of, handling_of
from amends.recovery.make_offer import make_offer
from amends.recovery.recurrence import Ineffective
from amends.recovery.remedy import Remedy, catalogue
from amends.team.policy import current_version
from tests.conftest import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    made = recovery()
    made.person_first()
    return made


@pytest.fixture
def goodwill(cast):
    return Remedy.objects.create(key="thanks", kind="goodwill", name="Thanks", description="", asks_amount=True)


def worth(one, cents):
    Issue.objects.filter(pk__in=[issue.pk for issue in one.issues]).update(price_cents=cents)


def offer(one, draft, by=None):
    return make_offer(one.case, draft, by=by or one.cast.tom, now=one.cast.clock.forward(minutes=1))


def only(draft, remedy, cents):
    return replace(draft, options=[replace(one, remedy=remedy, amount_cents=cents) for one in draft.options])


def test_the_number_of_options_is_policy(one, cast):
    data = preset("standard") | {"options_min": {"1": 1, "2": 3, "3": 3, "4": 3}, "offer_open_days": 5}
    adopt(data, "More choice", by=cast.ada, now=one.now)
    with pytest.raises(Incomplete, match="at least 3 real options"):
        one.offer()
    made = one.offer(options=3)
    assert (made.expires_at - made.made_at).days == 5
    assert made.policy == current_version()


def test_above_one_and_a_half_times_the_price_a_credit_is_not_offered_and_a_loss_needs_a_reason(one):
    worth(one, 2000)
    draft = one.draft(cents=6001)
    with pytest.raises(Incomplete, match="goes above 150%") as refused:
        offer(one, draft)
    assert refused.value.field == "reason"
    credit = Remedy.objects.get(key="credit")
    with pytest.raises(Incomplete, match="Offer less") as refused:
        offer(one, only(replace(draft, reason="They lost more"), credit, 6001))
    assert refused.value.field == "options"
    offer(one, replace(only(draft, Remedy.objects.get(key="refund"), 6001), reason="A taxi, €60, receipt seen"))
    assert one.case.offers.get().reason == "A taxi, €60, receipt seen"


def test_what_was_paid_before_counts_towards_the_cap(one):
    worth(one, 2000)
    one.deliver(one.accept(one.offer(cents=5000)))
    assert ground_of(one.case, frozenset(issue.pk for issue in one.issues), one.now).paid_cents == 5000
    with pytest.raises(Incomplete, match="goes above"):
        one.offer(cents=1001)


def test_a_price_that_is_not_known_caps_nothing(one):
    one.offer(cents=9000)
    assert one.case.offers.count() == 1


def test_goodwill_alone_does_not_stand_in_for_the_loss(one, goodwill):
    one.issues[0].__class__.objects.filter(pk=one.issues[0].pk).update(category="price_billing")
    draft = only(one.draft(issues=one.issues[:1]), goodwill, 500)
    with pytest.raises(Incomplete, match="not instead"):
        offer(one, draft)
    decided = {"fault": Fault.NONE, "outcome": Outcome.NOT_UPHELD, "evidence": "The bill", "by": one.cast.ines}
    Decision.objects.create(issue=one.issues[0], at=one.now, **decided)
    offer(one, draft)


def test_a_trade_for_a_review_is_refused(one):
    draft = one.draft()
    bought = replace(draft.options[0], terms="Paid once you have deleted your review.")
    with pytest.raises(Incomplete, match="asks for something in return"):
        offer(one, replace(draft, options=[bought, draft.options[1]], reason="They asked"))
    assert one.case.offers.count() == 0


def test_others_in_the_incident_are_treated_alike_or_the_difference_has_a_reason(one, recovery, cast, goodwill):
    other = recovery(mail(sender="Jo <jo@post.example>", message_id="<jo@post.example>"))
    other.person_first()
    for case in (one, other):
        for issue in case.issues:
            attribute(issue, Cause.objects.get(), by=cast.tom, now=case.now)
    refund = one.draft().options[0]

    def with_goodwill(case, cents, reason=""):
        draft = case.draft()
        return replace(draft, options=[refund, replace(refund, remedy=goodwill, amount_cents=cents)], reason=reason)

    offer(other, with_goodwill(other, 3000))
    with pytest.raises(Incomplete, match="Others hit by the same incident") as refused:
        offer(one, with_goodwill(one, 2000))
    assert "€" not in str(refused.value)
    offer(one, with_goodwill(one, 3000))
    offer(one, with_goodwill(one, 2000, reason="Their order was half as late"))


def ineffective(one):
    """The delivered remedy of the first issue did not hold, and the issue began again."""
    done = one.deliver(one.accept(one.offer(issues=one.issues[:1])))
    at = one.cast.clock.forward(days=3)
    began = IssueReopening.objects.create(issue=one.issues[0], at=at, words="Broken again", why=Why.CUSTOMER)
    Ineffective.objects.create(fulfilment=done, reopening=began, at=at)
    one.say(*_person())


def _person():
    from amends.method.steps import Step

    return Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE, Step.REMEDY


def test_what_did_not_hold_is_not_offered_first_again_without_a_reason(one):
    ineffective(one)
    draft = one.draft(issues=one.issues[:1], cents=1000)
    with pytest.raises(Incomplete, match="did not hold") as refused:
        offer(one, draft)
    assert refused.value.field == "reason"
    offer(one, replace(draft, options=draft.options[::-1]))
    offer(one, replace(draft, reason="They ask for exactly this"))


def test_the_catalogue_puts_what_failed_last_and_what_repays_first(one):
    ranked = catalogue(frozenset({"price_billing"}), failed=frozenset({"refund"}))
    assert ranked[-1][1].place is Place.FAILED
    Remedy.objects.filter(key="refund").update(repays="money", entitlement=False)
    Remedy.objects.filter(key="overcharge").delete()
    assert catalogue(frozenset({"price_billing"}))[0][0].key == "refund"


def test_there_is_always_something_even_with_an_empty_catalogue(one):
    Remedy.objects.update(retired_at=one.now)
    kinds = {remedy.kind for remedy, _ in catalogue(frozenset({"privacy"}))}
    assert kinds == set(ALWAYS)


def test_goodwill_is_called_for_when_we_failed_them_twice(one):
    assert goodwill_needed(handling_of(one.case, one.now)).verdict is not Verdict.REQUIRED
    ineffective(one)
    assert goodwill_needed(handling_of(one.case, one.now)).verdict is Verdict.REQUIRED
