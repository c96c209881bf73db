"""A mail becomes a message in the right case, exactly once, whatever is in it."""

import pytest

from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.event import Event
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.receive import Outcome
from amends.channels.models import TRIES, RawMail
from amends.customers.models import Customer
from amends.jobs import read_one
from tests.conftest import mail

pytestmark = pytest.mark.django_db
RELAYED = b"Received: from relay.example by mx.example; Sat, 21 Nov 2026 09:00:00 +0000\r\n"


def follow(text: str = "Is there any news?", **headers: str) -> bytes:
    return mail(text, **{"message_id": "<two@post.example>", "subject": "Re: Late", **headers})


def test_a_new_mail_opens_one_case_with_the_customer_and_their_words(cast):
    receipt = cast.write()
    case = Case.objects.get()
    assert receipt.outcome is Outcome.OPENED
    assert (case.customer.name, case.customer.addresses.get().value) == ("Maria Oduya", "maria@post.example")
    assert (case.team.name, case.subject) == ("Home", "Late, and billed twice")
    message = case.messages.get(outgoing=False)
    assert message.known_sender
    assert "nine days late" in message.text
    issues = list(case.issues.all())
    assert len(issues) >= 2
    for issue in issues:
        assert issue.words == message.text[issue.start : issue.end] != ""
        assert (issue.message, issue.source) == (message, "reading")
    assert [one.kind for one in Event.objects.order_by("seq")] == [
        "case_opened",
        "message_received",
        "issues_proposed",
        "acknowledgement_queued",
    ]


def test_the_acknowledgement_apologises_and_echoes_nothing(cast):
    cast.write(mail("The zebra lamp is broken and glows purple. I was charged €4711 twice.", subject="Zebra"))
    letter = OutboxEntry.objects.get().envelope
    assert letter["automatic"] is True
    assert letter["recipient"]["address"] == "maria@post.example"
    assert "sorry" in letter["text"].lower()
    assert not any(word in letter["text"] for word in ("zebra", "Zebra", "purple", "4711", "charged"))


def test_a_mail_lands_with_the_team_of_its_mailbox(cast):
    case = cast.write(mail(to="office@lindqvist.example")).message.case
    assert case.team.name == "Office"


def test_the_envelope_recipient_counts_where_the_header_names_nobody(cast):
    case = cast.write(mail(to="undisclosed"), recipients=["office@lindqvist.example"]).message.case
    assert case.team.name == "Office"


@pytest.mark.parametrize(
    "again",
    [
        lambda raw: raw,
        lambda raw: RELAYED * 3 + raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw + b"\r\n",
    ],
    ids=["same", "relayed", "CRLF", "blank line at the end"],
)
def test_the_same_mail_twice_makes_nothing_twice(cast, again):
    first = cast.write(mail())
    second = cast.write(again(mail()))
    assert (second.outcome, second.message) == (Outcome.DUPLICATE, first.message)
    assert (Case.objects.count(), Message.objects.filter(outgoing=False).count()) == (1, 1)
    assert OutboxEntry.objects.count() == 1
    assert RawMail.objects.filter(read_at=None).count() == 0


def test_another_body_with_the_same_message_id_is_another_message(cast):
    cast.write(mail())
    cast.clock.forward(minutes=10)
    other = cast.write(mail("Something else went wrong: the lamp is broken."))
    assert other.outcome is Outcome.OPENED
    assert Message.objects.filter(outgoing=False).count() == 2


def test_bodies_that_differ_before_a_stray_blank_line_are_two_messages(cast):
    head = b"From: Maria <maria@post.example>\nMessage-ID: <one@post.example>\nSubject: Late\n\n"
    cast.write(head + b"The lamp is broken.\r\n\r\nMaria")
    cast.clock.forward(minutes=10)
    assert cast.write(head + b"The chair never came.\r\n\r\nMaria").outcome is Outcome.OPENED


def test_without_a_message_id_the_sender_date_and_subject_stand_in(cast):
    raw = b"From: maria@post.example\nSubject: Late\nDate: Sat, 21 Nov 2026 08:00:00 +0000\n\nIt came late.\n"
    cast.write(raw)
    assert cast.write(raw).outcome is Outcome.DUPLICATE
    cast.clock.forward(minutes=10)
    assert cast.write(raw.replace(b"08:00", b"08:01")).outcome is Outcome.OPENED


def test_a_mail_without_a_sender_is_set_aside_with_its_raw_form(cast):
    raw = b"Subject: Late\n\nIt came late.\n"
    receipt = cast.write(raw)
    assert (receipt.outcome, receipt.message) == (Outcome.SET_ASIDE, None)
    row = RawMail.objects.get()
    assert bytes(row.body) == raw
    assert row.set_aside_at is not None
    assert row.reason == "It names no sender, so nobody could be answered."


