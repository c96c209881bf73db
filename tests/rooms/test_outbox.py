"""A letter leaves once, to one person, and is given up loudly when it cannot."""

import re
import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as sent_mail

from amends.cases.closure import Closure, close
from amends.cases.errors import GateClosed, NotPossible
from amends.cases.outbox import BACKOFF, LEASE, DeliveryAttempt, OutboxEntry, claim_letters, deliver, fail
from amends.cases.reply import undo
from amends.channels.email.send import compose, one_line
from amends.channels.envelope import Outgoing
from amends.method.steps import Step
from amends.recovery.withdraw import withdraw
from tests.conftest import mail
from tests.ports import free_port

pytestmark = pytest.mark.django_db
HOSTILE = [
    "a@b, victim@c.example",
    "x>, <victim@c.example",
    "Maria\r\nBcc: victim@c.example",
    "=?utf-8?q?Maria=0D=0ABcc:_victim@c.example?=",
    '"Maria" <victim@c.example>',
    "Maria; victim@c.example",
    "victim@c.example (Maria)",
    "\x1b[31m\x07",
    "Ł" * 200,
]


class Answers:
    """What the customer's mail server says, and what it was given."""

    def __init__(self) -> None:
        self.recipient, self.data, self.taken = "250 OK", "250 OK", []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, _server, _session, envelope):
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.data


