"""Asking whether it is still right: when, by whom, to whom never; and what each answer does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.closure import close
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.issue import Issue
from amends.cases.outbox import OutboxEntry, claim_letters, deliver, fail
from amends.cases.reopening import IssueReopening, Why
from amends.cases.reply import undo
from amends.cases.standing import Standing
from amends.jobs import sweep
from amends.method.path import Attention
from amends.method.steps import Step
from amends.recovery.ask_again import SILENT_AFTER, ask_again, ask_those_due, hindrance
from amends.recovery.deliver import refuse
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page, follow_up
from amends.recovery.recurrence import Ineffective
from tests.conftest import mail

pytestmark = pytest.mark.django_db
NO = "The second one broke too.\nI want it repaired."


@pytest.fixture
def closed(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=cast.tom, now=one.now)
    let_leave(one)
    return one


def let_leave(one) -> None:
    """The worker has sent what waits."""
    for entry in claim_letters(one.now + timedelta(minutes=1), 100):
        deliver(entry, one.now)
    assert not OutboxEntry.objects.waiting().exists()
    OutboxEntry.objects.filter(sent_at__isnull=False).update(sent_at=one.now)


def standing() -> tuple[str, str]:
    row = Standing.objects.get()
    return row.attention, row.next_step


def wait_for_the_letter(one) -> FollowUp:
    """Time passes until our letter has asked."""
    one.cast.clock.now = one.case.follow_ups.get(done_at=None, silent_at=None).due_at
    assert sweep(one.now) == 1
    let_leave(one)
    return one.case.follow_ups.get(done_at=None, silent_at=None)


def ask(one, *, still_right: bool, words: str = "Yes, thank you", issues=frozenset()) -> None:
    follow_up(one.case, still_right=still_right, words=words, by=one.cast.tom, now=one.now, issues=issues)


def test_a_delivery_plans_the_first_round_by_severity(closed):
    planned = closed.case.follow_ups.get()
    days = {1: 7, 2: 7, 3: 3, 4: 1}[closed.case.severity]
    assert planned.due_at - planned.planned_at == timedelta(days=days)
    assert planned.round == 1
    assert standing() == (Attention.DONE, "")


def test_on_the_day_a_letter_asks_by_itself_and_once(closed):
    due = closed.case.follow_ups.get().due_at
    assert sweep(due - timedelta(seconds=1)) == 0
    asked = wait_for_the_letter(closed)
    letter = asked.letter
    assert (letter.automatic, letter.author, letter.sender_name) == ("follow_up", None, "Lindqvist Home")
    assert letter.outbox.envelope["automatic"] is True
    for answer in Answer:
        assert f"/follow-up/?answer={answer.value}" in letter.text
    assert standing() == (Attention.DONE, "")
    assert sweep(closed.now + timedelta(hours=1)) == 0
    assert not ask_again(asked.pk, closed.now)
    assert closed.case.messages.filter(automatic="follow_up").count() == 1


def test_yes_plans_the_second_round_and_its_yes_ends_it(closed, cast):
    asked = wait_for_the_letter(closed)
    answer_on_page(asked, Answer.RIGHT, "", cast.clock.forward(hours=1))
    delivered = closed.case.fulfilments.get().at
    second = closed.case.follow_ups.get(done_at=None)
    assert (second.round, second.due_at) == (2, delivered + timedelta(days=28))
    again = wait_for_the_letter(closed)
    assert "Is it still right for you?" in again.letter.text
    answer_on_page(again, Answer.RIGHT, "All good", cast.clock.forward(hours=1))
    assert not closed.case.follow_ups.filter(done_at=None).exists()
    assert standing() == (Attention.DONE, "")


def test_silence_is_no_answer_and_never_right(closed, cast):
    asked = wait_for_the_letter(closed)
    sent = asked.letter.outbox.sent_at
    assert sweep(sent + SILENT_AFTER - timedelta(seconds=1)) == 0
    cast.clock.now = sent + SILENT_AFTER
    assert sweep(cast.clock.now) == 1
    asked.refresh_from_db()
    assert (asked.silent_at, asked.done_at, asked.still_right) == (cast.clock.now, None, None)
    assert closed.case.follow_ups.get(silent_at=None).round == 2
    wait_for_the_letter(closed)
    cast.clock.forward(days=15)
    sweep(cast.clock.now)
    assert closed.case.follow_ups.filter(silent_at=None).count() == 0
    assert not closed.case.follow_ups.filter(still_right=True).exists()
    assert sweep(cast.clock.now + timedelta(days=30)) == 0


def test_a_late_answer_counts_all_the_same(closed, cast):
    asked = wait_for_the_letter(closed)
    cast.clock.forward(days=20)
    sweep(cast.clock.now)
    answer_on_page(asked, Answer.NO, "It broke", cast.clock.now, issues=frozenset([closed.issues[0].pk]))
    assert standing()[0] == Attention.TO_DO


@pytest.mark.parametrize("answer", [Answer.NO, Answer.LEFT])
def test_no_lets_that_issue_begin_again_with_its_history(closed, cast, answer):
    asked = wait_for_the_letter(closed)
    severity = closed.case.severity
    _, second = closed.issues
    answer_on_page(asked, answer, NO, cast.clock.forward(hours=1), issues=frozenset([second.pk]))
    again = IssueReopening.objects.get()
    assert (again.issue, again.words, again.why, again.by) == (second, NO, Why.FOLLOW_UP, None)
    case = type(closed.case).objects.get()
    assert not hasattr(case, "closure")
    assert case.severity == severity + 1
    assert case.assignment.to == cast.tom
    assert standing() == (Attention.TO_DO, "apologise")
    assert Ineffective.objects.get().reopening == again
    from amends.cases.facts import facts_of

    kept, reopened = facts_of(case, cast.clock.now).issues
    assert (kept.attempts, kept.delivered_at is None) == (0, False)
    assert (reopened.attempts, reopened.delivered_at, reopened.apologised_at, reopened.agreed_at) == (
        1,
        None,
        None,
        None,
    )


def test_a_no_by_phone_is_noted_with_their_words(closed, cast):
    cast.clock.forward(days=8)
    ask(closed, still_right=False, words=NO)
    assert {one.issue for one in IssueReopening.objects.all()} == set(closed.issues)
    assert IssueReopening.objects.filter(by=cast.tom).count() == 2
    assert closed.case.events.filter(kind="case_reopened").count() == 1


def test_severity_never_passes_four(closed, cast):
    type(closed.case).objects.update(severity=4)
    cast.clock.forward(days=8)
    ask(closed, still_right=False, words=NO)
    assert type(closed.case).objects.get().severity == 4


def test_a_case_whose_owner_left_goes_back_to_the_team(closed, cast):
    cast.tom.is_active = False
    cast.tom.save()
    ask(closed, still_right=False, words=NO)
    assert Standing.objects.get().assignee is None


def test_after_a_no_the_next_remedy_is_asked_about_again_and_attempts_are_counted(closed, cast):
    ask(closed, still_right=False, words=NO)
    closed.say(Step.APOLOGISE, Step.REMEDY, Step.REFLECT, Step.ACKNOWLEDGE)
    closed.deliver(closed.accept(closed.offer(reason="The first transfer was too small.")))
    closed.prevent()
    close(closed.case, by=cast.tom, now=closed.now)
    let_leave(closed)
    assert wait_for_the_letter(closed).round == 1
    ask(closed, still_right=False, words="Again")
    from amends.cases.facts import facts_of

    assert [one.attempts for one in facts_of(closed.case, closed.now).issues] == [2, 2]


def test_an_apology_alone_is_not_enough_after_it_came_back(closed, cast):
    ask(closed, still_right=False, words=NO)
    with pytest.raises(Incomplete, match="what we do now"):
        closed.say(Step.APOLOGISE)
    closed.say(Step.APOLOGISE, Step.REFLECT, Step.REMEDY)


def test_an_answer_needs_the_customers_words(closed, cast):
    with pytest.raises(Incomplete, match="Write down what the customer said"):
        ask(closed, still_right=True, words=" ")
    asked = wait_for_the_letter(closed)
    with pytest.raises(Incomplete, match="what is not right"):
        answer_on_page(asked, Answer.LEFT, " ", closed.now)
    with pytest.raises(Incomplete, match="Tick"):
        answer_on_page(asked, Answer.LEFT, "The lamp", closed.now)
    answer_on_page(asked, Answer.RIGHT, "", closed.now)
    with pytest.raises(AlreadyDone, match="You answered this before"):
        answer_on_page(asked, Answer.NO, "No", closed.now)


def test_nothing_to_ask_is_refused(recovery):
    with pytest.raises(NotPossible, match="No follow-up is planned"):
        ask(recovery(), still_right=True)


def due_and_unasked(one) -> str:
    """Time passes to the day, the sweep writes nothing; returns the reason a person reads."""
    one.cast.clock.now = one.case.follow_ups.get().due_at
    sweep(one.now)
    assert one.case.follow_ups.get().letter is None
    assert standing_of(one) == (Attention.TO_DO, "follow up")
    return hindrance(one.case, one.now)


def standing_of(one) -> tuple[str, str]:
    row = Standing.objects.get(pk=one.case.pk)
    return row.attention, row.next_step


def test_never_to_an_address_that_bounced(closed):
    fail(closed.say().outbox, "550", closed.now)
    OutboxEntry.objects.filter(failed_at__isnull=False).update(sent_at=None)
    assert "came back" in due_and_unasked(closed)


def test_never_where_a_machine_wrote_last(closed, cast):
    raw = mail("Gone", message_id="<ooo@p.example>", References="<one@post.example>", Auto_Submitted="auto-replied")
    cast.write(raw)
    assert "machine" in due_and_unasked(closed)


def test_never_while_another_complaint_of_theirs_is_being_answered(closed, cast):
    cast.clock.now = closed.case.follow_ups.get().due_at - timedelta(hours=1)
    other = cast.case(mail("The lamp is broken.", message_id="<two@post.example>", subject="Lamp"))
    assert "Another complaint" in due_and_unasked(closed)
    other.messages.filter(outgoing=False).update(automatic="list")
    Issue.objects.filter(case=other).delete()
    assert hindrance(closed.case, closed.now) == ""


def test_whoever_waits_for_a_person_keeps_nobody_from_writing(closed, cast):
    """Each sweep looks at them again, and only what is to be written takes the lock: in a test, a savepoint."""
    fail(closed.say().outbox, "550", closed.now)
    OutboxEntry.objects.filter(failed_at__isnull=False).update(sent_at=None)
    with CaptureQueriesContext(connection) as asked:
        assert ask_those_due(closed.case.follow_ups.get().due_at) == 0
    assert len(asked) > 1
    assert not [one for one in asked.captured_queries if one["sql"].startswith("SAVEPOINT")]


def test_at_most_three_letters_nobody_wrote_a_day(closed, cast):
    cast.clock.now = closed.case.follow_ups.get().due_at
    from amends.cases.letters import queue_letter

    for _ in range(3):
        queue_letter(closed.case, "Automatic", now=closed.now - timedelta(hours=1), automatic="link")
    assert "automatic letters" in due_and_unasked(closed)
    cast.clock.forward(days=1)
    assert sweep(closed.now) == 1
    assert closed.case.follow_ups.get().letter is not None


def test_an_answer_by_mail_is_a_message_to_answer_and_no_silence(closed, cast):
    asked = wait_for_the_letter(closed)
    cast.clock.forward(days=1)
    answer = mail("Let me look on Monday.", message_id="<a@post.example>", References=f"<{asked.letter.external_id}>")
    assert cast.write(answer).message.case == closed.case
    assert standing()[0] == Attention.TO_DO
    cast.clock.forward(days=20)
    sweep(cast.clock.now)
    asked.refresh_from_db()
    assert asked.silent_at is None
    closed.say(issues=[])
    assert standing() == (Attention.TO_DO, "follow up")
    ask(closed, still_right=True, words="She rang: all is well.")
    assert standing() == (Attention.DONE, "") or Standing.objects.get().reason == "Ready to close"


def test_a_letter_that_came_back_leaves_the_asking_to_a_person(closed):
    asked = wait_for_the_letter(closed)
    fail(asked.letter.outbox, "550", closed.now)
    assert standing() == (Attention.TO_DO, "follow up")


def test_a_case_closed_by_exception_is_asked_about_too(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    close(one.case, by=cast.ines, now=one.now, exception="Prevention is with the courier")
    let_leave(one)
    assert wait_for_the_letter(one).letter is not None


@pytest.mark.parametrize("lost", ["taken back", "came back"])
def test_a_refusal_counts_only_when_its_letter_reaches_the_customer(recovery, cast, settings, lost):
    settings.AMENDS_UNDO_SECONDS = 600
    one = recovery()
    one.person_first()
    for issue in one.issues:
        one.decide(issue, "third_party", "partly")
        letter = refuse(issue, "Sent on time.", "The ombudsman.", by=cast.tom, now=one.now).message
    with pytest.raises(AlreadyDone):
        refuse(one.issues[-1], "Sent on time.", "The ombudsman.", by=cast.tom, now=one.now)
    if lost == "taken back":
        undo(letter, by=cast.tom, now=one.now)
    else:
        fail(letter.outbox, "550", one.now)
    assert standing()[1] == "remedy"
    refuse(one.issues[-1], "Sent on time.", "The ombudsman.", by=cast.tom, now=one.now)
    assert standing()[1] == "prevent"
