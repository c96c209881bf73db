"""The three gates: what each still asks for, and that nothing slips past."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.facts import Facts, IssueFacts
from amends.method.gates import closing_gate, delivery_gate, letter_gate, offer_gate
from amends.method.steps import PERSON_STEPS, Step

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MOMENTS = [NOW + timedelta(minutes=minute) for minute in range(6)]
MAYBE = st.none() | st.sampled_from(MOMENTS)
TIMES = ["heard", "apologised", "reflected", "acknowledged", "offered", "agreed", "declined", "delivered", "refused"]
ISSUES = st.builds(
    IssueFacts,
    id=st.integers(1, 9),
    summary=st.just("It came late"),
    prevention_told_at=MAYBE,
    **{f"{name}_at": MAYBE for name in TIMES},
)
FACTS = st.builds(
    Facts,
    customer=st.just("Maria"),
    now=st.just(NOW),
    opened_at=st.just(NOW),
    issues=st.lists(ISSUES, max_size=3, unique_by=lambda issue: issue.id).map(tuple),
    corrected_at=MAYBE,
)


def the_facts(**known) -> Facts:
    issue = IssueFacts(id=7, summary="It came late", **known)
    return Facts(customer="Maria", now=NOW, opened_at=NOW, issues=(issue,))


def asked(missing) -> list[tuple[Step, int | None]]:
    return [(one.step, one.issue) for one in missing]


def test_an_offer_asks_for_the_person_first():
    missing = offer_gate(the_facts(heard_at=NOW))
    assert asked(missing) == [(Step.APOLOGISE, 7), (Step.REFLECT, 7)]
    assert missing[0].sentence == "Still to do: apologise for “It came late”."


def test_an_offer_for_nothing_asks_to_take_down_what_went_wrong():
    missing = offer_gate(Facts(customer="Maria", now=NOW, opened_at=NOW))
    assert asked(missing) == [(Step.LISTEN, None)]
    assert missing[0].sentence == "Still to do: take down what went wrong."


def test_delivery_asks_for_agreement_of_the_issues_it_is_for():
    facts = the_facts(offered_at=NOW)
    missing = delivery_gate(facts, frozenset({7}), entitlement=False)
    assert asked(missing) == [(Step.AGREE, 7)]
    assert missing[0].sentence == "Still to do: Maria has to agree for “It came late”."
    assert delivery_gate(facts, frozenset({8}), entitlement=False) == ()


def test_what_policy_owes_needs_no_agreement():
    assert delivery_gate(the_facts(), frozenset({7}), entitlement=True) == ()


def test_closing_names_each_of_the_three_parts_that_is_missing():
    missing = closing_gate(the_facts())
    assert asked(missing) == [(Step.ACKNOWLEDGE, 7), (Step.DELIVER, 7), (Step.PREVENT, 7)]
    assert [one.sentence for one in missing] == [
        "Still to do: acknowledge our part in “It came late”.",
        "Still to do: deliver the remedy, or refuse it with reasons, for “It came late”.",
        "Still to do: tell what we do so that it does not happen again about “It came late”.",
    ]


@given(FACTS)
def test_closing_is_open_exactly_when_every_issue_has_its_three_parts(facts):
    complete = all(
        issue.acknowledged_at and (issue.delivered_at or issue.refused_at) and issue.prevention_told_at
        for issue in facts.issues
    )
    assert (closing_gate(facts) == ()) == complete


def _reflection_counts(issue: IssueFacts, facts: Facts) -> bool:
    if issue.reflected_at is None:
        return False
    return facts.corrected_at is None or facts.corrected_at <= issue.reflected_at


@given(FACTS)
def test_an_offer_is_open_exactly_when_every_person_was_heard_apologised_to_and_reflected(facts):
    complete = bool(facts.issues) and all(
        issue.heard_at and issue.apologised_at and _reflection_counts(issue, facts) for issue in facts.issues
    )
    missing = offer_gate(facts)
    assert (missing == ()) == complete
    assert {one.step for one in missing} <= set(PERSON_STEPS)


@given(FACTS, st.frozensets(st.integers(1, 9)))
def test_delivery_is_open_exactly_when_its_issues_were_agreed(facts, numbers):
    owed = {issue.id for issue in facts.issues if issue.id in numbers and issue.agreed_at is None}
    assert {one.issue for one in delivery_gate(facts, numbers, entitlement=False)} == owed


@given(FACTS, st.sets(st.tuples(st.integers(1, 9), st.sampled_from(PERSON_STEPS))))
def test_a_letter_may_say_what_we_do_when_it_says_itself_what_the_person_is_still_owed(facts, said):
    missing = letter_gate(facts, frozenset(said))
    assert set(missing) == {one for one in offer_gate(facts) if (one.issue, one.step) not in said}
    assert letter_gate(facts, frozenset()) == offer_gate(facts)


def test_nobody_is_heard_by_a_letter():
    assert asked(letter_gate(the_facts(), frozenset({(7, Step.APOLOGISE), (7, Step.REFLECT)}))) == [(Step.LISTEN, 7)]


REFUSED = {"refused_at": NOW, "decision_stands": True, "outcome": "not_upheld"}


def test_what_we_did_not_uphold_closes_with_its_reasons_alone():
    assert closing_gate(the_facts(**REFUSED)) == ()


@pytest.mark.parametrize(
    "lacking", [{"refused_at": None}, {"decision_stands": False}, {"outcome": "upheld"}, {"outcome": ""}]
)
def test_without_the_letter_or_a_standing_decision_against_it_closing_asks_for_everything(lacking):
    missing = closing_gate(the_facts(**(REFUSED | lacking)))
    assert {Step.ACKNOWLEDGE, Step.PREVENT} <= {one.step for one in missing}


def test_one_issue_we_did_not_uphold_lets_no_other_through():
    issues = (IssueFacts(id=1, summary="A", **REFUSED), IssueFacts(id=2, summary="B"))
    facts = Facts(customer="Maria", now=NOW, opened_at=NOW, issues=issues)
    assert {one.issue for one in closing_gate(facts)} == {2}
