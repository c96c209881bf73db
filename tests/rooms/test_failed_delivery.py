"""A delivery that did not work: the issue waits for delivery again, the promise is not kept."""

import pytest

from amends.cases.closure import close
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.facts import facts_of
from amends.cases.standing import Standing
from amends.method.path import State, recovery_path
from amends.method.steps import Step
from amends.recovery.authority import granted
from amends.recovery.deliver import deliver_entitlement
from amends.recovery.failed_delivery import delivery_failed
from amends.recovery.ground import ground_of
from amends.recovery.recurrence import Ineffective
from amends.recovery.remedy import Remedy

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivered(recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    return one


def failed(one, words: str = "The transfer bounced"):
    done = one.case.fulfilments.get()
    return delivery_failed(done, words, by=one.cast.tom, now=one.cast.clock.forward(hours=1))


def test_a_delivery_that_failed_is_owed_again_and_its_promise_is_open(delivered):
    promise = delivered.case.promises.get()
    assert promise.kept_at
    failed(delivered)
    promise.refresh_from_db()
    assert promise.kept_at is None
    facts = facts_of(delivered.case, delivered.now)
    assert {one.step: one.state for one in recovery_path(facts).steps}[Step.DELIVER] is State.NEXT
    assert not delivered.case.follow_ups.exists()
    assert all(one.agreed_at and one.delivered_at is None for one in facts.issues)
    assert Ineffective.objects.count() == 0


def test_it_is_delivered_again_with_a_proof_of_its_own_and_the_first_is_kept(delivered):
    before = delivered.case.fulfilments.get()
    failed(delivered)
    with pytest.raises(AlreadyDone, match="Deliver it again"):
        failed(delivered)
    delivered.deliver(delivered.case.offers.get().acceptance)
    after = delivered.case.fulfilments.get()
    assert after.at > before.at
    assert delivered.case.promises.get().kept_at == after.at
    kept = after.failures.get()
    assert (kept.delivered_at, kept.proof, kept.words) == (before.at, before.proof, "The transfer bounced")
    with pytest.raises(AlreadyDone, match="was carried out before"):
        delivered.deliver(delivered.case.offers.get().acceptance)
    assert delivered.case.follow_ups.get().due_at > after.at
    failed(delivered, "It bounced once more")
    assert after.failures.count() == 2


def test_a_failure_needs_words(delivered):
    with pytest.raises(Incomplete, match="Say what happened"):
        failed(delivered, " ")
    assert delivered.case.follow_ups.count() == 1


def test_a_closed_case_opens_again(delivered):
    delivered.prevent()
    close(delivered.case, by=delivered.cast.tom, now=delivered.now)
    failed(delivered)
    assert (Standing.objects.get().attention, Standing.objects.get().next_step) == ("to do", "deliver")
    assert delivered.case.events.filter(kind="delivery_failed").count() == 1


def test_what_was_owed_and_did_not_arrive_is_no_sum_that_was_granted(recovery, cast):
    one = recovery()
    one.hear()
    issues = frozenset([one.issues[0].pk])
    owed = Remedy.objects.get(key="overcharge")

    def give():
        return deliver_entitlement(
            one.case, owed, issues, 8000, "Booking 1", by=cast.tom, now=cast.clock.forward(hours=1)
        )

    def sums():
        return [grant.cents for grant in granted(one.case, one.now)], ground_of(one.case, issues, one.now).paid_cents

    done = give()
    assert sums() == ([8000], 8000)
    delivery_failed(done, "The account was closed", by=cast.tom, now=cast.clock.forward(hours=1))
    assert sums() == ([], 0)
    give()
    assert sums() == ([8000], 8000)


def test_what_was_agreed_and_did_not_arrive_is_still_granted_because_it_is_still_owed(delivered):
    failed(delivered)
    assert [grant.cents for grant in granted(delivered.case, delivered.now)] == [3000]
