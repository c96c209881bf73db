"""The command line: figures, the ledger's proof, bringing mail in, and refusing to start with a sentence."""

import json
import mailbox
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.db import connection
from typer.testing import CliRunner

from amends.cases.case import Case
from amends.cases.event import Event
from amends.cases.outbox import OutboxEntry
from amends.channels.models import RawMail
from amends.cli import app
from tests.conftest import mail
from tests.ports import free_port

KEYS = {
    "cases",
    "open",
    "messages",
    "raw_waiting",
    "raw_unreadable",
    "outbox_waiting",
    "outbox_failed",
    "tasks",
    "ledger_length",
    "chain_holds",
}


@pytest.fixture
def run(db, monkeypatch):
    """`amends …` inside this process, on the database of the test."""
    from amends.cli import company, imports, report  # noqa: F401 - each adds its commands

    for module in ("company", "imports"):
        monkeypatch.setattr(f"amends.cli.{module}.bring_up_to_date", lambda: False)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_status_counts_as_json(cast, run):
    cast.case()
    cast.write(b"Subject: nobody\n\nhello\n")
    RawMail.objects.create(received_at=cast.clock.now, recipients=[], size=1, body=b"x")
    figures = json.loads(run("status", "--json").stdout)
    assert set(figures) >= KEYS
    assert {key: figures[key] for key in KEYS} == {
        "cases": 1,
        "open": 1,
        "messages": 2,
        "raw_waiting": 1,
        "raw_unreadable": 1,
        "outbox_waiting": 1,
        "outbox_failed": 0,
        "tasks": 2,
        "ledger_length": Event.objects.count(),
        "chain_holds": True,
    }


def test_status_in_words(cast, run):
    assert "chain holds" in run("status").stdout


def break_ledger(seq, **changes):
    """What only somebody with the database in their hands can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER ledger_no_change ON amends_event")
        else:
            cursor.execute("DROP TRIGGER ledger_no_update")
            cursor.execute("DROP TRIGGER ledger_no_delete")
    if changes:
        Event.objects.filter(seq=seq).update(**changes)
    else:
        Event.objects.filter(seq=seq).delete()


def test_verify_says_that_the_ledger_holds(cast, run):
    cast.case()
    result = run("verify")
    assert (result.exit_code, result.stdout) == (
        0,
        f"The ledger holds: {Event.objects.count()} rows, each sealed to the one before.\n",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"data": {"count": 99}}, "The ledger breaks at row 2: its content is not what was sealed."),
        ({"actor": "user:1"}, "The ledger breaks at row 2: its content is not what was sealed."),
        ({"previous": "0" * 64}, "The ledger breaks at row 2: it does not continue the row before it."),
        ({}, "The ledger breaks at row 3: row 2 is missing."),
    ],
)
def test_verify_names_the_broken_row(changes, sentence, cast, run):
    cast.case()
    assert Event.objects.count() > 2
    break_ledger(2, **changes)
    result = run("verify")
    assert result.exit_code == 1
    assert result.stderr.strip() == sentence
    assert json.loads(run("status", "--json").stdout)["chain_holds"] is False


def letters(count):
    return [mail(message_id=f"<{n}@post.example>", sender=f"P{n} <p{n}@post.example>") for n in range(count)]


def test_importing_one_mail_twice(cast, run, tmp_path):
    file = tmp_path / "one.eml"
    file.write_bytes(mail())
    assert "1 mail from" in run("import", "mail", file).stdout
    assert "was here already" in run("import", "mail", file).stdout
    assert Case.objects.count() == 1


def test_importing_a_folder_with_one_that_names_nobody(cast, run, tmp_path):
    folder = tmp_path / "inbox" / "deep"
    folder.mkdir(parents=True)
    for number, raw in enumerate([*letters(3), b"Subject: nobody\n\nhello\n"]):
        (folder / f"{number}.eml").write_bytes(raw)
    said = run("import", "mail", tmp_path / "inbox").stdout
    assert "4 mails from" in said
    assert "3  opened a case" in said
    assert "1  could not become part of a case" in said
    assert "refused 1: It names no sender" in said
    assert Case.objects.count() == 3


@pytest.mark.parametrize("kind", [mailbox.mbox, mailbox.Maildir])
def test_importing_a_mailbox(kind, cast, run, tmp_path):
    box = kind(str(tmp_path / "box"))
    for raw in letters(3):
        box.add(raw)
    box.close()
    assert "3  opened a case" in run("import", "mail", tmp_path / "box").stdout


def test_importing_what_is_not_there(run, tmp_path):
    result = run("import", "mail", tmp_path / "nothing")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_a_new_desk_gets_team_person_and_limit(run):
    from amends.team.models import User
    from amends.team.policy import current

    assert run("team", "Home", "--mailbox", "Help@Shop.example").exit_code == 0
    made = run("person", "jo", "--name", "Jo Bell", "--team", "Home", "--role", "lead", "--password", "long-enough-9")
    assert "Jo Bell can sign in as jo." in made.stdout
    assert User.objects.get(username="jo").check_password("long-enough-9")
    assert run("person", "jo", "--name", "Jo", "--team", "Home", "--password", "long-enough-9").exit_code == 2
    assert run("person", "al", "--name", "Al", "--team", "None", "--password", "long-enough-9").exit_code == 2
    assert run("limit", "lead", "700").exit_code == 0
    assert [one.per_case_cents for one in current().limits if one.role == "lead"] == [70000]
    assert run("limit", "lead", "a lot").exit_code == 2


def desk(home, web, smtp):
    """The environment of a desk of its own."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("AMENDS_", "DATABASE_URL"))}
    return {**keep, "AMENDS_HOME": str(home), "AMENDS_PORT": str(web), "AMENDS_SMTP_PORT": str(smtp)}


AMENDS = [sys.executable, "-m", "amends"]


def refused(environment):
    done = subprocess.run([*AMENDS, "up"], env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr.strip()


def test_a_busy_port_is_said_with_the_way_out(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = refused(desk(tmp_path, port, free_port()))
    assert code == 1
    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used")
    assert f"AMENDS_PORT={port + 1} amends up" in said
    assert "Traceback" not in said


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    environment = {**desk(tmp_path / "file" / "home", free_port(), free_port()), "AMENDS_SECRET_KEY": "x" * 50}
    code, said = refused(environment)
    assert code == 1
    assert "cannot be used" in said
    assert "Set AMENDS_HOME to another." in said


@pytest.mark.slow
def test_a_second_desk_in_the_same_folder_is_refused_and_the_first_ends_cleanly(tmp_path):
    web = free_port()
    environment = desk(tmp_path, web, free_port())
    first = subprocess.Popen([*AMENDS, "up"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{web}/health", first)
        code, said = refused(desk(tmp_path, free_port(), free_port()))
        assert code == 1
        assert said.startswith(f"Amends is running already in {tmp_path} (process {first.pid}).")
        status = subprocess.run([*AMENDS, "status", "--json"], env=environment, capture_output=True, check=True)
        assert json.loads(status.stdout)["cases"] == 0
        assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    finally:
        first.send_signal(signal.SIGINT)
        out, _ = first.communicate(timeout=30)
    assert (first.returncode, b"Amends has stopped." in out) == (0, True)


def wait_for(address, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout.read()
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the desk did not answer within a minute")


def test_letters_that_failed_are_counted(cast, run):
    cast.case()
    OutboxEntry.objects.update(failed_at=cast.clock.now)
    assert json.loads(run("status", "--json").stdout)["outbox_failed"] == 1
