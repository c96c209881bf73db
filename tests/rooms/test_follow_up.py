"""Asking whether it is still right, and what a “no” does."""

from datetime import timedelta

import pytest

from amends.cases.closure import close
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.outbox import fail
from amends.cases.reply import undo
from amends.cases.standing import Standing
from amends.jobs import sweep
from amends.method.path import Attention
from amends.recovery.deliver import follow_up, refuse

pytestmark = pytest.mark.django_db
NO = "The second one broke too.\nI want it repaired."


@pytest.fixture
def closed(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=cast.tom, now=one.now)
    return one


def standing() -> tuple[str, str]:
    row = Standing.objects.get()
    return row.attention, row.next_step


def ask(one, *, still_right: bool, words: str = "Yes, thank you") -> None:
    follow_up(one.case, still_right=still_right, words=words, by=one.cast.tom, now=one.now)


def test_a_delivery_plans_one_follow_up_by_severity(closed):
    planned = closed.case.follow_ups.get()
    assert planned.due_at - planned.planned_at in (timedelta(days=7), timedelta(days=3), timedelta(days=1))
    assert standing() == (Attention.DONE, "")


def test_the_day_brings_a_closed_case_back_once(closed, cast):
    due = closed.case.follow_ups.get().due_at
    assert sweep(due - timedelta(seconds=1)) == 0
    cast.clock.now = due
    assert sweep(due) == 1
    assert standing() == (Attention.TO_DO, "follow up")
    assert sweep(due + timedelta(hours=1)) == 0


def test_a_case_closed_by_exception_comes_back_too(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    close(one.case, by=cast.ines, now=one.now, exception="Prevention is with the courier")
    due = one.case.follow_ups.get().due_at
    sweep(due)
    assert standing() == (Attention.TO_DO, "follow up")


def test_yes_ends_it(closed, cast):
    cast.clock.forward(days=8)
    ask(closed, still_right=True)
    assert standing() == (Attention.DONE, "")
    assert closed.case.follow_ups.get().still_right is True
    with pytest.raises(NotPossible, match="No follow-up is planned"):
        ask(closed, still_right=True)


def test_no_opens_the_case_again_with_their_words_to_hear(closed, cast):
    cast.clock.forward(days=8)
    ask(closed, still_right=False, words=NO)
    issue = closed.issues[-1]
    assert (issue.summary, issue.words, issue.source) == ("The second one broke too.", NO, "customer")
    assert not hasattr(type(closed.case).objects.get(), "closure")
    assert standing() == (Attention.TO_DO, "listen")
    assert closed.case.events.filter(kind="case_reopened").count() == 1


def test_after_a_no_the_next_remedy_is_asked_about_again(closed, cast):
    cast.clock.forward(days=8)
    ask(closed, still_right=False, words=NO)
    closed.hear()
    closed.person_first()
    closed.deliver(closed.accept(closed.offer(issues=closed.issues[-1:])))
    closed.prevent()
    close(closed.case, by=cast.tom, now=closed.now)
    due = closed.case.follow_ups.get(done_at=None).due_at
    sweep(due)
    assert standing() == (Attention.TO_DO, "follow up")


def test_an_answer_needs_the_customers_words(closed):
    with pytest.raises(Incomplete, match="Write down what the customer said"):
        ask(closed, still_right=True, words=" ")
    assert closed.case.follow_ups.get().done_at is None


@pytest.mark.parametrize("lost", ["taken back", "came back"])
def test_a_refusal_counts_only_when_its_letter_reaches_the_customer(recovery, cast, settings, lost):
    settings.AMENDS_UNDO_SECONDS = 600
    one = recovery()
    one.person_first()
    for issue in one.issues:
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
