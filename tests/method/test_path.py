"""Where each step of a recovery stands and why, for one issue and for the whole case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.facts import Facts, IssueFacts
from amends.method.path import Attention, State, issue_path, person_first, recovery_path, says_more, tells_of_promise
from amends.method.steps import PERSON_STEPS, SPOKEN_STEPS, Group, Step

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MOMENTS = [NOW + timedelta(minutes=minute) for minute in range(12)]
HOUR = timedelta(hours=1)
HEARD = {"heard_at": MOMENTS[0]}
PERSON = {**HEARD, "apologised_at": MOMENTS[1], "reflected_at": MOMENTS[1]}
OFFERED = {**PERSON, "acknowledged_at": MOMENTS[1], "offered_at": MOMENTS[2]}
AGREED = {**OFFERED, "agreed_at": MOMENTS[3]}
DELIVERED = {**AGREED, "delivered_at": MOMENTS[4]}
FINISHED = {**DELIVERED, "prevention_told_at": MOMENTS[5]}


def an_issue(number: int = 1, **known) -> IssueFacts:
    return IssueFacts(id=number, summary=known.pop("summary", "It came late"), **known)


def the_facts(*issues: IssueFacts, **known) -> Facts:
    return Facts(**{"customer": "Maria", "now": MOMENTS[10], "opened_at": NOW, "issues": issues, **known})


def row(step: Step, *issues: IssueFacts, **known):
    return next(one for one in recovery_path(the_facts(*issues, **known)).steps if one.step is step)


def shown(step: Step, **known) -> tuple[str, str]:
    facts = the_facts(an_issue(**known))
    one = next(one for one in issue_path(facts.issues[0], facts) if one.step is step)
    return one.state.value, one.why


UNHEARD = [(step, "blocked", "First confirm what went wrong") for step in Step if step is not Step.LISTEN]


@pytest.mark.parametrize(("step", "state", "why"), [(Step.LISTEN, "next", "Confirm what went wrong"), *UNHEARD])
def test_before_anybody_listened_only_listening_can_be_done(step, state, why):
    assert shown(step) == (state, why)


@pytest.mark.parametrize(
    ("step", "state", "why"),
    [
        (Step.LISTEN, "done", ""),
        (Step.APOLOGISE, "next", "Name it, without excuses"),
        (Step.REFLECT, "next", "Say back what happened, in Maria's words"),
        (Step.ACKNOWLEDGE, "next", "Own our part, no excuses"),
        (Step.REMEDY, "blocked", "First apologise for “It came late”"),
        (Step.PREVENT, "blocked", "First apologise for “It came late”"),
        (Step.AGREE, "blocked", "First apologise for “It came late”"),
        (Step.DELIVER, "blocked", "Not before Maria has agreed"),
        (Step.FOLLOW_UP, "blocked", "After the remedy is delivered"),
    ],
)
def test_once_heard_the_person_comes_before_the_problem(step, state, why):
    assert shown(step, **HEARD) == (state, why)


@pytest.mark.parametrize(
    ("step", "state", "why"),
    [
        (Step.REMEDY, "next", "Offer what would put it right"),
        (Step.PREVENT, "next", "Link the cause, then say what changes"),
        (Step.AGREE, "blocked", "First offer a remedy"),
    ],
)
def test_after_the_person_the_remedy_can_be_offered(step, state, why):
    assert shown(step, **PERSON) == (state, why)


def test_what_prevention_still_needs():
    assert shown(Step.PREVENT, **PERSON, cause="Courier") == ("next", "Known cause: Courier. Agree a change")
    told = shown(Step.PREVENT, **PERSON, cause="Courier", change="A second courier")
    assert told == ("next", "Tell Maria: A second courier")


def test_an_offer_waits_for_a_choice_and_a_choice_for_its_delivery():
    assert shown(Step.AGREE, **OFFERED) == ("blocked", "Maria is choosing")
    assert shown(Step.DELIVER, **OFFERED) == ("blocked", "Not before Maria has agreed")
    assert shown(Step.AGREE, **AGREED) == ("done", "")
    assert shown(Step.DELIVER, **AGREED) == ("next", "Carry out what was agreed")


def test_a_declined_offer_asks_for_another():
    known = {**PERSON, "declined_at": MOMENTS[3]}
    assert shown(Step.REMEDY, **known) == ("next", "Maria declined: offer something else")


def test_a_refusal_settles_remedy_agreement_and_delivery_and_says_so():
    refused = {**PERSON, "refused_at": MOMENTS[4]}
    for step in (Step.REMEDY, Step.AGREE, Step.DELIVER):
        assert shown(step, **refused) == ("done", "Refused with reasons")
    assert shown(Step.DELIVER, **refused, delivered_at=MOMENTS[5]) == ("done", "")


def test_a_corrected_reflection_has_to_be_said_again():
    facts = the_facts(an_issue(**OFFERED), corrected_at=MOMENTS[3])
    reflect = recovery_path(facts).steps[2]
    assert (reflect.state, reflect.why) == (State.NEXT, "Maria corrected us: say it back again")
    again = replace(facts, issues=(an_issue(**{**OFFERED, "reflected_at": MOMENTS[4]}),))
    assert recovery_path(again).steps[2].state is State.DONE


def test_the_follow_up_waits_for_its_day():
    delivered = an_issue(**FINISHED)
    later = MOMENTS[10] + timedelta(days=3)
    assert row(Step.FOLLOW_UP, delivered).why == "None is planned"
    assert row(Step.FOLLOW_UP, delivered, follow_up_due_at=later).why == "Due on 24 Nov"
    due = row(Step.FOLLOW_UP, delivered, follow_up_due_at=MOMENTS[10])
    assert (due.state, due.why) == (State.NEXT, "Ask whether it is still right")
    assert row(Step.FOLLOW_UP, delivered, followed_up_at=MOMENTS[9]).at == MOMENTS[9]


def test_a_follow_up_counts_only_for_what_was_put_right_before_it():
    asked_then_delivered_again = an_issue(**{**FINISHED, "delivered_at": MOMENTS[8]})
    one = row(Step.FOLLOW_UP, asked_then_delivered_again, followed_up_at=MOMENTS[6], follow_up_due_at=MOMENTS[9])
    assert one.state is State.NEXT
    raised_after = an_issue(2, **HEARD)
    both = row(Step.FOLLOW_UP, an_issue(**FINISHED), raised_after, followed_up_at=MOMENTS[6])
    assert (both.state, both.why) == (State.BLOCKED, "After the remedy is delivered")


def test_the_least_advanced_issue_decides():
    far, near = an_issue(1, **FINISHED), an_issue(2, **HEARD, summary="Nobody called")
    path = recovery_path(the_facts(far, near))
    states = {one.step: one.state for one in path.steps}
    assert states[Step.LISTEN] is State.DONE
    assert states[Step.APOLOGISE] is State.NEXT
    assert states[Step.REMEDY] is State.BLOCKED
    assert states[Step.DELIVER] is State.BLOCKED
    assert path.next is not None
    assert (path.next.step, path.next.why) == (Step.APOLOGISE, "Name it, without excuses · 1 of 2 issues")
    assert person_first(the_facts(far, near)) == "First apologise for “Nobody called”"


def test_one_issue_owed_to_the_person_blocks_the_remedy_of_all():
    facts = the_facts(an_issue(1, **PERSON), an_issue(2, summary="Nobody called"))
    remedy = next(one for one in issue_path(facts.issues[0], facts) if one.step is Step.REMEDY)
    assert (remedy.state, remedy.why) == (State.BLOCKED, "First listen for “Nobody called”")


def test_a_done_step_carries_the_latest_time():
    first, second = an_issue(1, heard_at=MOMENTS[1]), an_issue(2, heard_at=MOMENTS[4])
    assert row(Step.LISTEN, first, second).at == MOMENTS[4]
    assert row(Step.LISTEN, second, first).at == MOMENTS[4]


def test_without_issues_the_first_thing_is_to_take_them_down():
    path = recovery_path(the_facts())
    assert (path.next.step, path.next.why) == (Step.LISTEN, "Take down what went wrong")
    assert {one.why for one in path.steps[1:]} == {"First take down what went wrong"}


@pytest.mark.parametrize(
    ("issue", "known", "attention", "reason"),
    [
        (FINISHED, {"unanswered_since": MOMENTS[9], "closed_at": MOMENTS[8]}, Attention.TO_DO, "Maria wrote"),
        (HEARD, {"unanswered_since": MOMENTS[1], "snoozed_until": MOMENTS[11]}, Attention.TO_DO, "Maria wrote"),
        (HEARD, {"snoozed_until": MOMENTS[11]}, Attention.WAITING, "Put aside"),
        (HEARD, {}, Attention.TO_DO, "Name it, without excuses"),
        (OFFERED, {}, Attention.WAITING, "Maria is choosing"),
        ({**AGREED, "prevention_told_at": MOMENTS[2]}, {}, Attention.TO_DO, "Carry out what was agreed"),
        (AGREED, {}, Attention.TO_DO, "Link the cause, then say what changes"),
        (DELIVERED, {}, Attention.TO_DO, "Link the cause, then say what changes"),
        (FINISHED, {}, Attention.TO_DO, "Ready to close"),
        (FINISHED, {"closed_at": MOMENTS[8]}, Attention.DONE, "Closed"),
        (FINISHED, {"closed_at": MOMENTS[8], "follow_up_due_at": MOMENTS[11]}, Attention.DONE, "Closed"),
        (
            FINISHED,
            {"closed_at": MOMENTS[8], "follow_up_due_at": MOMENTS[9]},
            Attention.TO_DO,
            "Ask whether it is still right",
        ),
        (
            DELIVERED,
            {"closed_at": MOMENTS[8], "follow_up_due_at": MOMENTS[9]},
            Attention.TO_DO,
            "Ask whether it is still right",
        ),
    ],
)
def test_whose_turn_it_is(issue, known, attention, reason):
    path = recovery_path(the_facts(an_issue(**issue), **known))
    assert (path.attention, path.reason) == (attention, reason)


def test_a_choice_still_open_for_another_issue_does_not_hide_what_we_can_do():
    path = recovery_path(the_facts(an_issue(1, **OFFERED), an_issue(2, **AGREED)))
    assert path.attention is Attention.TO_DO
    assert next(one for one in path.steps if one.step is Step.DELIVER).state is State.NEXT


def test_every_step_has_its_group_and_heading():
    groups = [step.group for step in Step]
    assert groups == [Group.PERSON] * 3 + [Group.PROBLEM] * 3 + [Group.PROMISE] * 3
    assert tuple(step for step in Step if step.group is Group.PERSON) == PERSON_STEPS
    assert Step.FOLLOW_UP.heading == "Follow up"
    assert not {Step.LISTEN, Step.AGREE, Step.DELIVER, Step.FOLLOW_UP} & set(SPOKEN_STEPS)


MAYBE = st.none() | st.sampled_from(MOMENTS)
TIMES = ["heard", "apologised", "reflected", "acknowledged", "offered", "agreed", "declined", "delivered", "refused"]
ISSUES = st.builds(
    IssueFacts,
    id=st.integers(1, 5),
    summary=st.text(min_size=1, max_size=10),
    cause=st.sampled_from(["", "Courier"]),
    change=st.sampled_from(["", "A second courier"]),
    prevention_told_at=MAYBE,
    **{f"{name}_at": MAYBE for name in TIMES},
)
ANY_FACTS = st.builds(
    Facts,
    customer=st.just("Maria"),
    now=st.sampled_from(MOMENTS),
    opened_at=st.just(NOW),
    issues=st.lists(ISSUES, max_size=3, unique_by=lambda issue: issue.id).map(tuple),
    understood_at=MAYBE,
    corrected_at=MAYBE,
    unanswered_since=MAYBE,
    snoozed_until=MAYBE,
    closed_at=MAYBE,
    follow_up_due_at=MAYBE,
    followed_up_at=MAYBE,
)


@given(ANY_FACTS)
def test_any_facts_have_a_path_with_each_step_once_and_a_reason(facts):
    path = recovery_path(facts)
    assert [one.step for one in path.steps] == list(Step)
    assert set(path.issues) == {issue.id for issue in facts.issues}
    assert all([one.step for one in rows] == list(Step) for rows in path.issues.values())
    for one in [*path.steps, *(one for rows in path.issues.values() for one in rows)]:
        assert (one.at is not None) == (one.state is State.DONE)
        assert one.why or one.state is State.DONE
    assert path.reason


@given(ANY_FACTS)
def test_a_step_of_the_case_is_done_exactly_when_it_is_for_every_issue(facts):
    path = recovery_path(facts)
    for position, one in enumerate(path.steps):
        states = {rows[position].state for rows in path.issues.values()}
        assert (one.state is State.DONE) == (states == {State.DONE})
        if states:
            assert (one.state is State.NEXT) == (State.NEXT in states)


@pytest.mark.parametrize("seems", ["", "seems to choose “a refund”", "seems to decline", "agrees with a “but”"])
@pytest.mark.parametrize("unanswered", [None, MOMENTS[3]])
@pytest.mark.parametrize("low", [None, MOMENTS[3]])
@pytest.mark.parametrize("warn", [None, MOMENTS[4], MOMENTS[11]])
def test_a_promise_near_is_told_of_unless_a_message_comes_before_it(seems, unanswered, low, warn):
    known = {"seems": seems, "unanswered_since": unanswered, "low_score_due_at": low, "promise_words": "call you"}
    facts = the_facts(an_issue(**AGREED), **known, promise_warn_at=warn, promise_due_at=warn and warn + HOUR)
    reason = recovery_path(facts).reason
    assert tells_of_promise(reason) == (unanswered is not None or warn == MOMENTS[4])
    assert reason.startswith("Promised: ") == (unanswered is None and warn == MOMENTS[4])
    assert says_more(reason) == bool(
        reason.startswith("Promised: ") or (seems and unanswered) or (low and not unanswered)
    )
