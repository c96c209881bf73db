"""Letters of figures: asked for, sent once each time, to who may see them then, and stopped by one press."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotAllowed, NotThere
from amends.channels.email.send import SendError
from amends.insights.questions import QUESTIONS
from amends.insights.scope import Scope
from amends.reporting.letter import told_of
from amends.reporting.send import NOTHING_NEW, send_figures
from amends.reporting.subscription import FiguresLetter, Subscription, Wanted, is_due, stop, stop_own, subscribe
from amends.team.models import Team
from tests.conftest import mail

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def wants(person, question="promises", often="week", **more):
    values = {"weekday": 0, "hour": 8, "zone": "Europe/Stockholm", "reach": "ines@lindqvist.example", **more}
    return subscribe(person, Wanted(question, often, **values), now=START)


def complaint(cast, number: int, at: datetime) -> None:
    name = f"person{number}@post.example"
    case = cast.case(mail(sender=f"<{name}>", message_id=f"<{name}>"))
    Case.objects.filter(pk=case.pk).update(opened_at=at)


def test_the_letter_says_what_the_page_says(cast):
    for number in range(3):
        complaint(cast, number, MONDAY - timedelta(days=20))
    one = wants(cast.ines, "better")
    outbox.outbox.clear()
    assert not is_due(MONDAY - timedelta(seconds=1))
    assert send_figures(MONDAY - timedelta(seconds=1)) == 0
    assert is_due(MONDAY)
    assert send_figures(MONDAY) == 1
    [letter] = outbox.outbox
    page = QUESTIONS["better"].answer(Scope(user=cast.ines, now=MONDAY))
    assert letter.body.startswith(page.sentence)
    table = page.ground.tables[0]
    assert table.caption in letter.body
    for row in table.rows[:8]:
        assert row[0].text in letter.body
    html = letter.alternatives[0].content
    assert f"/insights/{one.question}/" in letter.body
    assert page.sentence in html.replace("&amp;", "&")
    assert html.count("<tr>") == 1 + min(8, len(table.rows))
    assert (letter.to, letter.subject) == (["Ines Castellano <ines@lindqvist.example>"], "Are we getting better?")
    assert letter.extra_headers["List-Unsubscribe"] == f"<{one.stop_link}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one.stop_link in letter.body


def test_no_sentence_of_a_customer_is_in_a_letter(cast):
    told = told_of(QUESTIONS["new"].answer(Scope(user=cast.ines, now=MONDAY)))
    assert told.sentence.startswith("Too few to tell")
    assert told.rows == ()


def test_each_time_has_one_letter_however_many_work_on_it(cast):
    wants(cast.ines)
    outbox.outbox.clear()
    assert [send_figures(MONDAY), send_figures(MONDAY), send_figures(MONDAY + timedelta(minutes=1))] == [1, 0, 0]
    assert len(outbox.outbox) == 1
    row = FiguresLetter.objects.get()
    assert (row.due_at, row.sent_at, row.next_try_at) == (MONDAY, MONDAY, None)
    assert Subscription.objects.get().next_at == MONDAY + WEEK
    with pytest.raises(IntegrityError), transaction.atomic():
        FiguresLetter.objects.create(subscription=row.subscription, due_at=MONDAY, message_id="another@x.example")


def test_killed_before_it_left_it_leaves_later_with_the_same_id(cast, monkeypatch):
    wants(cast.ines)
    outbox.outbox.clear()

    def killed(_letter):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("amends.reporting.send.send", killed)
        with pytest.raises(KeyboardInterrupt):
            send_figures(MONDAY)
    assert send_figures(MONDAY + timedelta(seconds=30)) == 0, "another worker may still be at it"
    assert send_figures(MONDAY + timedelta(minutes=3)) == 1
    [letter] = outbox.outbox
    assert letter.extra_headers["Message-ID"] == f"<{FiguresLetter.objects.get().message_id}>"


def test_a_worker_that_slept_for_weeks_sends_one(cast):
    wants(cast.ines)
    outbox.outbox.clear()
    send_figures(MONDAY + 5 * WEEK + timedelta(hours=1))
    assert len(outbox.outbox) == 1
    assert Subscription.objects.get().next_at == MONDAY + 6 * WEEK


def test_a_server_that_is_away_is_tried_again_and_one_that_refuses_is_told(cast, monkeypatch):
    wants(cast.ines)
    answers = [SendError("away", permanent=False), SendError("no such person", permanent=True)]

    def refuses(_letter):
        raise answers.pop(0)

    monkeypatch.setattr("amends.reporting.send.send", refuses)
    send_figures(MONDAY)
    assert FiguresLetter.objects.get().next_try_at == MONDAY + timedelta(minutes=15)
    send_figures(MONDAY + timedelta(minutes=15))
    row = FiguresLetter.objects.get()
    assert (row.next_try_at, row.sent_at, row.not_sent) == (None, None, "no such person")


def test_who_may_not_see_it_any_more_is_not_sent_it_and_told(cast):
    wants(cast.ines)
    outbox.outbox.clear()
    cast.ines.role = "agent"
    cast.ines.save()
    send_figures(MONDAY)
    cast.ines.role, cast.ines.team = "lead", Team.objects.exclude(pk=cast.ines.team_id).first()
    cast.ines.save()
    send_figures(MONDAY + WEEK)
    cast.ines.is_active = False
    cast.ines.save()
    send_figures(MONDAY + 2 * WEEK)
    assert outbox.outbox == []
    told = list(FiguresLetter.objects.order_by("due_at").values_list("not_sent", flat=True))
    assert [one.split(".")[0] for one in told] == [
        "Your role does not read what all cases together say any more",
        "You are in another team now",
        "Your role does not read what all cases together say any more",
    ]


def test_it_is_looked_up_with_the_eyes_of_who_gets_it(cast):
    """Priya's team has a case that Ines does not see, and quality does."""
    complaint(cast, 1, MONDAY - timedelta(days=3))
    Case.objects.update(team=cast.priya.team)
    wants(cast.ines, "waits")
    wants(cast.sam, "waits")
    outbox.outbox.clear()
    send_figures(MONDAY)
    first = {letter.to[0].split()[0]: letter.body for letter in outbox.outbox}
    assert "0 cases opened" in first["Ines"]
    assert "1 case opened" in first["Sam"]


