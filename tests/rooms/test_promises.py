"""Promises: confirmed when they are written, kept, moved, let go, and an issue of their own when they are broken."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.ledger import verify
from amends.cases.reply import undo
from amends.jobs import sweep
from amends.method.path import recovery_path
from amends.method.steps import Step
from amends.recovery import broken
from amends.recovery.answer import Promised, answer, promised_in
from amends.recovery.deliver import refuse
from amends.recovery.fulfilment import Refusal
from amends.recovery.keep import keep_promise, open_promises, release, renegotiate
from amends.recovery.offer import Via
from amends.recovery.promise import BrokenPromise, Promise
from tests.conftest import mail

TEXT = "I am sorry. I will call you on Monday at 10."
HOURS = {"zone": "Europe/Stockholm", "hours": dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], "08:00-16:30")}


def promised(case, cast, text=TEXT):
    found = promised_in(case, text, cast.clock.now)
    return tuple(Promised(one.what, one.due_at, cast.tom, one.words) for one in found)


def write(case, cast, text=TEXT, promises=None):
    made = promised(case, cast, text) if promises is None else promises
    answer(case, text, (), made, by=cast.tom, now=cast.clock.now)
    return Promise.objects.filter(case=case).latest("pk")


@pytest.fixture
def case(cast):
    return cast.case()


def test_a_letter_with_a_promise_nobody_confirmed_does_not_leave(case, cast):
    with pytest.raises(Incomplete, match="Confirm it with its time, or reword it"):
        answer(case, TEXT, (), (), by=cast.tom, now=cast.clock.now)
    assert not case.messages.filter(outgoing=True, automatic="").exists()


REASONS = "The courier's scans show that it came in time. I will send you the scans by Wednesday."


@pytest.fixture
def to_refuse(recovery):
    one = recovery()
    one.person_first()
    one.decide(one.issues[0])
    return one


def no(one, cast, promises=()):
    return refuse(one.issues[0], REASONS, "The mediator.", promises, by=cast.tom, now=one.now)


def test_a_refusal_with_a_promise_nobody_confirmed_does_not_leave(to_refuse, cast):
    letters = to_refuse.case.messages.count()
    with pytest.raises(Incomplete, match="Confirm it with its time, or reword it") as refusal:
        no(to_refuse, cast)
    assert refusal.value.field == "promises"
    assert not Refusal.objects.exists()
    assert to_refuse.case.messages.count() == letters


def test_a_promise_in_a_refusal_is_made_with_it_and_goes_with_its_letter(to_refuse, cast):
    refused = no(to_refuse, cast, promised(to_refuse.case, cast, REASONS))
    made = Promise.objects.get()
    assert (made.message, made.owner, made.made_by) == (refused.message, cast.tom, cast.tom)
    assert made.message.text[made.start : made.end] == "I will send you the scans by Wednesday."
    assert list(open_promises()) == [made]
    undo(refused.message, by=cast.tom, now=to_refuse.now)
    assert not open_promises().exists()


def test_a_confirmed_promise_has_its_owner_its_time_and_its_place(case, cast):
    made = write(case, cast)
    assert (made.words, made.owner, made.made_by) == ("call you", cast.tom, cast.tom)
    assert made.due_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert made.message.text[made.start : made.end] == "I will call you on Monday at 10."


def test_a_promise_that_is_not_sure_may_go_unconfirmed(case, cast):
    answer(case, "We hope to deliver next week.", (), (), by=cast.tom, now=cast.clock.now)
    assert not Promise.objects.exists()


def test_a_promise_is_reckoned_in_the_hours_of_the_team(case, cast):
    case.team.calendar = HOURS
    (found,) = promised_in(case, "We will send it by Monday.", cast.clock.now)
    assert found.due_at == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


def test_a_time_that_has_passed_cannot_be_confirmed(case, cast):
    gone = (Promised("call you", cast.clock.now, cast.tom, "I will call you on Monday at 10."),)
    with pytest.raises(Incomplete, match="still to come"):
        write(case, cast, promises=gone)


def test_a_promise_that_comes_near_shows_in_the_queue_with_its_time(case, cast):
    made = write(case, cast)
    case.standing.refresh_from_db()
    assert not case.standing.reason.startswith("Promised")
    sweep(made.due_at - timedelta(hours=23))
    case.standing.refresh_from_db()
    assert (case.standing.due_at, case.standing.reason) == (made.due_at, "Promised: call you")


def test_a_kept_promise_has_proof_and_is_never_broken(case, cast):
    made = write(case, cast)
    with pytest.raises(Incomplete):
        keep_promise(made, " ", by=cast.tom, now=made.due_at)
    keep_promise(made, "Spoke with Maria for ten minutes", by=cast.tom, now=made.due_at)
    with pytest.raises(AlreadyDone):
        keep_promise(made, "Again", by=cast.tom, now=made.due_at)
    sweep(made.due_at + timedelta(days=9))
    assert not BrokenPromise.objects.exists()


def test_a_broken_promise_is_an_issue_of_its_own_owed_an_apology(recovery, cast):
    one = recovery()
    one.person_first()
    made = write(one.case, cast)
    assert sweep(made.due_at) == 0 or not BrokenPromise.objects.exists()
    after = made.due_at + timedelta(seconds=1)
    sweep(after)
    sweep(after)
    issue = BrokenPromise.objects.get().issue
    assert (issue.source, issue.category, issue.words) == ("promise", "expectation_promise", "call you")
    assert str(issue) == "We promised “call you” by 23 November, 10:00 and did not keep it"
    case = Case.objects.get(pk=one.case.pk)
    assert case.severity >= 3
    from amends.cases.facts import facts_of

    facts = facts_of(case, after)
    (fresh,) = [row for row in facts.issues if row.id == issue.pk]
    assert (fresh.heard_at, fresh.apologised_at) == (None, None)
    assert recovery_path(facts).next.step is Step.LISTEN
    with pytest.raises(NotPossible, match="Say sorry for that"):
        keep_promise(made, "Called late", by=cast.tom, now=after)


def test_breaking_opens_a_closed_case(recovery, cast):
    from amends.cases.closure import Closure

    one = recovery()
    made = write(one.case, cast)
    Closure.objects.create(case=one.case, by=cast.tom, at=cast.clock.now)
    sweep(made.due_at + timedelta(minutes=1))
    assert not Closure.objects.exists()
    assert Case.objects.get(pk=one.case.pk).standing.attention == "to do"


def test_a_sweep_that_dies_half_way_breaks_the_rest_next_time(case, cast, monkeypatch):
    late = write(case, cast).due_at + timedelta(days=2)
    write(case, cast, "I will write to you on Tuesday.")
    real = broken._issue
    made = []

    def dies(promise, now):
        if made:
            raise DatabaseError("gone away")
        made.append(promise)
        return real(promise, now)

    monkeypatch.setattr(broken, "_issue", dies)
    with pytest.raises(DatabaseError):
        sweep(late)
    assert BrokenPromise.objects.count() == 1
    monkeypatch.setattr(broken, "_issue", real)
    sweep(late)
    assert BrokenPromise.objects.count() == 2
    assert case.issues.filter(source="promise").count() == 2
    assert verify().holds


def test_a_promise_in_a_letter_taken_back_binds_nobody(case, cast):
    made = write(case, cast)
    undo(made.message, by=cast.tom, now=cast.clock.now)
    sweep(made.due_at + timedelta(days=1))
    assert not BrokenPromise.objects.exists()
    with pytest.raises(NotPossible, match="binds nobody"):
        keep_promise(made, "Called", by=cast.tom, now=cast.clock.now)


def test_a_promise_moves_before_its_time_with_the_customers_words(case, cast):
    made = write(case, cast)
    later = made.due_at + timedelta(days=1)
    with pytest.raises(Incomplete, match="words"):
        renegotiate(made, later, "", Via.PHONE, by=cast.tom, now=cast.clock.now)
    with pytest.raises(Incomplete, match="later"):
        renegotiate(made, made.due_at, "Tuesday is fine", Via.PHONE, by=cast.tom, now=cast.clock.now)
    moved = renegotiate(made, later, "Tuesday is fine", Via.PHONE, by=cast.tom, now=cast.clock.now)
    assert (moved.was_due_at, moved.promise.due_at, moved.promise.kept_at) == (made.due_at, later, None)
    sweep(made.due_at + timedelta(hours=1))
    assert not BrokenPromise.objects.exists()
    with pytest.raises(NotPossible):
        renegotiate(made, later + timedelta(days=2), "All right", Via.PHONE, by=cast.tom, now=later + timedelta(1))
    sweep(later + timedelta(days=1))
    assert BrokenPromise.objects.get().promise == made


def test_words_from_an_e_mail_stand_in_a_mail_of_theirs_since_the_promise(case, cast):
    cast.clock.forward(hours=1)
    made = write(case, cast)
    later, before = (
        made.due_at + timedelta(days=1),
        case.messages.get(outgoing=False, automatic="").text.splitlines()[0],
    )
    for words in ("Tuesday is fine", before):
        with pytest.raises(Incomplete, match="stand in no mail of Maria's since the promise"):
            renegotiate(made, later, words, Via.EMAIL, by=cast.tom, now=cast.clock.now)
        with pytest.raises(Incomplete, match="stand in no mail"):
            release(made, words, Via.EMAIL, by=cast.tom, now=cast.clock.now)
    cast.clock.forward(hours=1)
    said = "Tuesday is fine.\nAfter that never mind."
    cast.write(mail(said, message_id="<later@post.example>", In_Reply_To="<one@post.example>"))
    assert renegotiate(made, later, "Tuesday is  fine", Via.EMAIL, by=cast.tom, now=cast.clock.now).via == "email"
    assert release(made, "After that never mind", Via.EMAIL, by=cast.tom, now=cast.clock.now).via == "email"


def test_the_database_refuses_to_move_a_promise_after_its_time(case, cast):
    made = write(case, cast)
    from amends.recovery.promise import Renegotiation

    with pytest.raises(IntegrityError), transaction.atomic():
        Renegotiation.objects.create(
            promise=made,
            was_due_at=made.due_at,
            due_at=made.due_at + timedelta(days=1),
            words="Fine",
            via="phone",
            at=made.due_at + timedelta(seconds=1),
        )


def test_a_customer_may_let_us_off(case, cast):
    made = write(case, cast)
    release(made, "No need to call any more", Via.PHONE, by=cast.tom, now=cast.clock.now)
    assert not open_promises().exists()
    sweep(made.due_at + timedelta(days=1))
    assert not BrokenPromise.objects.exists()


def test_what_was_agreed_is_due_at_the_end_of_business_and_kept_by_its_delivery(recovery, cast):
    one = recovery()
    team = one.case.team
    team.calendar = HOURS
    team.save()
    one.person_first()
    acceptance = one.accept(one.offer())
    promise = acceptance.promise
    assert promise.due_at == datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
    with pytest.raises(NotPossible, match="its delivery"):
        keep_promise(promise, "Paid", by=cast.tom, now=one.now)
    one.deliver(acceptance)
    promise.refresh_from_db()
    assert promise.kept_at == one.now


def test_a_late_delivery_does_not_mend_a_broken_promise(recovery, cast):
    one = recovery()
    one.person_first()
    acceptance = one.accept(one.offer())
    cast.clock.now = acceptance.promise.due_at + timedelta(hours=1)
    sweep(cast.clock.now)
    one.deliver(acceptance)
    promise = Promise.objects.get()
    assert promise.kept_at is None
    assert promise.broken.issue.source == "promise"
