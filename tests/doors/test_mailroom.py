"""The mail room: what could not be read, what was sent, and files that no browser runs."""

import pytest

from amends.cases.message import Attachment
from amends.channels.models import RawMail
from tests.doors.conftest import letter_with_file, words

pytestmark = pytest.mark.django_db


def assert_only_saved(response):
    """A download no browser opens in place, whatever it holds."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("name", ["receipt.html", "photo.svg", "photo.png", "a.xml"])
def test_a_file_is_only_ever_saved(name, cast, door):
    case = cast.case(letter_with_file(name, b"<script>alert(1)</script>"))
    response = door().get(f"/cases/{case.pk}/attachments/{Attachment.objects.get().pk}/")
    assert_only_saved(response)
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content == b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", 'a"b;x=y.html', "C:\\x.exe", "photo\u202egnp.exe", "x\r\nSet-Cookie: a=b"]
)
def test_a_hostile_file_name_stays_a_name(name, cast, door):
    case = cast.case(letter_with_file("plain.txt"))
    Attachment.objects.update(name=name)
    response = door().get(f"/cases/{case.pk}/attachments/{Attachment.objects.get().pk}/")
    assert_only_saved(response)
    assert "Set-Cookie" not in response
    assert "\n" not in response["Content-Disposition"]


def test_the_files_of_another_case_are_not_there(cast, door):
    mine = cast.case(letter_with_file())
    other = cast.case(letter_with_file(message_id="<b@post.example>", sender="Jo <jo@post.example>"))
    file, message = Attachment.objects.get(message__case=other), other.messages.filter(outgoing=False).get()
    client = door()
    assert client.get(f"/cases/{mine.pk}/attachments/{file.pk}/").status_code == 404
    assert client.get(f"/cases/{mine.pk}/messages/{message.pk}/raw/").status_code == 404
    assert client.get(f"/cases/{other.pk}/attachments/{file.pk}/").status_code == 200


def test_a_message_exactly_as_it_came(cast, door):
    raw = letter_with_file()
    case = cast.case(raw)
    message = case.messages.filter(outgoing=False).get()
    response = door().get(f"/cases/{case.pk}/messages/{message.pk}/raw/")
    assert_only_saved(response)
    assert response.content == raw
    ours = case.messages.filter(outgoing=True).get()
    assert door().get(f"/cases/{case.pk}/messages/{ours.pk}/raw/").status_code == 404


def test_the_pile_of_what_could_not_be_read(cast, door):
    cast.write(b"Subject: nobody\n\nhello\n")
    raw, client = RawMail.objects.set_aside().get(), door()
    said = words(client.get("/mailroom/"))
    assert "It names no sender, so nobody could be answered." in said
    assert "nobody (a machine)" in said
    response = client.get(f"/mailroom/{raw.pk}/")
    assert_only_saved(response)
    assert response.content == bytes(raw.body)


def test_a_mail_that_was_read_is_not_in_the_pile(cast, door):
    case = cast.case()
    raw = case.messages.filter(outgoing=False).get().raw
    assert door().get(f"/mailroom/{raw.pk}/").status_code == 404
    assert "Everything was read" in words(door().get("/mailroom/"))


def test_what_we_sent_in_a_trial(cast, door, settings, sink):
    from datetime import UTC, datetime

    from amends.cases.outbox import OutboxEntry
    from amends.jobs import send_letters

    settings.EMAIL_BACKEND = "amends.channels.email.sink.Sink"
    settings.EMAIL_FILE_PATH = sink
    cast.case()
    OutboxEntry.objects.update(not_before=datetime.now(UTC))
    assert send_letters(datetime.now(UTC)) == 1
    client = door()
    said = words(client.get("/mailroom/sent/"))
    assert "Re: Late, and billed twice" in said
    assert "maria@post.example" in said
    file = next(sink.glob("*.log")).name
    shown = client.get(f"/mailroom/sent/{file}/")
    assert "Your message has reached us" in words(shown)
    assert "/c/" in shown.content.decode()


@pytest.mark.parametrize("name", ["..%2f..%2fsecret_key", "..log", "%2e%2e", "x.log%00", "secret_key", "nothing.log"])
def test_no_other_file_can_be_read(name, door, sink):
    (sink.parent / "secret_key").write_text("top secret")
    response = door().get(f"/mailroom/sent/{name}/")
    assert response.status_code == 404
    assert "top secret" not in response.content.decode()