def test_nothing_new_sends_nothing_and_says_so_once_a_month(cast):
    wants(cast.ines)
    outbox.outbox.clear()
    for week in range(5):
        send_figures(MONDAY + week * WEEK)
    bodies = [letter.body for letter in outbox.outbox]
    assert len(bodies) == 2
    assert "Nothing is new" not in bodies[0]
    assert "Nothing is new since the last letter." in bodies[1]
    assert list(FiguresLetter.objects.exclude(not_sent="").values_list("not_sent", flat=True)) == [NOTHING_NEW] * 3


def test_asked_again_the_times_change_and_stopped_it_ends(cast):
    first = wants(cast.ines)
    second = wants(cast.ines, weekday=2)
    assert (first.pk, Subscription.objects.count()) == (second.pk, 1)
    assert stop(second, START)
    assert not stop(second, START)
    outbox.outbox.clear()
    assert send_figures(MONDAY + WEEK) == 0
    third = wants(cast.ines)
    assert third.pk != second.pk


def test_stopped_while_it_waits_to_be_tried_again_it_does_not_leave(cast, monkeypatch):
    one = wants(cast.ines)

    def away(_letter):
        raise SendError("away", permanent=False)

    with monkeypatch.context() as patch:
        patch.setattr("amends.reporting.send.send", away)
        send_figures(MONDAY)
    stop(one, MONDAY)
    outbox.outbox.clear()
    assert send_figures(MONDAY + timedelta(hours=1)) == 0
    assert outbox.outbox == []


def test_nobody_stops_anothers(cast):
    one = wants(cast.ines)
    with pytest.raises(NotThere):
        stop_own(cast.sam, one.pk, START)
    stop_own(cast.ines, one.pk, START)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"often": "hour"}, "often"),
        ({"weekday": 7}, "weekday"),
        ({"weekday": -1}, "weekday"),
        ({"hour": 24}, "hour"),
        ({"zone": "Nowhere/Town"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"reach": "ines"}, "reach"),
        ({"reach": "a@b.example\nBcc: c@d.example"}, "reach"),
    ],
)
def test_what_no_letter_could_follow_is_refused(cast, wrong, field):
    with pytest.raises(Incomplete) as refused:
        wants(cast.ines, **wrong)
    assert refused.value.field == field


def test_an_agent_is_not_sent_what_they_may_not_read(cast):
    with pytest.raises(NotAllowed):
        wants(cast.tom)
