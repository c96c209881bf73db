"""What is written down when an offer is made, and what an offer counts against."""

import pytest

from amends.cases.assignment import Assignment
from amends.cases.event import Event
from amends.cases.message import Coverage
from amends.method.steps import Step
from amends.recovery.draft import Draft, Proposal
from amends.recovery.errors import BeyondAuthority
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer
from amends.recovery.remedy import Remedy
from amends.team.policy import current_version


@pytest.fixture
def ready(recovery):
    one = recovery()
    one.person_first()
    return one


def padded(one, **more):
    due = one.draft().options[0].deliver_by
    options = [
        Proposal(Remedy.objects.get(key=key), f" {key.title()} ", " In one sum. ", 3000, due)
        for key in ("credit", "refund")
    ]
    words = {"opening": "", "can": " One of these. ", "cannot": " Undo the wait. ", "because": " Time is gone. "}
    return Draft(issues=frozenset(issue.pk for issue in one.issues), options=options, **words, **more)


def test_an_offer_is_kept_as_its_letter_says_it(ready, cast):
    made = make_offer(ready.case, padded(ready, reason=" She asked for it. "), by=cast.tom, now=ready.now)
    assert (made.version, made.can, made.cannot, made.because) == (
        1,
        "One of these.",
        "Undo the wait.",
        "Time is gone.",
    )
    assert (made.reason, made.made_by, made.approval, made.policy) == (
        "She asked for it.",
        cast.tom,
        None,
        current_version(),
    )
    kept = [
        (one.position, one.title, one.terms, one.amount_cents, one.currency)
        for one in made.options.order_by("position")
    ]
    assert kept == [(1, "Credit", "In one sum.", 3000, "EUR"), (2, "Refund", "In one sum.", 3000, "EUR")]
    assert set(made.issues.all()) == set(ready.issues)
    assert made.message.author == cast.tom


def test_its_letter_says_what_we_do_for_each_of_its_issues(ready):
    made = ready.offer()
    covered = Coverage.objects.filter(message=made.message).values_list("issue_id", "step", "found")
    assert set(covered) == {(issue.pk, Step.REMEDY.value, True) for issue in ready.issues}


def test_who_offers_has_the_case_and_the_ledger_says_so(ready, cast):
    Assignment.objects.all().delete()
    made = ready.offer(by=cast.ines)
    assert Assignment.objects.get(case=ready.case).to == cast.ines
    told = Event.objects.get(kind="offer_made")
    assert (told.actor, told.data) == (
        f"user:{cast.ines.pk}",
        {"offer": made.pk, "count": 2, "message": made.message_id},
    )


def test_each_offer_of_a_case_has_the_next_version(ready):
    assert [ready.offer().version for _ in range(3)] == [1, 2, 3]
    assert Offer.objects.filter(withdrawal=None).count() == 1


def test_a_second_offer_for_the_same_issues_does_not_add_to_the_first(ready, cast):
    """It takes the first one's place, so the limit for a case counts one of them."""
    cents = 6000
    ready.offer(cents=cents)
    assert ready.offer(cents=cents).version == 2
    with pytest.raises(BeyondAuthority):
        ready.offer(cents=10 * cents)
