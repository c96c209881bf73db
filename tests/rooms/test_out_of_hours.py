"""Out of hours: the truth in the acknowledgement and on the page, and who is on call is told of danger at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from amends.cases.call_out import CallOut, send_call_outs
from amends.cases.message import Message
from amends.cases.rota import Planned, put_on
from amends.portal.page import page_context
from amends.team.shift import Duty
from tests.conftest import mail

pytestmark = pytest.mark.django_db

SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FIRE = "The charger caught fire and burned my hand.\n"
OFFICE = {"zone": "Europe/Stockholm", "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}
REACH = "tom.phone@lindqvist.example"


@pytest.fixture
def office(cast):
    cast.tom.team.calendar = OFFICE
    cast.tom.team.save()
    return cast.tom.team


def on_call(cast, who=None):
    planned = Planned(who or cast.tom, date(2026, 11, 21), "08:00-20:00", Duty.CALL, REACH)
    return put_on(cast.tom.team, planned, by=cast.ines, now=SATURDAY)


def acknowledgement() -> str:
    return Message.objects.get(automatic="acknowledgement").text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The lamp is broken and I am furious.", "back on Monday 23 November at 09:00 (Stockholm time)."),
        ("Die Lampe ist kaputt und ich bin wütend, wie kann das sein?", "ab Montag, 23. November, um 09:00 Uhr"),
        ("La lampe est cassée et je suis furieux, ce n'est pas possible.", "le lundi 23 novembre à 09:00"),
        ("La lámpara no funciona y estoy muy enfadado con la tienda.", "el lunes 23 de noviembre a las 09:00"),
    ],
)
def test_out_of_hours_the_acknowledgement_says_in_its_language_when_somebody_is_there(cast, office, text, sentence):
    cast.case(mail(text))
    assert sentence in acknowledgement()


def test_at_work_and_for_a_team_without_hours_it_says_nothing_of_it(cast):
    cast.case(mail("The lamp is broken."))
    assert "Nobody of the team" not in acknowledgement()


def test_the_rota_of_a_week_goes_before_the_hours(cast, office):
    put_on(office, Planned(cast.tom, date(2026, 11, 22), "10:00-14:00"), by=cast.ines, now=SATURDAY)
    cast.case(mail("The lamp is broken."))
    assert "back on Sunday 22 November at 10:00" in acknowledgement()
    put_on(office, Planned(cast.ines, date(2026, 11, 21), "09:00-12:00"), by=cast.ines, now=SATURDAY)
    case = Message.objects.get(automatic="acknowledgement").case
    shown = page_context(case, SATURDAY)
    assert (shown["closed"], shown["attended"]) == (None, True)


def test_danger_reaches_who_is_on_call_at_once_and_the_customer_is_told_so(cast, office, mailoutbox):
    on_call(cast)
    case = cast.case(mail(FIRE))
    assert "The person on call here is being told at once." in acknowledgement()
    assert send_call_outs(SATURDAY) == 1
    (letter,) = mailoutbox
    assert letter.recipients() == [REACH] or REACH in letter.recipients()[0]
    assert f"/cases/{case.pk}/" in letter.body
    assert "charger" not in letter.body
    assert CallOut.objects.get().sent_at == SATURDAY
    assert send_call_outs(SATURDAY + timedelta(minutes=5)) == 0
    shown = page_context(case, SATURDAY)
    assert shown["danger"]
    assert shown["called"].sent_at == SATURDAY
    assert [one.data["to"] for one in case.events.filter(kind="called_out")] == [cast.tom.pk]


def test_where_nobody_is_on_call_nothing_of_it_is_promised(cast, office):
    case = cast.case(mail(FIRE))
    assert "on call" not in acknowledgement()
    assert not CallOut.objects.exists()
    shown = page_context(case, SATURDAY)
    assert (shown["danger"], shown["called"]) == (True, None)


def test_a_complaint_without_danger_wakes_nobody(cast, office):
    on_call(cast)
    cast.case(mail("The lamp is broken."))
    assert not CallOut.objects.exists()


def test_danger_in_a_later_message_is_told_too(cast, office):
    on_call(cast)
    case = cast.case(mail("The lamp is broken."))
    first = Message.objects.get(outgoing=False)
    cast.clock.forward(hours=2)
    cast.write(mail(FIRE, message_id="<two@post.example>", In_Reply_To=f"<{acknowledged(case)}>"))
    assert CallOut.objects.get().message != first


def acknowledged(case) -> str:
    return case.messages.get(automatic="acknowledgement").external_id


def test_a_letter_that_cannot_leave_is_tried_again_for_twelve_hours(cast, office, settings):
    on_call(cast)
    cast.case(mail(FIRE))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_call_outs(SATURDAY) == 1
    assert send_call_outs(SATURDAY + timedelta(seconds=30)) == 0
    assert send_call_outs(SATURDAY + timedelta(minutes=1)) == 1
    send_call_outs(SATURDAY + timedelta(hours=12))
    row = CallOut.objects.get()
    assert (row.next_at, row.sent_at) == (None, None)
