"""People and workers at the same moment, with real transactions in threads: one wins, nothing happens twice."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from amends.cases.case import Case
from amends.cases.customer_writes import customer_writes
from amends.cases.errors import AlreadyDone, NotPossible
from amends.cases.ledger import verify
from amends.cases.message import Message
from amends.cases.note import Note
from amends.cases.once import Press, button
from amends.cases.outbox import LEASE, OutboxEntry, claim_letters
from amends.cases.receive import Outcome
from amends.cases.reopening import IssueReopening
from amends.channels.models import RawMail, claim_raw
from amends.customers.models import Customer
from amends.errors import AmendsError
from amends.jobs import read_one
from amends.loyalty.give import give
from amends.purse.account import Account, Side, promised_to, shared
from amends.purse.budget import set_budget
from amends.purse.entry import Entry
from amends.purse.gesture import Gesture
from amends.purse.settle import lapse_those_due, use
from amends.recovery.agree import accept, decline
from amends.recovery.answer import Promised, answer, promised_in
from amends.recovery.approval import ApprovalDecision, ApprovalWithdrawal
from amends.recovery.approve import decide_approval, send_approved, take_back
from amends.recovery.ask_again import ask_those_due
from amends.recovery.broken import break_overdue
from amends.recovery.deliver import deliver_option
from amends.recovery.errors import BeyondAuthority, OfferSettled
from amends.recovery.follow_up import Answer, answer_on_page
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.keep import keep_promise
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Acceptance, Decline, Via
from amends.recovery.promise import BrokenPromise, Promise
from amends.verbs.rule import RuleRun, RuleWait
from amends.verbs.rules import keep_rule
from amends.verbs.run_rules import run_rules
from tests.conftest import mail
from tests.rooms.test_purse import gift

COPY = "amends_at_once"


@pytest.fixture
def db(django_db_setup, django_db_blocker, settings, tmp_path, worker_id):
    """A copy of the empty test database that threads can share, dropped afterwards: nothing is rolled back in it.

    It stands in for pytest-django's `db`, whose one transaction no other thread could see, and whose
    transactional sister would have to empty the ledger, which the database refuses.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        connection = connections["default"]
        original = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            yield from _copied_file(connection, original, str(tmp_path / f"{COPY}.db"))
        else:
            yield from _copied_postgres(connection, original, f"{COPY}_{worker_id}")


def _copied_file(connection, original: str, copy: str):
    connection.ensure_connection()
    with sqlite3.connect(copy) as file:
        connection.connection.backup(file)
    file.close()
    connections.settings["default"]["NAME"] = copy
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    connections.settings["default"]["NAME"] = original
    connections["default"] = connection  # the database in memory lives as long as this connection


