"""A burst is one account: one case, everything heard once, and nothing answers by itself while it is being told."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.assignment import assign
from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.facts import facts_of
from amends.cases.hear import Heard, hear
from amends.cases.issue import Issue
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.receive import Outcome
from amends.cases.reply import mark_answered, reply, undo
from amends.cases.standing import Standing
from amends.channels.email.tokens import Kind, marked
from amends.channels.models import IMPORTED, RawMail
from amends.jobs import read_one, sweep
from amends.recovery.ask_again import ask_those_due
from amends.recovery.follow_up import FollowUp
from amends.verbs.run_rules import run_rules
from tests.conftest import NOW, mail

pytestmark = pytest.mark.django_db
LATE = "My order arrived nine days late, after the birthday it was meant for."
TWICE = "Now I see you have charged me €89 twice."
RUDE = "And the woman on the phone was rude to me and hung up."
DANGER = "And the plug sparks, it burnt my daughter's hand."


def tell(cast, text, number, **headers):
    """A fresh mail that names no earlier one."""
    return cast.write(mail(text, message_id=f"<told{number}@post.example>", subject=f"Part {number}", **headers))


def told(cast, *texts, pause=60):
    """One mail after the other; the case they are in."""
    for number, text in enumerate(texts):
        receipt = tell(cast, text, number)
        cast.clock.forward(seconds=pause)
    return receipt.message.case


def heard_out(case, now):
    return facts_of(Case.objects.get(pk=case.pk), now)


def test_mails_that_follow_each_other_are_one_case_with_everything_in_it(cast):
    case = told(cast, LATE, TWICE, RUDE)
    assert Case.objects.get() == case
    assert case.messages.filter(outgoing=False, known_sender=True).count() == 3
    issues = list(case.open_issues())
    assert len(issues) == len({one.message_id for one in issues}) == 3
    for one in issues:
        assert one.words == one.message.text[one.start : one.end]
    assert OutboxEntry.objects.count() == 1


def test_what_is_said_again_is_proposed_once(cast):
    case = told(cast, LATE, "Nine days late!!", f"{LATE} I mean it.", LATE)
    assert case.issues.count() == 1


def test_what_somebody_took_off_meanwhile_does_not_come_back(cast):
    case = told(cast, LATE, TWICE)
    lines = [
        Heard(one.pk, one.summary, "delivery", off=one.category != "delivery", reason="x") for one in case.issues.all()
    ]
    hear(case, lines, by=cast.tom, now=cast.clock.now)
    tell(cast, "Charged me €89 twice, do you hear?", 7)
    tell(cast, RUDE, 8)
    summaries = [one.words for one in case.open_issues()]
    assert len(summaries) == 2
    assert RUDE in " ".join(summaries)


def test_severity_only_rises(cast):
    case = told(cast, LATE, DANGER, "Thank you, that is all.")
    case.refresh_from_db()
    assert case.severity == 4


def test_a_pause_as_long_as_the_window_begins_a_new_case(cast):
    tell(cast, LATE, 1)
    cast.clock.forward(minutes=10)
    assert tell(cast, TWICE, 2).outcome is Outcome.OPENED


def test_each_message_holds_the_window_open(cast):
    case = told(cast, LATE, TWICE, RUDE, pause=599)
    assert Case.objects.get() == case


def answered(cast, case):
    reply(case, "Thank you, I read it.", (), by=cast.tom, now=cast.clock.now)


def needs_no_answer(cast, case):
    mark_answered(case.messages.get(outgoing=False), by=cast.tom, now=cast.clock.now)


def closed(cast, case):
    needs_no_answer(cast, case)
    close(case, by=cast.ines, now=cast.clock.now, words="Settled", exception="Settled by phone")


@pytest.mark.parametrize("ended", [answered, needs_no_answer, closed])
def test_what_comes_after_an_answer_is_another_account(ended, cast):
    case = told(cast, LATE)
    ended(cast, case)
    assert tell(cast, TWICE, 2).outcome is Outcome.OPENED


def test_an_answer_taken_back_was_none(cast):
    case = told(cast, LATE)
    undo(reply(case, "Thank you.", (), by=cast.tom, now=cast.clock.now), by=cast.tom, now=cast.clock.now)
    assert tell(cast, TWICE, 2).message.case == case


@pytest.mark.parametrize(
    "headers",
    [
        {"to": "office@lindqvist.example"},
        {"sender": "Eve <eve@else.example>"},
        {"Auto_Submitted": "auto-replied"},
        {"References": "<eves@else.example>"},
    ],
    ids=["another channel", "another customer", "a machine", "answers somebody else's case"],
)
def test_only_the_same_person_on_the_same_channel_joins(headers, cast):
    cast.write(mail(LATE, sender="Zoe <zoe@else.example>", message_id="<eves@else.example>"))
    told(cast, LATE)
    assert tell(cast, TWICE, 2, **headers).outcome is Outcome.OPENED


def test_a_mark_that_names_another_case_leads_there(cast):
    first = told(cast, LATE)
    cast.clock.forward(minutes=20)
    second = tell(cast, TWICE, 2).message.case
    assert second != first
    marks = marked("complaints@lindqvist.example", Kind.CASE, first.pk)
    assert tell(cast, RUDE, 3, to=marks).message.case == first
    assert tell(cast, RUDE + " Really.", 4, In_Reply_To="<told0@post.example>").message.case == first


def test_what_is_imported_is_no_burst(cast):
    for number in range(3):
        raw = mail(LATE, message_id=f"<old{number}@post.example>")
        row = RawMail.objects.create(
            received_at=cast.clock.now, recipients=[], peer=IMPORTED, size=len(raw), body=raw, tries=1
        )
        assert read_one(row, cast.clock.now).outcome is Outcome.OPENED
        assert not heard_out(Case.objects.latest("pk"), cast.clock.now).is_writing
    assert tell(cast, TWICE, 9).outcome is Outcome.OPENED


def test_the_queue_changes_once_and_says_calmly_that_they_are_writing(cast):
    places = set()
    for number, text in enumerate([LATE, TWICE, RUDE]):
        tell(cast, text, number)
        row = Standing.objects.get()
        places.add((row.attention, row.reason, row.next_step, row.order_at, row.due_at, row.words))
        cast.clock.forward(minutes=2)
    assert len(places) == 1
    assert row.writing == "Maria is still writing: 3 messages in 4 minutes"
    assert row.quiet_at == NOW + timedelta(minutes=14)


def test_who_was_answered_is_writing_no_more(cast):
    case = told(cast, LATE, TWICE)
    assert heard_out(case, cast.clock.now).is_writing
    assign(case, to=cast.tom, by=cast.ines, now=cast.clock.now)
    assert Standing.objects.get().quiet_at is not None
    answered(cast, case)
    assert not heard_out(case, cast.clock.now).is_writing
    assert (Standing.objects.get().quiet_at, Standing.objects.get().writing) == (None, "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(pauses=st.lists(st.integers(0, 1300), min_size=1, max_size=5))
def test_however_somebody_writes_each_account_is_one_case_with_one_acknowledgement_an_hour(pauses, cast):
    cast.clock.forward(days=2)
    base, run = Message.objects.count(), f"{cast.clock.now.timestamp()}"
    sender = f"m{base}-{run}@post.example"
    times = []
    for number, pause in enumerate(pauses):
        times.append(cast.clock.forward(seconds=pause))
        tell(cast, LATE, f"{run}-{number}", sender=sender)
        run_rules(cast.clock.now)
    accounts = 1 + sum(later - earlier >= timedelta(minutes=10) for earlier, later in pairwise(times))
    cases = Case.objects.filter(address=sender)
    assert cases.count() == accounts
    letters = [one.messages.filter(outgoing=True).count() for one in cases.order_by("pk")]
    assert letters[0] == 1 == max(letters)
    assert Issue.objects.filter(case__in=cases).count() == accounts


def test_a_window_of_nothing_gathers_nothing(cast):
    from amends.cases.policy import adopt
    from amends.method.policy import to_data
    from amends.team.policy import current

    data = {**to_data(current()), "listen_minutes": 0}
    adopt(data, "Everything at once", by=None, now=cast.clock.now)
    told(cast, LATE, TWICE, pause=0)
    assert Case.objects.count() == 2


def test_a_burst_has_one_alert_one_acknowledgement_and_no_other_automatic_letter_until_it_is_over(cast):
    from amends.cases.phrase import keep_phrase
    from amends.verbs.rules import keep_rule

    words = "Dear {first_name}, have you tried turning it off and on again?"
    phrase = keep_phrase("Quick fix", words, team=cast.ines.team, by=cast.ines, now=cast.clock.now)
    fields = {"phrase": str(phrase.pk)}
    keep_rule("Quick", "message_received", {}, "send_phrase", fields, by=cast.ines, now=cast.clock.now)
    alerts = set()
    for number, text in enumerate([LATE, TWICE, RUDE, "Hello?", "Are you there?"]):
        tell(cast, text, number)
        sweep(cast.clock.now)
        run_rules(cast.clock.forward(seconds=50))
        row = Standing.objects.get()
        alerts.add((row.attention, row.reason, row.order_at, row.due_at))
    assert (Case.objects.count(), len(alerts)) == (1, 1)
    letters = Message.objects.filter(outgoing=True)
    assert [one.automatic for one in letters] == ["acknowledgement"]
    cast.clock.forward(minutes=10)
    sweep(cast.clock.now)
    assert run_rules(cast.clock.now) == 1
    assert sorted(one.automatic for one in letters.all()) == ["acknowledgement", "rule"]
    assert run_rules(cast.clock.forward(minutes=30)) == 0


def test_nobody_is_asked_whether_it_is_still_right_while_they_write(cast, recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    due = FollowUp.objects.get().due_at
    cast.clock.now = due - timedelta(minutes=5)
    tell(cast, RUDE, 5, In_Reply_To="<one@post.example>")
    cast.clock.now = due + timedelta(minutes=1)
    assert heard_out(one.case, cast.clock.now).is_writing
    assert ask_those_due(cast.clock.now) == 0
    assert not Message.objects.filter(automatic="follow_up").exists()
