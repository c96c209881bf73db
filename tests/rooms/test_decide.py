"""Deciding: evidence always, fault and outcome that fit, a second person for conduct, and the honest base rate."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from amends.cases.closure import close
from amends.cases.decide import decide, review_decision
from amends.cases.decision import Decision, DecisionReview, Fault, Outcome
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of
from amends.cases.fairness import base_rate, counting_decisions, honesty_nudge
from amends.cases.issue import Issue
from amends.method.gates import closing_gate
from amends.method.rates import Rate
from amends.recovery.deliver import refuse
from amends.team.models import User
from amends.team.permissions import Role
from amends.team.policy import PolicyVersion, current_version

pytestmark = pytest.mark.django_db

# Written down from the meaning of the words before the table in the code was looked at again.
FITS = {
    ("ours", "upheld"),
    ("ours", "partly"),
    ("partly", "upheld"),
    ("partly", "partly"),
    ("third_party", "upheld"),
    ("third_party", "partly"),
    ("third_party", "not_upheld"),
    ("no_control", "partly"),
    ("no_control", "not_upheld"),
    ("none", "not_upheld"),
    ("conduct", "not_upheld"),
}


@pytest.fixture
def one(recovery):
    made = recovery()
    made.person_first()
    return made


@pytest.mark.parametrize(("fault", "outcome"), list(product(Fault.values, Outcome.values)))
def test_fault_and_outcome_have_to_fit(one, fault, outcome):
    if (fault, outcome) in FITS:
        one.decide(one.issues[0], fault, outcome)
        assert Decision.objects.get().fault == fault
    else:
        with pytest.raises(Incomplete) as refused:
            one.decide(one.issues[0], fault, outcome)
        assert refused.value.field == "outcome"
        assert not Decision.objects.exists()


def test_a_decision_says_what_was_looked_at_and_carries_the_policy_of_its_day(one, cast):
    with pytest.raises(Incomplete, match="what you looked at"):
        decide(one.issues[0], Fault.OURS, Outcome.UPHELD, " \n", by=cast.tom, now=one.now)
    version = PolicyVersion.objects.create(number=7, at=one.now, preset="standard", data=current_version().data)
    first = one.decide(one.issues[0], "ours", "upheld")
    PolicyVersion.objects.create(number=8, at=one.now, preset="standard", data=version.data)
    second = one.decide(one.issues[0], "third_party", "partly")
    assert (first.policy, second.policy.number) == (version, 8)


def test_the_newest_counts_and_earlier_ones_stay(one):
    issue = one.issues[0]
    one.decide(issue, "ours", "upheld")
    one.decide(issue, "none", "not_upheld")
    facts = facts_of(one.case, one.now).issues[0]
    assert (facts.fault, facts.outcome, facts.decision_stands) == ("none", "not_upheld", True)
    assert list(issue.decisions.values_list("fault", flat=True)) == ["ours", "none"]


def test_not_upheld_with_reasons_closes_without_prevention(one, cast):
    for issue in one.issues:
        one.decide(issue)
        refuse(issue, "The scans say on time.", "The ombudsman.", by=cast.tom, now=cast.clock.forward(minutes=1))
    assert closing_gate(facts_of(one.case, one.now)) == ()
    close(one.case, by=cast.tom, now=one.now)


@pytest.mark.parametrize(
    ("fault", "outcome", "sentence"),
    [
        (None, None, "First decide about"),
        ("ours", "upheld", "was upheld, so it is owed a remedy"),
        ("conduct", "not_upheld", "First a second person looks at the decision"),
    ],
)
def test_a_remedy_is_refused_only_on_a_decision(one, cast, fault, outcome, sentence):
    if fault:
        one.decide(one.issues[0], fault, outcome)
    with pytest.raises(NotPossible, match=sentence):
        refuse(one.issues[0], "No.", "The ombudsman.", by=cast.tom, now=one.now)


def test_nobody_closes_as_unreasonable_alone(one, cast):
    made = one.decide(one.issues[0], "conduct", "not_upheld", by=cast.ines)
    for exception in ("", "I have seen enough"):
        with pytest.raises(NotPossible, match="First a second person looks at the decision"):
            close(one.case, by=cast.ines, now=one.now, exception=exception)
    with pytest.raises(NotAllowed, match="You decided this yourself"):
        review_decision(made, "I am right", agreed=True, by=cast.ines, now=one.now)
    with pytest.raises(NotAllowed, match="A lead or an administrator"):
        review_decision(made, "She is right", agreed=True, by=cast.tom, now=one.now)
    with pytest.raises(Incomplete):
        review_decision(made, " ", agreed=True, by=cast.ada, now=one.now)
    assert not facts_of(one.case, one.now).issues[0].decision_stands
    review_decision(made, "I read all of it", agreed=True, by=cast.ada, now=one.now)
    assert facts_of(one.case, one.now).issues[0].decision_stands
    with pytest.raises(AlreadyDone):
        review_decision(made, "Again", agreed=False, by=cast.ada, now=one.now)


def test_a_decision_not_agreed_with_is_none(one, cast):
    made = one.decide(one.issues[0], "conduct", "not_upheld")
    review_decision(made, "She was upset, not unreasonable", agreed=False, by=cast.ines, now=one.now)
    with pytest.raises(NotPossible, match=r"was not agreed with\. First decide it anew"):
        close(one.case, by=cast.ines, now=one.now, exception="All the same")
    with pytest.raises(NotPossible, match="was not agreed with"):
        refuse(one.issues[0], "No.", "The ombudsman.", by=cast.tom, now=one.now)
    one.decide(one.issues[0], "ours", "upheld")
    close(one.case, by=cast.ines, now=one.now, exception="The rest is done by phone")


def test_taking_the_issue_off_does_not_get_round_the_second_person(one, cast):
    from amends.cases.issue import Wish
    from amends.cases.withdraw import withdraw

    one.decide(one.issues[0], "conduct", "not_upheld", by=cast.ines)
    for issue in one.issues:
        withdraw(issue, "Unreasonable", wish=Wish.TEAM, by=cast.ines, now=one.now)
    with pytest.raises(NotPossible, match="First a second person looks"):
        close(one.case, by=cast.ines, now=one.now, words="Nothing here")


def test_only_decisions_about_conduct_wait_for_somebody(one, cast):
    made = one.decide(one.issues[0], "none", "not_upheld")
    with pytest.raises(NotPossible, match="Only a decision about conduct"):
        review_decision(made, "Fine", agreed=True, by=cast.ines, now=one.now)


def test_the_database_itself_refuses_a_review_by_the_decider(one, cast):
    made = one.decide(one.issues[0], "conduct", "not_upheld", by=cast.ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionReview.objects.create(
            decision=made, decider=cast.ines, by=cast.ines, at=one.now, agreed=True, words="Mine"
        )


def bare(case, fault, outcome, *, by, at, category="delivery") -> Decision:
    issue = Issue.objects.create(case=case, raised_at=at, summary="Late", category=category, source="agent")
    return Decision.objects.create(issue=issue, fault=fault, outcome=outcome, evidence="Scans", by=by, at=at)


def test_the_base_rate_counts_the_teams_own_newest_decisions_of_the_kind(one, cast):
    case, now = one.case, one.now
    issue = one.issues[0]
    Issue.objects.filter(pk=issue.pk).update(category="delivery")
    issue.refresh_from_db()
    for _ in range(8):
        bare(case, "ours", "upheld", by=cast.tom, at=now)
    bare(case, "partly", "partly", by=cast.ines, at=now)
    again = bare(case, "ours", "upheld", by=cast.tom, at=now)
    Decision.objects.create(issue=again.issue, fault="none", outcome="not_upheld", evidence="x", by=cast.tom, at=now)
    bare(case, "ours", "upheld", by=cast.tom, at=now, category="privacy")
    bare(case, "ours", "upheld", by=cast.tom, at=now - timedelta(days=366))
    bare(case, "conduct", "not_upheld", by=cast.tom, at=now)
    theirs = cast.case(b"To: office@lindqvist.example\nFrom: o@post.example\nMessage-ID: <o@x>\nSubject: x\n\nLate.\n")
    bare(theirs, "ours", "upheld", by=cast.priya, at=now)
    one.decide(issue, "none", "not_upheld")
    assert base_rate(issue, one.now) == Rate(9, 10)
    assert honesty_nudge(issue, one.now).startswith("Of 10 decisions of this team about delivery")
    assert "Too few to tell" in honesty_nudge(Issue.objects.filter(category="privacy").first(), one.now)


def test_a_reviewed_decision_about_conduct_counts_in_the_rates(one, cast):
    made = one.decide(one.issues[0], "conduct", "not_upheld")
    since = one.now - timedelta(days=1)
    assert counting_decisions(one.case.team, since, one.now).count() == 0
    review_decision(made, "I read all of it", agreed=True, by=cast.ines, now=one.now)
    assert counting_decisions(one.case.team, since, one.now).get() == made


def test_another_lead_may_be_the_second_person(one, cast):
    noor = User.objects.create_user("noor", "x", name="Noor Haddad", role=Role.LEAD, team=cast.ines.team)
    made = one.decide(one.issues[0], "conduct", "not_upheld", by=cast.ines)
    assert review_decision(made, "Read", agreed=True, by=noor, now=one.now).decider == cast.ines
