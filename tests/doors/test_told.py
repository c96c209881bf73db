"""What a letter told is written down at the desk or by a program, and the clocks of the rule book follow."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.case import Case
from amends.cases.event import Event
from amends.cases.outbox import OutboxEntry
from amends.recovery.escalate import escalate
from amends.recovery.holding_letter import HoldingLetter
from amends.recovery.rule_book import rule_book_clocks
from amends.team.models import Team
from amends.team.token import make_token
from tests.conftest import mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def clock(clock):
    """Noon of a day early in 2026, moved on by each test: what the rule books count was reckoned by hand for it."""
    clock.now = utc("2026-03-09 10:00")
    return clock


@pytest.fixture
def under(cast, recovery):
    """A case of a team under a rule book, received at a time."""

    def begin(profile: str, received: str):
        Team.objects.filter(name="Home").update(profile=profile)
        cast.clock.now = utc(received)
        one = recovery()
        one.hear()
        return one

    return begin


@pytest.fixture
def told(door):
    """Tom writes down on the desk's page what a letter told; what a reader of the answer sees, "" when it is done."""

    def write_down(one, letter, what: str, at: str) -> str:
        with time_machine.travel(utc(at), tick=False):
            sent = {"message": letter.pk if letter else "", "what": what}
            answer = door("tom").post(reverse("told", args=[one.case.pk]), sent)
        return words(answer) if answer.status_code != 302 else ""

    return write_down


def left(one, at: str):
    """A letter of Tom's that left at a time."""
    letter = one.say()
    OutboxEntry.objects.filter(message=letter).update(sent_at=utc(at))
    return letter


def clock_of(one, clause: str):
    case = Case.objects.get(pk=one.case.pk)
    return next(clock for clock in rule_book_clocks(case) if clock.clause.id == clause)


def shown(door, one, clause: str, at: str) -> str:
    """The clock of a clause as it stands beside the path."""
    with time_machine.travel(utc(at), tick=False):
        answer = door("tom").get(reverse("case", args=[one.case.pk]))
    return " ".join(page(answer).css_first(f'.clocks [title="{clause}"]').text(separator=" ").split())


# Received on Monday 9 March 2026: 15 business days end on Monday 30 March in summer time, 35 run over Easter.
@pytest.mark.parametrize(
    ("letter_left", "due", "beside"),
    [
        ("2026-03-27 10:00", "2026-04-29 16:00", "due 29 Apr"),
        ("2026-03-31 10:00", "2026-03-30 16:00", "late since 30 Mar"),
    ],
)
def test_under_uk_disp_more_time_counts_when_it_was_told_in_time(under, told, door, letter_left, due, beside):
    one = under("uk_disp", "2026-03-09 10:00")
    letter = left(one, letter_left)
    assert clock_of(one, "STD-F17").due_at == utc("2026-03-30 16:00")
    assert told(one, letter, "extension", "2026-04-02 12:00") == ""
    assert clock_of(one, "STD-F17").due_at == utc(due)
    assert beside in shown(door, one, "STD-F17", "2026-04-02 12:30")


def test_under_uk_disp_a_letter_that_says_why_not_yet_meets_the_eight_weeks(under, told, door):
    one = under("uk_disp", "2026-03-09 10:00")
    letter = left(one, "2026-04-30 09:00")
    assert clock_of(one, "STD-F03").met_at is None
    assert told(one, letter, "extension", "2026-06-01 09:00") == ""
    met = clock_of(one, "STD-F03")
    assert (met.due_at, met.met_at) == (utc("2026-05-04 23:00"), utc("2026-04-30 09:00"))
    assert not met.is_late(utc("2026-06-01 09:00"))
    assert "done 30 Apr" in shown(door, one, "STD-F03", "2026-06-01 10:00")