def _copied_postgres(connection, original: str, copy: str):
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
    connection.settings_dict["NAME"] = copy
    yield
    connections["default"].close()
    connections["default"].close_pool()
    connection.settings_dict["NAME"] = original
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{copy}"')


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each job returned or the refusal it raised, all started at the same moment, each in its own thread."""
    start, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number: int, job: Callable[[], object]) -> None:
        try:
            start.wait()
            results[number] = job()
        except Exception as error:  # noqa: BLE001 - handed to the test, which looks at it
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, AmendsError)]
    return results


def store(cast, raw: bytes) -> RawMail:
    return RawMail.objects.create(received_at=cast.clock.now, recipients=[], size=len(raw), body=raw)


@pytest.mark.parametrize("round_", range(3))
def test_of_two_answers_to_one_offer_one_wins(recovery, cast, round_):
    one = recovery()
    one.person_first()
    offer = one.offer()
    first, second = offer.options.all()
    results = at_once(
        lambda: accept(first, via=Via.PAGE, now=one.now),
        lambda: accept(second, via=Via.PAGE, now=one.now),
        lambda: decline(offer, "No", via=Via.PAGE, now=one.now),
    )
    assert len([result for result in results if isinstance(result, OfferSettled)]) == 2
    assert Acceptance.objects.count() + Decline.objects.count() == 1
    assert verify().holds


def test_the_same_choice_twice_is_one_choice(recovery, cast):
    one = recovery()
    one.person_first()
    option = one.offer().options.first()
    results = at_once(*[lambda: accept(option, via=Via.PAGE, now=one.now)] * 4)
    assert [type(result) for result in results].count(AlreadyDone) == 3
    assert one.case.promises.count() == 1


def test_a_remedy_is_carried_out_once(recovery, cast):
    one = recovery()
    one.person_first()
    option = one.accept(one.offer()).option
    results = at_once(*[lambda: deliver_option(option, "Booking 1", by=cast.tom, now=one.now)] * 3)
    assert [type(result) for result in results].count(AlreadyDone) == 2
    assert (Fulfilment.objects.count(), one.case.follow_ups.count()) == (1, 1)


def test_two_halves_at_once_do_not_pass_the_limit_together(recovery, cast):
    one = recovery()
    one.hear("Nobody called back")
    one.person_first()
    drafts = [one.draft(cents=6000, issues=[issue]) for issue in one.issues[:2]]
    results = at_once(*[lambda draft=draft: make_offer(one.case, draft, by=cast.tom, now=one.now) for draft in drafts])
    assert sorted(type(result) for result in results if isinstance(result, BeyondAuthority)) == [BeyondAuthority]
    assert one.case.offers.count() == 1


def test_two_offers_at_once_leave_one_open(recovery, cast):
    one = recovery()
    one.person_first()
    draft = one.draft()
    at_once(*[lambda: make_offer(one.case, draft, by=cast.tom, now=one.now)] * 3)
    assert sorted(one.case.offers.values_list("version", flat=True)) == [1, 2, 3]
    assert one.case.offers.filter(withdrawal=None).count() == 1


def test_two_sweeps_at_once_ask_each_customer_once(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    due = one.case.follow_ups.get().due_at
    asked = at_once(*[lambda: ask_those_due(due)] * 4)
    assert sorted(asked) == [0, 0, 0, 1]
    assert one.case.messages.filter(automatic="follow_up").count() == 1
    assert verify().holds


def test_one_button_pressed_in_two_tabs_at_once_sends_one_message(recovery, cast):
    one = recovery()
    press = Press(one.case.pk, "write", "", button(one.case.pk, "write"))
    results = at_once(*[lambda: customer_writes(one.case, "Once only.", one.now, press=press)] * 4)
    assert [type(result) for result in results].count(AlreadyDone) == 3
    assert one.case.messages.filter(text="Once only.").count() == 1


def test_a_yes_and_a_no_at_once_are_one_answer(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    asked, now = one.case.follow_ups.get(), one.case.follow_ups.get().due_at
    assert ask_those_due(now) == 1
    every = frozenset(issue.pk for issue in one.issues)
    results = at_once(
        lambda: answer_on_page(asked, Answer.RIGHT, "", now),
        lambda: answer_on_page(asked, Answer.NO, "It broke", now, issues=every),
    )
    assert [type(result) for result in results].count(AlreadyDone) == 1
    assert IssueReopening.objects.count() in (0, len(every))


@pytest.mark.parametrize("round_", range(2))
def test_two_halves_granted_at_once_do_not_pass_the_deciders_limit_together(recovery, cast, round_):
    one = recovery()
    one.hear("Nobody called back")
    one.person_first()
    halves = [one.ask(cents=30000, issues=[issue]) for issue in one.issues[:2]]
    results = at_once(*[lambda half=half: grant(half, cast.ines, one.now) for half in halves])
    assert [type(result) for result in results].count(BeyondAuthority) == 1
    assert one.case.offers.count() == ApprovalDecision.objects.filter(granted=True).count() == 1
    assert verify().holds


def test_of_two_answers_to_one_request_one_counts(recovery, cast):
    one = recovery()
    one.person_first()
    asked = one.ask(cents=20000)
    no = {"granted": False, "words": "Not like this", "now": one.now}
    results = at_once(
        lambda: grant(asked, cast.ines, one.now),
        lambda: grant(asked, cast.ada, one.now),
        lambda: decide_approval(asked, by=cast.ines, **no),
        lambda: decide_approval(asked, by=cast.ada, **no),
    )
    assert [type(result) for result in results].count(AlreadyDone) == 3
    decision = ApprovalDecision.objects.get()
    assert one.case.offers.count() == int(decision.granted)


@pytest.mark.parametrize("round_", range(2))
def test_a_request_is_granted_or_taken_back_but_not_both(recovery, cast, round_):
    one = recovery()
    one.person_first()
    asked = one.ask(cents=20000)
    results = at_once(
        lambda: grant(asked, cast.ines, one.now),
        lambda: take_back(asked, by=cast.tom, now=one.now),
        lambda: grant(asked, cast.ada, one.now),
    )
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert ApprovalDecision.objects.count() + ApprovalWithdrawal.objects.count() == 1
    assert one.case.offers.count() == ApprovalDecision.objects.count()
    assert verify().holds


def test_an_approval_is_used_once_however_often_it_is_sent_at_once(recovery, cast):
    one = recovery()
    one.hear()
    asked = one.ask(cents=20000)
    grant(asked, cast.ines, one.now)
    one.person_first()
    results = at_once(*[lambda: send_approved(asked, by=cast.tom, now=one.now)] * 3)
    assert [type(result) for result in results].count(AlreadyDone) == 2
    assert one.case.offers.count() == 1


def test_a_grant_and_an_offer_of_ones_own_at_once_stay_within_both_limits(recovery, cast):
    one = recovery()
    one.hear("Nobody called back")
    one.person_first()
    first, second = one.issues[:2]
    asked = one.ask(cents=45000, issues=[first])
    own = one.draft(cents=9000, issues=[second])
    results = at_once(
        lambda: grant(asked, cast.ines, one.now), lambda: make_offer(one.case, own, by=cast.tom, now=one.now)
    )
    assert [type(result) for result in results].count(BeyondAuthority) == 1


def grant(asked, by, now):
    return decide_approval(asked, granted=True, words="", by=by, now=now)


def test_workers_share_the_mails_and_read_each_once(cast):
    for number in range(24):
        store(cast, mail(f"Late {number}", sender=f"m{number}@p.example", message_id=f"<{number}@p.example>"))

    def work() -> list[int]:
        taken = []
        while rows := claim_raw(cast.clock.now, 5):
            taken += [row.pk for row in rows]
            for row in rows:
                assert _receive(row, cast) is Outcome.OPENED
        return taken

    taken = [pk for pks in at_once(work, work, work) for pk in pks]
    assert sorted(taken) == sorted(RawMail.objects.values_list("pk", flat=True))
    assert (Case.objects.count(), Message.objects.filter(outgoing=False).count()) == (24, 24)
    assert RawMail.objects.waiting().count() == 0
    assert verify().holds


def _receive(row: RawMail, cast) -> Outcome:
    """Read one mail as a worker does; its alarm works in a main thread alone, so the parser is called by itself."""
    from amends.cases.receive import receive
    from amends.channels.email.parse import parse

    return receive(parse(bytes(row.body)), raw=row, now=cast.clock.now).outcome


def test_the_same_mail_at_the_same_moment_is_one_message(cast):
    rows = [store(cast, b"Received: by relay%d\n" % number + mail()) for number in range(4)]
    outcomes = at_once(*[lambda row=row: _receive(row, cast) for row in rows])
    assert sorted(outcomes) == sorted([Outcome.OPENED, *[Outcome.DUPLICATE] * 3])
    assert (Case.objects.count(), Message.objects.filter(outgoing=False).count()) == (1, 1)
    assert OutboxEntry.objects.count() == 1


def test_several_first_mails_of_one_person_at_once_are_one_case_and_one_acknowledgement(cast):
    rows = [store(cast, mail(f"Late {number}", message_id=f"<{number}@p.example>")) for number in range(4)]
    at_once(*[lambda row=row: _receive(row, cast) for row in rows])
    assert (Case.objects.count(), Customer.objects.count()) == (1, 1)
    assert Message.objects.filter(outgoing=False).count() == 4
    assert OutboxEntry.objects.count() == 1


def test_a_rule_that_waited_acts_once_whoever_looks(cast):
    keep_rule("Look", "message_received", {}, "note", {"text": "Look"}, by=cast.ines, now=cast.clock.now)
    read_one(store(cast, mail()), cast.clock.now)
    assert run_rules(cast.clock.now) == 0
    later = cast.clock.forward(minutes=10)
    assert sum(at_once(*[lambda: run_rules(later)] * 4)) == 1
    assert (Note.objects.count(), RuleRun.objects.count(), RuleWait.objects.count()) == (1, 1, 0)


def test_a_letter_is_claimed_by_one_sender(cast):
    for number in range(12):
        raw = mail(sender=f"m{number}@p.example", message_id=f"<{number}@p.example>")
        read_one(store(cast, raw), cast.clock.now)
    for later in (timedelta(0), LEASE + timedelta(seconds=1)):
        claims = at_once(*[lambda later=later: [one.pk for one in claim_letters(cast.clock.now + later, 5)]] * 4)
        taken = [pk for pks in claims for pk in pks]
        assert len(taken) == len(set(taken)) > 0


@pytest.mark.parametrize("round_", range(3))
def test_a_promise_is_broken_once_whoever_looks_and_kept_or_broken_never_both(recovery, cast, round_):
    one = recovery()
    text = "I will call you on Monday."
    found = promised_in(one.case, text, one.now)
    made = tuple(Promised(row.what, row.due_at, cast.tom, row.words) for row in found)
    answer(one.case, text, (), made, by=cast.tom, now=one.now)
    promise = Promise.objects.get()
    late = promise.due_at + timedelta(seconds=1)
    at_once(
        lambda: break_overdue(late),
        lambda: keep_promise(promise, "Called", by=cast.tom, now=promise.due_at),
        lambda: break_overdue(late),
    )
    promise = Promise.objects.get()
    assert (promise.kept_at is not None) + BrokenPromise.objects.count() == 1
    assert one.case.issues.filter(source="promise").count() == BrokenPromise.objects.count()
    assert verify().holds


def heard_with(recovery, cast, cents: int):
    """A case in which the person was heard first, and so much to give this month."""
    one = recovery()
    one.person_first()
    set_budget(one.case.team, "EUR", cents, by=cast.ines, now=one.now)
    return one


@pytest.mark.parametrize("round_", range(3))
def test_of_two_gestures_for_one_reason_one_is_given(recovery, cast, round_):
    one = heard_with(recovery, cast, 5000)
    gifts = at_once(*(lambda who=who: give(one.case, gift(), by=who, now=one.now) for who in (cast.tom, cast.ines)))
    assert sum(isinstance(one, Gesture) for one in gifts) == 1
    assert sum(isinstance(one, AlreadyDone) for one in gifts) == 1
    assert Gesture.objects.get().left == 2000
    assert verify().holds


@pytest.mark.parametrize("round_", range(3))
def test_the_budget_of_a_month_is_not_given_twice(recovery, cast, round_):
    one = heard_with(recovery, cast, 3000)
    reasons = ("hard", "years", "helped", "stayed")
    made = at_once(*(lambda why=why: give(one.case, gift(reason=why), by=cast.ines, now=one.now) for why in reasons))
    assert sum(isinstance(one, Gesture) for one in made) == 1
    assert sum(isinstance(one, NotPossible) for one in made) == 3
    assert sum(one.balance for one in Account.objects.all()) == 0


def test_a_gesture_is_used_once_or_lapses_once(recovery, cast):
    one = heard_with(recovery, cast, 3000)
    made = give(one.case, gift(), by=cast.tom, now=one.now)
    jobs = [lambda: use(made, 2000, "Order 77", by=cast.tom, now=one.now)] * 2
    results = at_once(*jobs, *[lambda: lapse_those_due(made.expires_at)] * 2)
    ends = Entry.objects.filter(gesture=made).exclude(kind="given")
    assert ends.count() == 1
    assert ends.get().amount == 2000
    assert made.left == 0
    refused = sum(isinstance(one, AmendsError) for one in results)
    assert refused == {"used": 1, "lapsed": 2}[ends.get().kind]


def test_past_every_function_the_database_lets_one_of_two_entries_take_the_last(recovery, cast):
    """Two transactions without our lock: the trigger alone decides (on SQLite writers wait for each other anyway)."""
    one = heard_with(recovery, cast, 2000)
    made = give(one.case, gift(), by=cast.tom, now=one.now)
    accounts = {"source": promised_to(one.case.customer, "EUR"), "target": shared(Side.USED, "EUR")}

    def take() -> object:
        try:
            with transaction.atomic():
                return Entry.objects.create(
                    kind="used", amount=1500, unit="EUR", gesture=made, by=None, at=one.now, **accounts
                )
        except IntegrityError:
            return "refused"

    results = at_once(take, take, take)
    assert results.count("refused") == 2
    assert made.left == 500
