"""The doors for mail against a real database: what was answered with 250 is there, the rest was refused."""

import errno
import smtplib
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections

from amends.channels.email.door import Store, refusal
from amends.channels.models import RawMail
from tests.ports import free_port
from tests.rooms.doors import FROM, TO, House, Line
from tests.rooms.test_concurrency import _copied_file, _copied_postgres


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path, worker_id):
    """A copy of the empty test database that the store's own thread can write to."""
    with django_db_blocker.unblock():
        default = connections["default"]
        original = default.settings_dict["NAME"]
        if default.vendor == "sqlite":
            yield from _copied_file(default, original, str(tmp_path / "door.db"))
        else:
            yield from _copied_postgres(default, original, f"amends_door_{worker_id}")


@pytest.fixture
def house(db, settings):
    settings.AMENDS_SMTP_PORT, settings.AMENDS_LMTP_PORT = free_port(), free_port()
    settings.AMENDS_MAIL_LIMIT_MB = 2
    made = House().open()
    yield made
    made.close()


@pytest.fixture
def line(house, settings):
    made = Line(settings.AMENDS_SMTP_PORT)
    yield made
    made.close()


@pytest.fixture
def lmtp(house, settings):
    made = Line(settings.AMENDS_LMTP_PORT)
    yield made
    made.close()


def bodies() -> list[bytes]:
    return [bytes(one) for one in RawMail.objects.order_by("pk").values_list("body", flat=True)]


def test_250_is_said_after_the_row_is_there(line):
    for number in range(5):
        assert line.send(b"Subject: one\r\n\r\nLate.").startswith("250")
        assert RawMail.objects.count() == number + 1
    row = RawMail.objects.first()
    assert (row.mail_from, row.recipients, row.peer) == (FROM, [TO], "127.0.0.1")
    assert row.size == len(row.body)
    assert row.read_at is row.set_aside_at is None


