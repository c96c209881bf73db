"""`amends import mail`: a Maildir, an mbox and a folder with broken files; what was refused is said with its reason."""

import mailbox

import pytest

from tests.conftest import mail
from tests.journeys.desk import Desk


@pytest.fixture
def desk(home, fresh_database) -> Desk:
    """A desk with one team, not started: bringing mail in needs no running processes."""
    made = Desk(home, sample=False, extra=fresh_database)
    assert made.run("team", "Home", "--mailbox", "complaints@lindqvist.example").returncode == 0
    return made


def letters(first: int, count: int) -> list[bytes]:
    return [
        mail(f"It came {number} days late.", sender=f"p{number}@post.example", message_id=f"<{number}@post.example>")
        for number in range(first, first + count)
    ]


def bring(desk: Desk, path) -> str:
    done = desk.run("import", "mail", str(path))
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_a_maildir_an_mbox_and_a_folder(desk, tmp_path):
    maildir = mailbox.Maildir(tmp_path / "Maildir", create=True)
    for raw in letters(1, 3):
        maildir.add(raw)
    assert "3 mails" in (said := bring(desk, tmp_path / "Maildir"))
    assert "3 opened a case" in said

    box = mailbox.mbox(tmp_path / "box.mbox")
    for raw in [*letters(4, 2), mail("From the start\n\nFrom here on it was late.", message_id="<from@post.example>")]:
        box.add(raw)
    box.close()
    assert "3 opened a case" in bring(desk, tmp_path / "box.mbox")

    folder = tmp_path / "folder" / "below"
    folder.mkdir(parents=True)
    (folder / "good.eml").write_bytes(letters(7, 1)[0])
    (folder / "again.eml").write_bytes(letters(1, 1)[0])
    (folder / "picture.png").write_bytes(bytes(range(256)) * 8)
    (folder / "empty.eml").write_bytes(b"")
    said = bring(desk, tmp_path / "folder")
    assert "4 mails" in said
    assert "1 opened a case" in said
    assert "1 was here already" in said
    assert "2 could not become part of a case" in said
    assert "refused 2: It names no sender, so nobody could be answered." in said

    status = desk.status()
    assert (status["cases"], status["raw_waiting"], status["chain_holds"]) == (7, 0, True)


def test_a_mail_python_cannot_write_again_is_kept_byte_for_byte(desk, tmp_path):
    mailbox.Maildir(tmp_path / "Maildir", create=True)
    raw = b"From: Gr\xfc\xdfe <g@post.example>\nSubject: sp\xe4t\nContent-Type: text/plain; charset=none\n\nSp\xe4t.\n"
    (tmp_path / "Maildir/new/1.host").write_bytes(raw)
    assert "1 opened a case" in bring(desk, tmp_path / "Maildir")
    kept = desk.shell("from amends.channels.models import RawMail; print(bytes(RawMail.objects.get().body).hex())")
    assert bytes.fromhex(kept.strip()) == raw


def test_bringing_the_same_in_twice_changes_nothing(desk, tmp_path):
    (tmp_path / "one.eml").write_bytes(mail())
    bring(desk, tmp_path / "one.eml")
    length = desk.status()["ledger_length"]
    assert "1 mail from" in (said := bring(desk, tmp_path / "one.eml"))
    assert "1 was here already" in said
    assert (desk.status()["cases"], desk.status()["ledger_length"]) == (1, length)


def test_what_is_not_there_is_said(desk, tmp_path):
    done = desk.run("import", "mail", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "does not exist" in " ".join(done.stderr.split())
