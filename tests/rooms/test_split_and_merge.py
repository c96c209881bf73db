"""Splitting, merging, taking off and putting back: nothing that is owed gets lost, and every step can be undone."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.closure import Exemption, close
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of
from amends.cases.hear import Heard, correct_understanding, hear
from amends.cases.issue import Issue, Wish
from amends.cases.merge import merge, unmerge
from amends.cases.split import Part, split
from amends.cases.standing import Standing
from amends.cases.withdraw import put_back, withdraw
from amends.errors import AmendsError
from amends.method.gates import closing_gate, offer_gate
from amends.method.path import State, recovery_path
from amends.method.steps import PERSON_STEPS, Step
from tests.conftest import mail

pytestmark = pytest.mark.django_db

TWO = "My order arrived nine days late and you charged me €89\ntwice, and nobody answered the phone."
LATE = "My order arrived nine days late"
BILLED = "you charged me €89 twice"


@pytest.fixture
def whole(recovery):
    """A case with one issue that holds two things, heard, and its words in the letter."""
    one = recovery(mail(TWO))
    lines = [Heard(issue.pk, "", "", off=True, reason="Taken together") for issue in one.issues]
    hear(one.case, [*lines, Heard(None, "Late and billed twice", "delivery", words=TWO)], by=one.cast.tom, now=one.now)
    return one


@pytest.fixture
def two(recovery):
    """A case with two issues, both heard."""
    one = recovery()
    one.hear()
    assert len(one.issues) == 2
    return one


def parts(*words: str) -> list[Part]:
    return [Part(f"Thing {number}", "delivery", text) for number, text in enumerate(words)]


def facts(one):
    return facts_of(one.case, one.now)


def facts_by_issue(one) -> dict:
    return {issue.id: issue for issue in facts(one).issues}


def tick(one):
    return one.cast.clock.forward(minutes=1)


# splitting


def test_each_part_has_its_own_words_and_place(whole):
    first, second = split(whole.issues[0], parts(LATE, BILLED), by=whole.cast.tom, now=tick(whole))
    for issue, words in ((first, LATE), (second, "you charged me €89\ntwice")):
        assert issue.words == words
        assert issue.message.text[issue.start : issue.end] == words
        assert issue.hearing.by == whole.cast.tom
    assert (second.split.of, second.split.by) == (first, whole.cast.tom)


def test_parts_may_overlap(whole):
    first, second = split(
        whole.issues[0], parts(f"{LATE} and you charged me", BILLED), by=whole.cast.tom, now=whole.now
    )
    assert first.start < second.start < first.end < second.end


def test_the_first_part_keeps_the_story_and_the_others_begin_new(whole):
    whole.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    before = facts(whole).issues[0]
    first, second = split(whole.issues[0], parts(LATE, BILLED), by=whole.cast.tom, now=tick(whole))
    after = facts_by_issue(whole)
    assert replace(after[first.pk], summary=before.summary) == before
    assert (after[second.pk].apologised_at, after[second.pk].reflected_at) == (None, None)
    assert {missing.issue for missing in offer_gate(facts(whole))} == {second.pk}


def test_splitting_takes_nothing_off_what_is_owed(whole):
    whole.say(Step.APOLOGISE)
    owed = {(one.step, one.issue) for one in closing_gate(facts(whole))}
    split(whole.issues[0], parts(LATE, BILLED), by=whole.cast.tom, now=tick(whole))
    assert owed <= {(one.step, one.issue) for one in closing_gate(facts(whole))}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (parts(LATE), "at least two things"),
        (parts(*[LATE] * 7), "at most 6"),
        ([*parts(LATE), Part(" ", "delivery", BILLED)], "in a few words what went wrong"),
        ([*parts(LATE), Part("Billed", "weather", BILLED)], "Choose what “Billed” is about"),
        ([*parts(LATE), Part("Billed", "delivery", "")], "Copy the words for “Billed” from what Maria wrote"),
        ([*parts(LATE), Part("Billed", "delivery", "they were rude")], "Copy the words for “Billed”"),
    ],
)
def test_a_part_that_lacks_something_is_refused_whole(whole, given, sentence):
    with pytest.raises(Incomplete, match=sentence):
        split(whole.issues[0], given, by=whole.cast.tom, now=whole.now)
    assert [issue.summary for issue in whole.issues] == ["Late and billed twice"]
    assert Issue.objects.filter(split__isnull=False).count() == 0


def test_a_split_that_was_wrong_is_merged_back_with_all_that_had_been_said(whole):
    whole.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    before = facts(whole).issues[0]
    first, second = split(whole.issues[0], parts(LATE, BILLED), by=whole.cast.tom, now=tick(whole))
    merge(second, first, by=whole.cast.tom, now=tick(whole))
    assert [replace(one, summary=before.summary) for one in facts(whole).issues] == [before]


# merging


def test_the_one_that_stands_for_both_inherits_no_apology(two):
    first, second = two.issues
    two.say(Step.APOLOGISE, issues=[second])
    merge(second, first, by=two.cast.tom, now=tick(two))
    assert facts_by_issue(two)[first.pk].apologised_at is None
    assert Step.APOLOGISE in {missing.step for missing in offer_gate(facts(two))}
    two.say(Step.APOLOGISE)
    assert facts_by_issue(two)[first.pk].apologised_at == two.now


def test_nor_does_its_own_apology_cover_the_other(two):
    first, second = two.issues
    two.say(Step.APOLOGISE, issues=[first])
    merge(second, first, by=two.cast.tom, now=tick(two))
    assert facts_by_issue(two)[first.pk].apologised_at is None


def test_what_was_said_for_both_counts_for_both(two):
    first, second = two.issues
    two.person_first()
    said = facts_by_issue(two)[first.pk]
    merge(second, first, by=two.cast.tom, now=tick(two))
    assert facts(two).issues == (said,)
    assert offer_gate(facts(two)) == ()


def test_a_proposal_of_the_machine_takes_nothing_away(recovery):
    one = recovery()
    first, second = one.issues
    hear(one.case, [Heard(first.pk, "Late", "delivery")], by=one.cast.tom, now=tick(one))
    one.say(*PERSON_STEPS[1:], issues=[first])
    merge(second, first, by=one.cast.tom, now=tick(one))
    assert offer_gate(facts(one)) == ()


def test_what_was_offered_for_only_one_keeps_them_apart(two):
    two.person_first()
    first, second = two.issues
    two.offer(issues=[first])
    for issue, into in ((first, second), (second, first)):
        with pytest.raises(NotPossible, match="offered, refused or delivered for only one"):
            merge(issue, into, by=two.cast.tom, now=two.now)


def test_what_is_offered_for_both_stays_for_both(two):
    two.person_first()
    first, second = two.issues
    offer = two.offer()
    merge(second, first, by=two.cast.tom, now=tick(two))
    two.deliver(two.accept(offer))
    assert facts(two).issues[0].delivered_at == two.now


def test_merging_needs_another_open_issue_of_the_same_case(two, recovery):
    first, second = two.issues
    other = two.cast.case(mail(sender="Olu <olu@post.example>", message_id="<olu@post.example>")).issues.first()
    for into in (first, other):
        with pytest.raises(Incomplete, match="Choose another issue of this case"):
            merge(first, into, by=two.cast.tom, now=two.now)
    merge(second, first, by=two.cast.tom, now=two.now)
    with pytest.raises(NotPossible, match="part of another issue"):
        merge(second, first, by=two.cast.tom, now=two.now)
    with pytest.raises(NotPossible, match="stands for itself"):
        unmerge(first, by=two.cast.tom, now=two.now)


SAYINGS = st.lists(
    st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from([Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE])), max_size=6
)


@pytest.fixture
def three(recovery):
    one = recovery()
    one.hear("Nobody called back")
    assert len(one.issues) == 3
    return one


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sayings=SAYINGS, order=st.permutations([0, 1, 2]))
def test_merge_then_unmerge_restores_exactly(three, sayings, order):
    """Invariant 8 for issues: whatever was said before, and with a merger inside a merger."""
    from django.db import transaction

    with transaction.atomic():
        for number, step in sayings:
            three.say(step, issues=[three.issues[number]])
        before, issues = facts(three).issues, [three.issues[number] for number in order]
        path = recovery_path(facts(three))
        now = three.now
        merge(issues[0], issues[1], by=three.cast.tom, now=now)
        merge(issues[1], issues[2], by=three.cast.tom, now=now)
        unmerge(issues[0], by=three.cast.tom, now=now)
        unmerge(issues[1], by=three.cast.tom, now=now)
        assert facts(three).issues == before
        assert recovery_path(facts(three)) == path
        transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sayings=SAYINGS, pair=st.sampled_from([(0, 1), (1, 0), (0, 2), (2, 1)]))
def test_no_gate_opens_by_merging(three, sayings, pair):
    from django.db import transaction

    with transaction.atomic():
        for number, step in sayings:
            three.say(step, issues=[three.issues[number]])
        offer, closing = offer_gate(facts(three)), closing_gate(facts(three))
        issue, into = (three.issues[number] for number in pair)
        merge(issue, into, by=three.cast.tom, now=three.now)
        owed = {(one.step, into.pk if one.issue == issue.pk else one.issue) for one in (*offer, *closing)}
        left = {(one.step, one.issue) for one in (*offer_gate(facts(three)), *closing_gate(facts(three)))}
        assert owed == left
        transaction.set_rollback(True)


# taking off and putting back


def test_the_team_takes_a_proposal_off_freely(recovery):
    one = recovery()
    withdraw(one.issues[0], "A greeting, no complaint", wish=Wish.TEAM, by=one.cast.tom, now=one.now)
    assert len(one.issues) == 1
    assert Exemption.objects.count() == 0


@pytest.mark.parametrize("door", ["withdraw", "hear"])
def test_taking_off_what_is_owed_is_a_leads_and_is_counted(two, door):
    def off(by) -> None:
        if door == "withdraw":
            withdraw(two.issues[0], "They mean something else", wish=Wish.TEAM, by=by, now=two.now)
        else:
            line = Heard(two.issues[0].pk, "", "", off=True, reason="They mean something else")
            hear(two.case, [line], by=by, now=two.now)

    with pytest.raises(NotAllowed, match=r"Maria is still owed something for it\. Only a lead can take it off"):
        off(two.cast.tom)
    assert len(two.issues) == 2
    issue = two.issues[0].pk
    off(two.cast.ines)
    made = Exemption.objects.get()
    assert (made.by, made.gate, made.reason) == (two.cast.ines, "closing", "They mean something else")
    assert {one["issue"] for one in made.missing} == {issue}


def test_what_the_customer_added_is_owed_although_nobody_heard_it(two):
    two.say(Step.APOLOGISE, Step.REFLECT)
    correct_understanding(two.case, {}, "Nobody called back", tick(two))
    with pytest.raises(NotAllowed):
        withdraw(two.issues[-1], "Too much", wish=Wish.TEAM, by=two.cast.tom, now=two.now)


def test_at_the_customers_wish_an_issue_goes_with_their_words_and_closing_asks_no_more(two):
    for issue in two.issues:
        with pytest.raises(Incomplete, match=r"how Maria took .* back, in their words"):
            withdraw(issue, " ", wish=Wish.CUSTOMER, by=two.cast.tom, now=two.now)
        withdraw(issue, "Oh, it was my sister's order", wish=Wish.CUSTOMER, by=two.cast.tom, now=two.now)
    assert closing_gate(facts(two)) == ()
    assert Exemption.objects.count() == 0
    assert {row.withdrawal.wish for row in Issue.objects.all()} == {"customer"}
    two.say(issues=[])
    close(two.case, by=two.cast.tom, now=tick(two), words="Maria took it all back")


def test_an_issue_comes_back_with_its_history(two):
    two.say(Step.APOLOGISE)
    before = facts(two).issues
    withdraw(two.issues[0], "Never mind that", wish=Wish.CUSTOMER, by=two.cast.tom, now=two.now)
    gone = Issue.objects.get(withdrawal__isnull=False)
    with pytest.raises(AlreadyDone, match="off the case already"):
        withdraw(gone, "Never mind", wish=Wish.CUSTOMER, by=two.cast.tom, now=two.now)
    put_back(gone, by=two.cast.tom, now=two.now)
    assert facts(two).issues == before
    with pytest.raises(NotPossible, match="is on the case"):
        put_back(gone, by=two.cast.tom, now=two.now)


def test_nothing_is_changed_behind_a_closing(two):
    first, second = two.issues
    for issue in two.issues:
        withdraw(issue, "Never mind", wish=Wish.CUSTOMER, by=two.cast.tom, now=two.now)
    two.say(issues=[])
    close(two.case, by=two.cast.tom, now=tick(two), words="All taken back")
    verbs = [
        lambda: split(first, parts(LATE, BILLED), by=two.cast.tom, now=two.now),
        lambda: merge(first, second, by=two.cast.tom, now=two.now),
        lambda: unmerge(first, by=two.cast.tom, now=two.now),
        lambda: withdraw(first, "Never mind", wish=Wish.CUSTOMER, by=two.cast.tom, now=two.now),
        lambda: put_back(first, by=two.cast.tom, now=two.now),
        lambda: two.decide(first),
        lambda: hear(two.case, [Heard(None, "More", "delivery")], by=two.cast.tom, now=two.now),
    ]
    for verb in verbs:
        with pytest.raises(NotPossible, match=r"This case is closed\. Open it again first\."):
            verb()


def test_a_correction_of_the_customer_opens_a_closed_case(two):
    two.person_first()
    two.deliver(two.accept(two.offer()))
    two.prevent()
    close(two.case, by=two.cast.tom, now=tick(two))
    correct_understanding(two.case, {}, "And nobody called back", tick(two))
    assert facts(two).closed_at is None


VERBS = st.lists(
    st.tuples(st.sampled_from(["merge", "unmerge", "off", "back", "split", "say"]), st.integers(0, 5)), max_size=8
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=VERBS)
def test_whatever_is_done_to_issues_each_is_on_the_case_or_off_it_for_a_reason(three, steps):
    """No issue vanishes: it is open, taken off, or stands inside one that leads to an open or taken-off one."""
    from django.db import transaction

    with transaction.atomic():
        for verb, number in steps:
            rows = list(three.case.issues.all())
            issue, other = rows[number % len(rows)], rows[(number + 1) % len(rows)]
            with suppress(AmendsError):
                _do(three, verb, issue, other)
        for issue in three.case.issues.all():
            end = _stands_in(issue)
            assert three.case.open_issues().filter(pk=end.pk).exists() or hasattr(end, "withdrawal")
        assert {one.id for one in facts(three).issues} == {one.pk for one in three.issues}
        _stands_as_computed(three)
        transaction.set_rollback(True)


def _stands_as_computed(one) -> None:
    """Nobody sets the state of a case: its row says what the path says, which is as far as the least far issue."""
    path = recovery_path(facts(one))
    for position, step in enumerate(path.steps):
        if path.issues:
            done = all(steps[position].state is State.DONE for steps in path.issues.values())
            assert (step.state is State.DONE) == done
    row = Standing.objects.get(case=one.case)
    assert (row.attention, row.next_step) == (path.attention, path.next.step if path.next else "")


def _stands_in(issue: Issue, most: int = 10) -> Issue:
    assert most, "a merger that never ends"
    return _stands_in(issue.merger.into, most - 1) if hasattr(issue, "merger") else issue


def _do(one, verb: str, issue: Issue, other: Issue) -> None:
    by, now = one.cast.ines, tick(one)
    {
        "merge": lambda: merge(issue, other, by=by, now=now),
        "unmerge": lambda: unmerge(issue, by=by, now=now),
        "off": lambda: withdraw(issue, "Never mind", wish=Wish.TEAM, by=by, now=now),
        "back": lambda: put_back(issue, by=by, now=now),
        "split": lambda: split(issue, parts("nine days late", "charged me"), by=by, now=now),
        "say": lambda: one.say(Step.APOLOGISE, issues=[issue]),
    }[verb]()