# Acknowledged on Thursday 2 April 2026: ten working days end on Monday the 20th, twenty on Tuesday 5 May.
@pytest.mark.parametrize(
    ("letter_left", "due"),
    [("2026-04-20 14:00", "2026-05-05 16:00"), ("2026-04-20 17:00", "2026-04-20 16:00")],
)
def test_under_uk_ombudsman_a_program_writes_it_down(under, cast, letter_left, due):
    one = under("uk_ombudsman", "2026-03-30 09:00")
    left(one, "2026-04-02 09:00")
    letter = left(one, letter_left)
    key = make_token(cast.tom, "robot", cast.clock.now)
    assert clock_of(one, "STD-O03").due_at == utc("2026-04-20 16:00")
    with time_machine.travel(utc("2026-04-21 12:00"), tick=False):
        answer = Client().post(
            reverse("api-verb", args=[one.case.pk, "mark_told"]),
            json.dumps({"message": letter.pk, "what": "extension"}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
        read = Client().get(reverse("api-case", args=[one.case.pk]), headers={"Authorization": f"Bearer {key}"}).json()
    assert answer.status_code == 200
    assert clock_of(one, "STD-O03").due_at == utc(due)
    assert {row["message"]: row["told"] for row in read["messages"]}[letter.pk] == ["extension"]


def test_under_uk_ombudsman_each_stage_has_its_own_letter(under, told):
    one = under("uk_ombudsman", "2026-03-30 09:00")
    left(one, "2026-04-02 09:00")
    escalate(Case.objects.get(pk=one.case.pk), "", utc("2026-05-15 09:00"))
    left(one, "2026-05-18 09:00")
    later = left(one, "2026-06-10 09:00")
    assert clock_of(one, "STD-O13").due_at == utc("2026-06-16 16:00")
    assert told(one, later, "extension", "2026-06-10 12:00") == ""
    assert clock_of(one, "STD-O13").due_at == utc("2026-07-14 16:00")
    assert clock_of(one, "STD-O03").due_at == utc("2026-04-20 16:00")


def test_under_a_rule_book_of_one_stage_going_higher_changes_nothing(under, told):
    one = under("uk_disp", "2026-03-09 10:00")
    escalate(Case.objects.get(pk=one.case.pk), "Nobody calls", utc("2026-03-20 09:00"))
    assert told(one, left(one, "2026-03-27 10:00"), "extension", "2026-03-27 12:00") == ""
    assert clock_of(one, "STD-F17").due_at == utc("2026-04-29 16:00")


def test_progress_meets_the_first_fifteen_days_of_cfpb(under, told):
    one = under("us_cfpb", "2026-02-25 09:00")
    assert told(one, left(one, "2026-03-10 13:00"), "progress", "2026-03-10 15:00") == ""
    case = Case.objects.get(pk=one.case.pk)
    assert [clock.met_at for clock in rule_book_clocks(case)] == [utc("2026-03-10 13:00"), None]


@pytest.fixture
def disp(under):
    return under("uk_disp", "2026-03-09 10:00")


def test_it_is_written_down_once_with_who_and_when(disp, told, cast):
    letter = left(disp, "2026-03-27 10:00")
    assert told(disp, letter, "extension", "2026-03-27 12:00") == ""
    made = HoldingLetter.objects.get()
    assert (made.message, made.what, made.by, made.at) == (letter, "extension", cast.tom, utc("2026-03-27 12:00"))
    again = told(disp, letter, "extension", "2026-03-28 12:00")
    assert "Tom Becker wrote down before that this letter told that it takes longer, and why." in again
    assert HoldingLetter.objects.get().at == utc("2026-03-27 12:00")
    event = Event.objects.get(kind="customer_told")
    assert event.data == {"message": letter.pk, "what": "that it takes longer, and why"}


def test_a_letter_that_has_not_left_told_nothing(disp, told):
    waiting = disp.say()
    assert "This letter has not left yet" in told(disp, waiting, "extension", "2026-03-27 12:00")
    OutboxEntry.objects.filter(message=waiting).update(cancelled_at=disp.now)
    assert "This letter never reached Maria" in told(disp, waiting, "extension", "2026-03-27 12:00")
    assert not HoldingLetter.objects.exists()


def test_a_letter_that_came_back_counts_no_longer(disp, told):
    letter = left(disp, "2026-03-27 10:00")
    told(disp, letter, "extension", "2026-03-27 12:00")
    OutboxEntry.objects.filter(message=letter).update(failed_at=utc("2026-03-28 10:00"))
    assert clock_of(disp, "STD-F17").due_at == utc("2026-03-30 16:00")
    other = left(disp, "2026-03-29 10:00")
    OutboxEntry.objects.filter(message=other).update(failed_at=utc("2026-03-29 11:00"))
    assert "This letter never reached Maria" in told(disp, other, "extension", "2026-03-29 12:00")


def test_a_letter_nobody_wrote_and_one_of_another_case_told_nothing(disp, told, cast, recovery):
    automatic = disp.case.messages.exclude(automatic="").get()
    OutboxEntry.objects.filter(message=automatic).update(sent_at=disp.now)
    assert "Nobody of us wrote this letter." in told(disp, automatic, "extension", "2026-03-27 12:00")
    other = recovery(mail(sender="Jo Hart <jo@post.example>", message_id="<jo@post.example>"))
    theirs = left(other, "2026-03-20 10:00")
    assert "Choose the letter of ours that told it." in told(disp, theirs, "extension", "2026-03-27 12:00")
    assert "Choose the letter of ours" in told(disp, None, "extension", "2026-03-27 12:00")
    mine = left(disp, "2026-03-20 10:00")
    assert "Say what the letter told." in told(disp, mine, "", "2026-03-27 12:00")
    assert not HoldingLetter.objects.exists()


def test_what_no_clock_counts_is_refused_and_has_no_way_there(disp, told, door):
    letter = left(disp, "2026-03-20 10:00")
    refused = told(disp, letter, "progress", "2026-03-21 10:00")
    assert "The rule book of the Home team counts no letter that told how it stands." in refused
    address = reverse("told", args=[disp.case.pk])
    case = reverse("case", args=[disp.case.pk])
    assert f'href="{address}"' in door("tom").get(case).content.decode()
    assert f'href="{address}"' not in door("sam").get(case).content.decode()
    Team.objects.update(profile="us_dot")
    assert page(door("tom").get(case)).css_first(".clocks") is not None
    assert f'href="{address}"' not in door("tom").get(case).content.decode()
    assert "no clock that such a letter meets or makes longer" in words(door("tom").get(address))


def test_the_page_offers_what_left_and_the_rule_book_counts(under, door):
    one = under("us_cfpb", "2026-03-09 10:00")
    address = reverse("told", args=[one.case.pk])
    assert "No letter of ours has left yet" in words(door("tom").get(address))
    letter, _waiting = left(one, "2026-03-12 10:00"), one.say()
    shown = page(door("tom").get(address))
    assert [node.attributes["value"] for node in shown.css("[name=message]")] == [str(letter.pk)]
    assert [node.attributes["value"] for node in shown.css("[name=what]")] == ["progress"]