def test_a_letter_of_ours_that_comes_back_is_set_aside(cast):
    case = cast.case()
    ours = case.messages.get(outgoing=True).external_id
    receipt = cast.write(mail("Our own words.", sender="complaints@lindqvist.example", message_id=f"<{ours}>"))
    assert (receipt.outcome, receipt.reason) == (
        Outcome.SET_ASIDE,
        "It is a letter of our own that came back to us.",
    )
    assert case.messages.count() == 2


def test_an_unreadable_mail_is_kept_with_its_reason_and_the_next_one_is_read(cast):
    heavy = b"From: m@post.example\n" + b"X-Filler: " + b"x" * 60_000 + b"\n"
    heavy += (b"X-Filler: " + b"x" * 60_000 + b"\n") * 5 + b"\nLate\n"
    receipt = cast.write(heavy)
    assert receipt.outcome is Outcome.SET_ASIDE
    row = RawMail.objects.get()
    assert "256 kB of headers" in row.reason
    assert bytes(row.body) == heavy
    assert cast.write().outcome is Outcome.OPENED


def test_a_mail_that_was_tried_too_often_is_set_aside_unread(cast):
    raw = mail()
    row = RawMail.objects.create(
        received_at=cast.clock.now, recipients=[], size=len(raw), body=raw, tries=TRIES + 1, mail_from=None
    )
    receipt = read_one(row, cast.clock.now)
    assert (receipt.outcome, Case.objects.count()) == (Outcome.SET_ASIDE, 0)
    assert "3 times" in RawMail.objects.get().reason


def test_an_error_of_ours_is_tried_again_then_set_aside_with_its_name(cast, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("amends.jobs.receive", broken)
    raw = mail()
    row = RawMail.objects.create(received_at=cast.clock.now, recipients=[], size=len(raw), body=raw, tries=1)
    read_one(row, cast.clock.now)
    assert RawMail.objects.get().set_aside_at is None
    row.tries = TRIES
    read_one(row, cast.clock.now)
    assert RawMail.objects.get().reason == "An error of ours stopped it: ZeroDivisionError: by nought"


def test_nul_and_lone_surrogates_do_not_reach_the_database(cast):
    raw = b"From: Ma\x00ria \xed\xa0\x80 <maria@post.example>\nSubject: La\x00te \xff\xfe\nMessage-ID: "
    raw += b"<o\x00ne@p.example>\nContent-Type: text/plain; charset=utf-8\n\nIt came \x00 late. \xed\xa0\x80 \xff\n"
    message = cast.write(raw).message
    message.refresh_from_db()
    for words in (message.text, message.subject, message.sender_name, message.external_id):
        assert "\x00" not in words
        assert words.encode()
    assert "It came" in message.text


def test_names_and_subjects_of_any_length_are_taken(cast):
    name, subject = "Ö" * 400, "Ü" * 900
    case = cast.write(mail(sender=f"{name} <long@post.example>", subject=subject)).message.case
    assert case.customer.name == name[:200]
    assert case.subject == subject[:300]
    assert OutboxEntry.objects.get().envelope["subject"] == f"Re: {subject}"[:300]


def test_a_message_id_of_any_length_and_script_is_taken(cast):
    raw = "From: m@post.example\nSubject: Late\nMessage-ID: <{}@p.example>\n\nIt came late.\n"
    ids = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(980))
    assert cast.write(raw.format(ids).encode()).outcome is Outcome.OPENED


def test_product_private_headers_of_a_mail_are_ignored(cast):
    case = cast.case()
    cast.write(
        follow(
            sender="stranger@else.example",
            X_Amends_Case=str(case.pk),
            X_Amends_Team="Office",
            X_Amends_Assign="ines",
            X_Amends_Severity="4",
        )
    )
    other = Case.objects.exclude(pk=case.pk).get()
    assert other.team.name == "Home"
    assert other.severity < 4
    assert not hasattr(other, "assignment")
    assert case.messages.filter(outgoing=False).count() == 1


def test_the_same_person_in_other_letters_is_one_customer(cast):
    cast.write()
    cast.clock.forward(minutes=10)
    cast.write(mail("Another order is late.", sender="MARIA@POST.example", message_id="<three@post.example>"))
    assert Customer.objects.count() == 1
    assert Case.objects.count() == 2


def test_a_customer_who_writes_to_a_closed_case_opens_it_again(cast, recovery):
    one = recovery()
    one.say()
    close(one.case, by=cast.ines, now=one.now, exception="Settled by phone")
    cast.clock.forward(minutes=5)
    cast.write(follow("It is still not right.", In_Reply_To="<one@post.example>"))
    assert not hasattr(Case.objects.get(), "closure")
    assert Case.objects.get().standing.reason == "Maria wrote"
    assert Event.objects.filter(kind="case_reopened", actor=f"customer:{one.case.customer_id}").count() == 1


def test_every_mail_that_came_in_is_read_or_set_aside(cast):
    for raw in (mail(), mail(), follow(sender=""), b"", b"\x00" * 50, mail("", message_id="<x@y.example>")):
        cast.write(raw or b"\n")
    rows = RawMail.objects.all()
    assert rows.count() == 6
    assert all((row.read_at is None) != (row.set_aside_at is None) for row in rows)