@pytest.fixture
def their_server(settings):
    answers = Answers()
    port = free_port()
    server = Controller(answers, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield answers
    server.stop()


def send_due(cast) -> list[OutboxEntry]:
    entries = claim_letters(cast.clock.now, 20)
    for entry in entries:
        deliver(entry, cast.clock.now)
    return entries


def only_letter(cast, raw: bytes = b"") -> OutboxEntry:
    return cast.case(raw).messages.get(outgoing=True).outbox


def parsed(taken):
    return message_from_bytes(taken[2], policy=policy.default)


def test_a_letter_is_sent_once_with_all_it_needs(cast, their_server):
    entry = only_letter(cast)
    assert len(send_due(cast)) == 1
    assert send_due(cast) == []
    entry.refresh_from_db()
    assert (entry.sent_at, entry.leased_by, entry.attempts) == (cast.clock.now, "", 1)
    (letter,) = their_server.taken
    sender, recipients, _ = letter
    assert recipients == ["maria@post.example"]
    assert sender == entry.envelope["return_path"]
    seen = parsed(letter)
    assert seen["Message-ID"] == f"<{entry.message.external_id}>"
    assert seen["To"] == "Maria Oduya <maria@post.example>"
    assert seen["From"] == "Lindqvist Home <complaints@lindqvist.example>"
    assert seen["Reply-To"] == entry.envelope["reply_to"]
    assert seen["In-Reply-To"] == seen["References"] == "<one@post.example>"
    assert seen["Auto-Submitted"] == "auto-replied"
    assert seen["X-Auto-Response-Suppress"] == "All"
    assert [part.get_content_type() for part in seen.iter_parts()] == ["text/plain", "text/html"]
    assert "sorry" in seen.get_body(("plain",)).get_content().lower()
    assert "<script" not in seen.get_body(("html",)).get_content()
    assert entry.message.case.events.filter(kind="letter_sent").count() == 1


def test_a_person_is_not_marked_as_a_machine_and_references_the_thread(cast, recovery):
    one = recovery()
    letter = one.person_first()
    headers = compose(Outgoing.from_json(letter.outbox.envelope)).message()
    assert headers["Auto-Submitted"] is None
    assert headers["From"] == "Tom Becker at Lindqvist Home <complaints@lindqvist.example>"
    acknowledgement = one.case.messages.filter(outgoing=True).first()
    assert set(headers["References"].split()) == {"<one@post.example>", f"<{acknowledgement.external_id}>"}
    assert headers["In-Reply-To"] in headers["References"]


@pytest.mark.parametrize("answer", ["451 Try later", "421 Too busy", "452 Full"])
@pytest.mark.parametrize("when", ["recipient", "data"])
def test_a_temporary_refusal_is_tried_again_with_the_same_message_id(cast, their_server, when, answer):
    entry = only_letter(cast)
    setattr(their_server, when, answer)
    send_due(cast)
    entry.refresh_from_db()
    assert (entry.sent_at, entry.failed_at, entry.leased_by) == (None, None, "")
    assert entry.not_before == cast.clock.now + BACKOFF[0]
    assert answer[:3] in entry.reason
    assert send_due(cast) == []
    setattr(their_server, when, "250 OK")
    cast.clock.forward(minutes=1)
    send_due(cast)
    assert {parsed(one)["Message-ID"] for one in their_server.taken} == {f"<{entry.message.external_id}>"}
    tries = DeliveryAttempt.objects.order_by("pk").values_list("delivered", "permanent")
    assert list(tries) == [(False, False), (True, False)]


@pytest.mark.parametrize("when", ["recipient", "data"])
def test_a_permanent_refusal_fails_the_letter_at_once_and_loudly(cast, recovery, their_server, when):
    one = recovery()
    letter = one.person_first()
    send_before = one.case.standing.next_step
    setattr(their_server, when, "550 No such person")
    cast.clock.forward(minutes=1)
    send_due(cast)
    letter.outbox.refresh_from_db()
    assert letter.outbox.failed_at == cast.clock.now
    assert "550" in letter.outbox.reason
    assert one.case.events.filter(kind="letter_failed").count() == 2
    one.case.standing.refresh_from_db()
    assert (send_before, one.case.standing.next_step) == ("listen", "apologise")
    assert one.case.standing.reason == "Maria wrote"


def test_a_server_that_is_away_is_tried_with_growing_pauses_then_given_up(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        entry = only_letter(cast)
        for pause in BACKOFF:
            assert len(send_due(cast)) == 1
            entry.refresh_from_db()
            assert entry.not_before - cast.clock.now == pause
            cast.clock.now = entry.not_before
        send_due(cast)
    entry.refresh_from_db()
    assert entry.failed_at == cast.clock.now
    assert (entry.attempts, entry.tries.count()) == (len(BACKOFF) + 1, len(BACKOFF) + 1)
    assert entry.message.case.events.filter(kind="letter_failed").count() == 1
    assert claim_letters(cast.clock.forward(days=9), 5) == []


def test_a_server_that_never_answers_is_left_after_the_timeout(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.2
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        entry = only_letter(cast)
        send_due(cast)
    entry.refresh_from_db()
    assert (entry.failed_at, entry.attempts) == (None, 1)
    assert "timed out" in entry.reason


def test_the_undo_window_holds_a_reply_back(cast, recovery, settings):
    settings.AMENDS_UNDO_SECONDS = 10
    one = recovery()
    letter = one.person_first()
    assert letter.outbox not in claim_letters(one.now, 20)
    undo(letter, by=cast.tom, now=one.now + timedelta(seconds=9))
    assert letter.outbox not in claim_letters(one.now + timedelta(hours=1), 20)
    one.case.standing.refresh_from_db()
    assert (one.case.standing.next_step, one.case.standing.reason) == ("apologise", "Maria wrote")
    assert one.case.events.filter(kind="reply_undone").count() == 1


@pytest.mark.parametrize("late", [10, 3600])
def test_nothing_is_taken_back_once_it_may_be_leaving(cast, recovery, settings, late):
    settings.AMENDS_UNDO_SECONDS = 10
    letter = recovery().person_first()
    with pytest.raises(NotPossible, match="on its way already"):
        undo(letter, by=cast.tom, now=cast.clock.now + timedelta(seconds=late))


def test_a_reply_is_not_taken_back_under_an_offer_built_on_it(cast, recovery, settings):
    settings.AMENDS_UNDO_SECONDS = 600
    one = recovery()
    letter = one.person_first()
    offer = one.offer()
    with pytest.raises(NotPossible, match="Withdraw the offer first"):
        undo(letter, by=cast.tom, now=one.now)
    withdraw(offer, "Wrong sum", by=cast.tom, now=one.now)
    undo(letter, by=cast.tom, now=one.now)


def closed(recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    told = one.prevent()
    close(one.case, by=one.cast.tom, now=one.now)
    return one, told


def test_a_closed_case_opens_again_when_a_letter_it_was_closed_on_fails(recovery):
    one, told = closed(recovery)
    fail(told.outbox, "No such mailbox", one.now)
    assert not Closure.objects.exists()
    with pytest.raises(GateClosed):
        close(one.case, by=one.cast.tom, now=one.now)


def test_a_closed_case_opens_again_when_a_letter_it_was_closed_on_is_taken_back(recovery):
    one, told = closed(recovery)
    undo(told, by=one.cast.tom, now=one.now)
    assert not Closure.objects.exists()


def test_a_letter_that_covers_nothing_leaves_a_closed_case_closed(recovery):
    one, _ = closed(recovery)
    fail(one.case.messages.filter(automatic="acknowledgement").get().outbox, "No such mailbox", one.now)
    assert Closure.objects.exists()


def test_a_step_named_twice_in_one_letter_is_covered_once(recovery):
    one = recovery()
    one.hear()
    letter = one.say(Step.APOLOGISE, Step.APOLOGISE)
    assert letter.coverage.count() == len(one.issues)


def test_two_claimers_never_hold_the_same_letter_and_an_expired_lease_is_claimed_again(cast):
    for number in range(5):
        cast.write(mail(sender=f"m{number}@post.example", message_id=f"<{number}@post.example>"))
    first, second = claim_letters(cast.clock.now, 3), claim_letters(cast.clock.now, 5)
    assert (len(first), len(second)) == (3, 2)
    assert not {one.pk for one in first} & {one.pk for one in second}
    assert claim_letters(cast.clock.now + LEASE, 5) == []
    again = claim_letters(cast.clock.now + LEASE + timedelta(seconds=1), 5)
    assert {one.attempts for one in again} == {2}
    assert len(again) == 5


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_name_adds_no_recipient_and_no_header(cast, their_server, words):
    raw = b"From: " + words.replace("\r\n", "=0D=0A").encode() + b" <maria@post.example>\nSubject: Late\n"
    case = cast.write(raw + b"Message-ID: <one@post.example>\n\nIt came late.\n").message.case
    case.customer.name = words[:200]
    case.customer.save()
    entry = case.messages.get(outgoing=True).outbox
    entry.envelope["recipient"]["name"] = entry.envelope["sender"]["name"] = words
    entry.envelope["subject"] = words
    entry.save()
    send_due(cast)
    (letter,) = their_server.taken
    assert letter[1] == [entry.envelope["recipient"]["address"]]
    seen = parsed(letter)
    assert len(seen["To"].addresses) == len(seen["From"].addresses) == 1
    assert seen["To"].addresses[0].addr_spec == letter[1][0]
    assert seen.get_all("Bcc", []) == seen.get_all("Cc", []) == []
    assert not re.search(rb"(?mi)^bcc:", letter[2])


def test_one_line_leaves_no_break_of_any_kind():
    assert one_line("a\r\n\tb\x00c\x7fd\x0be") == "a b c d e"


@pytest.mark.parametrize("address", ["maria@a..b.example", f"maria@{'x' * 70}.example", "märia@post.example"])
def test_an_address_no_mail_can_be_written_to_fails_loudly_and_stops_nobody(cast, their_server, address):
    entry = only_letter(cast)
    entry.envelope["recipient"]["address"] = address
    entry.save()
    cast.write(mail(sender="next@post.example", message_id="<next@post.example>"))
    send_due(cast)
    entry.refresh_from_db()
    assert entry.failed_at == cast.clock.now
    assert "cannot be written as a mail" in entry.reason
    assert [one[1] for one in their_server.taken] == [["next@post.example"]]


def test_an_address_under_a_domain_with_umlauts_is_written_to(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    entry = only_letter(cast, mail(sender="Maria <maria@post.example>"))
    entry.envelope["recipient"]["address"] = "maria@bücher.example"
    entry.save()
    send_due(cast)
    assert sent_mail.outbox[0].message()["To"] == "Maria <maria@xn--bcher-kva.example>"