def test_250_is_not_said_while_the_database_is_held(line):
    """Another writer holds the table for a second; the answer comes when the row could be written, not before."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets both write")
    held = connection.copy()
    held.ensure_connection()
    held.connection.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    answers: list[str] = []
    sender = threading.Thread(target=lambda: answers.append(line.send(b"Subject: held\r\n\r\nLate.")))
    sender.start()
    time.sleep(1.0)
    assert answers == []
    held.connection.execute("COMMIT")
    held.close()
    sender.join(20)
    assert answers[0].startswith("250")
    assert time.monotonic() - began >= 1.0
    assert RawMail.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"Subject: long\r\n\r\n" + b"x" * 100_000, id="one line of 100,000 characters"),
        pytest.param(b"Subject: eight bit\r\n\r\n" + bytes(range(256)).replace(b"\r\n", b""), id="binary bytes"),
        pytest.param(b"Subject: dots\r\n\r\n.\r\n..\r\n...\r\n.end", id="lines of dots"),
        pytest.param(b".first\r\n\r\nA mail that begins with a dot", id="a dot first"),
        pytest.param(b"Subject: bare\n\nA line\nand a dot alone:\n.\nand more", id="bare line feeds"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_every_byte_is_kept(line, body):
    assert line.send(body).startswith("250")
    assert bodies() == [body + b"\r\n"]


def test_the_null_sender_and_a_sender_in_utf8_are_kept(line):
    assert line.send(b"A bounce.", sender="<>").startswith("250")
    assert line.send(b"Mine.", sender="<grüße@bücher.example> SMTPUTF8").startswith("250")
    assert list(RawMail.objects.order_by("pk").values_list("mail_from", flat=True)) == ["", "grüße@bücher.example"]


def test_lmtp_answers_once_for_each_recipient(lmtp):
    to = (TO, "office@lindqvist.example", "third@lindqvist.example")
    answers = [lmtp.send(b"Subject: three\r\n\r\nLate.", to=to, hello="LHLO me"), lmtp.answer(), lmtp.answer()]
    assert [answer[:3] for answer in answers] == ["250"] * 3
    assert lmtp.say("NOOP").startswith("250")
    assert RawMail.objects.get().recipients == list(to)


def test_lmtp_refuses_once_for_each_recipient(lmtp):
    big = b"Subject: big\r\n\r\n" + b"0123456789\r\n" * 200_000
    answers = [lmtp.send(big, to=(TO, "office@lindqvist.example"), hello="LHLO me"), lmtp.answer()]
    assert [answer[:3] for answer in answers] == ["552"] * 2
    assert RawMail.objects.count() == 0


def test_a_mail_over_the_limit_is_refused_for_good(line):
    big = b"Subject: big\r\n\r\n" + b"0123456789\r\n" * 200_000
    assert line.send(big).startswith("552")
    assert RawMail.objects.count() == 0
    assert line.send(b"Subject: small\r\n\r\nLate.").startswith("250")
    assert line.say(f"MAIL FROM:<{FROM}> SIZE={3 * 1024 * 1024}").startswith("552")
    assert RawMail.objects.count() == 1


def _break(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def every_connection(monkeypatch) -> Callable[[str], None]:
    """Statements the store runs before each write, on its own connection: the way a whole disk is felt."""
    said: list[str] = []
    usual = Store._sync_fully

    def first(self) -> None:
        usual(self)
        for statement in said:
            _break(statement)

    monkeypatch.setattr(Store, "_sync_fully", first)
    return lambda *statements: said.__setitem__(slice(None), statements)


def test_a_full_disk_is_452_and_the_next_mail_is_kept_again(line, every_connection):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no limit to set on a running server; its message is tested below")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    every_connection(f"PRAGMA max_page_count={pages}")
    large = b"Subject: full\r\n\r\n" + b"0123456789\r\n" * 50_000
    for _ in range(3):
        assert line.send(large).startswith("452")
    assert RawMail.objects.count() == 0
    every_connection("PRAGMA max_page_count=1073741823")
    assert line.send(large).startswith("250")
    assert bodies() == [large + b"\r\n"]


def test_a_lost_table_is_451_and_the_next_mail_is_kept_again(line):
    _break("ALTER TABLE amends_rawmail RENAME TO gone")
    for _ in range(2):
        assert line.send(b"Subject: lost\r\n\r\nLate.").startswith("451")
    _break("ALTER TABLE gone RENAME TO amends_rawmail")
    assert RawMail.objects.count() == 0
    assert line.send(b"Subject: back\r\n\r\nLate.").startswith("250")
    assert RawMail.objects.count() == 1


def test_a_database_that_is_read_only_or_slow_is_451(line, every_connection):
    if connection.vendor == "sqlite":
        every_connection("PRAGMA query_only=ON")
        mended = "PRAGMA query_only=OFF"
    else:
        every_connection("SET statement_timeout = 1", "SELECT pg_sleep(0.2)")
        mended = "SET statement_timeout = 0"  # the pool hands the same connection out again
    assert line.send(b"Subject: shut\r\n\r\nLate.").startswith("451")
    assert RawMail.objects.count() == 0
    every_connection(mended)
    assert line.send(b"Subject: open\r\n\r\nLate.").startswith("250")
    assert RawMail.objects.count() == 1


def test_a_cut_connection_to_postgresql_loses_nothing(line):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file")
    assert line.send(b"Subject: one\r\n\r\nLate.").startswith("250")
    _break(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    answers = [line.send(b"Subject: again\r\n\r\nLate.")[:3] for _ in range(3)]
    assert set(answers) <= {"250", "451"}
    assert answers[-1] == "250"
    assert RawMail.objects.count() == 1 + answers.count("250")


def test_the_words_for_no_space_are_those_of_both_databases():
    for error in (
        OSError(errno.ENOSPC, "No space left on device"),
        Exception("database or disk is full"),
        Exception('could not extend file "base/1/2": No space left on device'),
    ):
        assert refusal(error).startswith("452 4.3.1")
    for error in (OSError(errno.EIO, "Input/output error"), Exception("disk I/O error")):
        assert refusal(error).startswith("451 4.3.0")


def test_200_mails_over_8_connections_are_all_kept_in_shared_commits(house, settings, monkeypatch):
    groups: list[int] = []
    usual = Store._write

    def counted(self, rows):
        groups.append(len(rows))
        return usual(self, rows)

    monkeypatch.setattr(Store, "_write", counted)

    def send(first: int) -> None:
        with smtplib.SMTP("127.0.0.1", settings.AMENDS_SMTP_PORT, timeout=30) as client:
            for number in range(first, 200, 8):
                client.sendmail(FROM, [TO], f"Subject: {number}\r\n\r\nLate.".encode())

    senders = [threading.Thread(target=send, args=(first,)) for first in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert sorted(bodies()) == sorted(f"Subject: {number}\r\n\r\nLate.\r\n".encode() for number in range(200))
    assert sum(groups) == 200
    assert max(groups) > 1
    assert len([size for size in groups if size]) < 200
