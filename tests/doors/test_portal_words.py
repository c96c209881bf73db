"""What customers tell us on their page: a message with files, a wish, is it still right; each button works once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amends.cases.links import page_token
from amends.cases.message import Attachment, Message
from amends.cases.once import Once, button
from amends.cases.outbox import OutboxEntry
from amends.cases.reopening import IssueReopening
from amends.channels.models import RawMail
from amends.jobs import read_mail
from amends.recovery.ask_again import ask_those_due
from amends.recovery.follow_up import FollowUp
from tests.doors.conftest import everything, let_letters_leave, page, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    return recovery()


@pytest.fixture
def browse():
    return Client(raise_request_exception=False)


def link(one, name=""):
    return f"/c/{page_token(one.case.pk)}/{name}"


def fresh(browse, one, name) -> dict[str, str]:
    """The token of the form on a page, as a browser would send it."""
    return {"once": typed(browse.get(link(one, name)), "once")}


def file(name="photo.jpg", body=b"\xff\xd8picture", content_type="image/jpeg"):
    return SimpleUploadedFile(name, body, content_type)


def test_files_come_with_the_words_and_download_as_always(one, browse, door):
    form = fresh(browse, one, "write/")
    files = [
        file(),
        file("../../evil.html", b"<script>1</script>", "text/html"),
        file("m.eml", b"Subject: x\n\n", "message/rfc822"),
    ]
    assert browse.post(link(one, "write/"), {**form, "text": "Here is the lamp.", "files": files}).status_code == 302
    message = Message.objects.get(text="Here is the lamp.")
    assert (message.known_sender, message.automatic, message.raw.peer) == (True, "", "page")
    names = [kept.name for kept in message.attachments.all()]
    assert names == ["photo.jpg", "evil.html", "m.eml"]
    for kept, body in zip(
        message.attachments.all(), (b"\xff\xd8picture", b"<script>1</script>", b"Subject: x\n\n"), strict=True
    ):
        got = door("tom").get(reverse("attachment", args=[one.case.pk, kept.pk]))
        assert got.content == body
        assert got["Content-Type"] == "application/octet-stream"
        assert got["Content-Disposition"].startswith("attachment")
    assert "photo.jpg" in words(browse.get(link(one)))
    assert RawMail.objects.waiting().count() == 0


def test_a_file_alone_is_a_message(one, browse):
    assert (
        browse.post(link(one, "write/"), {**fresh(browse, one, "write/"), "text": "", "files": [file()]}).status_code
        == 302
    )
    assert Attachment.objects.get().name == "photo.jpg"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("a", 10)] * 11, "These are 11 files. We can take 10 at once"),
        ([("a", 500_000), ("b", 500_000)], "Together the files are"),
    ],
)
def test_too_many_or_too_large_files_are_refused_with_a_sentence(one, browse, settings, files, sentence):
    settings.AMENDS_MAIL_LIMIT_MB = 1
    sent = [file(name, b"x" * size) for name, size in files]
    before = everything()
    response = browse.post(link(one, "write/"), {**fresh(browse, one, "write/"), "text": "Look", "files": sent})
    assert (response.status_code, typed(response, "text")) == (422, "Look")
    assert sentence in words(response)
    assert everything() == before


def test_what_was_kept_is_read_by_the_worker_when_the_page_died(one, browse, monkeypatch, cast):
    def die(*_args, **_kwargs):
        raise RuntimeError("killed here")

    monkeypatch.setattr("amends.cases.customer_writes.receive", die)
    browse.post(link(one, "write/"), {**fresh(browse, one, "write/"), "text": "Do not lose this."})
    kept = RawMail.objects.waiting().get()
    assert not Message.objects.filter(text="Do not lose this.").exists()
    assert read_mail(kept.received_at + timedelta(minutes=2)) == 1
    assert Message.objects.get(text="Do not lose this.").case == one.case
    assert read_mail(kept.received_at + timedelta(minutes=9)) == 0


def test_pressing_send_twice_is_one_message_and_a_kind_word(one, browse):
    form = {**fresh(browse, one, "write/"), "text": "One thing more"}
    assert browse.post(link(one, "write/"), form).status_code == 302
    again = browse.post(link(one, "write/"), form)
    assert (again.status_code, "We have this already" in words(again)) == (409, True)
    assert page(again).css_first('[role="alert"]') is None
    assert Message.objects.filter(text="One thing more").count() == 1


def test_the_back_button_keeps_new_words_for_a_message_of_their_own(one, browse):
    form = fresh(browse, one, "write/")
    browse.post(link(one, "write/"), {**form, "text": "First"})
    response = browse.post(link(one, "write/"), {**form, "text": "And second"})
    assert (response.status_code, typed(response, "text")) == (422, "And second")
    assert browse.post(link(one, "write/"), {"once": typed(response, "once"), "text": "And second"}).status_code == 302
    assert list(Message.objects.filter(outgoing=False).values_list("text", flat=True))[1:] == ["First", "And second"]


@pytest.mark.parametrize("token", ["", "bent", "other case", "other action"])
def test_a_form_without_its_own_token_is_shown_afresh_and_does_nothing(one, browse, token):
    once = {"other case": button(one.case.pk + 1, "higher"), "other action": button(one.case.pk, "write")}.get(
        token, token
    )
    before = everything()
    response = browse.post(link(one, "higher/"), {"once": once, "reason": "Nobody answers"})
    assert (response.status_code, typed(response, "reason")) == (422, "Nobody answers")
    assert "press once more" in words(response)
    assert everything() == before
    assert (
        browse.post(link(one, "higher/"), {"once": typed(response, "once"), "reason": "Nobody answers"}).status_code
        == 302
    )


def test_a_button_lives_ninety_days_and_then_leads_to_a_new_link(one, browse):
    form = fresh(browse, one, "higher/")
    now = one.now + timedelta(hours=6)
    with time_machine.travel(now + timedelta(days=89), tick=True):
        late = link(one, "higher/")
    with time_machine.travel(now + timedelta(days=91), tick=True):
        response = browse.post(late, {**form, "reason": "Nobody answers"})
    assert response.status_code == 410
    assert page(response).css_first('form[action="/c/new-link/"]') is not None
    assert Once.objects.count() == 0


def test_a_refused_press_does_not_use_the_button_up(one, browse):
    form = fresh(browse, one, "higher/")
    assert browse.post(link(one, "higher/"), {**form, "reason": " "}).status_code == 422
    assert browse.post(link(one, "higher/"), {**form, "reason": "Nobody answers"}).status_code == 302


def test_yes_from_the_letter_is_one_page_with_one_button(one, browse):
    letter = one.person_first()
    let_letters_leave()
    yes = re.search(r"Yes, that's it: \S+?(/c/\S+)", letter.text)[1]
    before = everything()
    opened = browse.get(yes)
    assert everything() == before
    assert len(page(opened).css("main button")) == 1
    assert browse.post(yes, {"once": typed(opened, "once")}).status_code == 302
    again = browse.post(yes, fresh_token(browse, one, "yes"))
    assert (again.status_code, "You said yes to this before" in words(again)) == (409, True)


def fresh_token(_browse, one, action):
    """The button of another tab, opened before the first was pressed."""
    return {"once": button(one.case.pk, action)}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"wish": "where"}, "Please tell me where my complaint stands."),
        ({"wish": "call", "more": "After five: 0123"}, "Please call me.\n\nAfter five: 0123"),
        ({"wish": "other", "more": "A new invoice"}, "A new invoice"),
    ],
)
def test_asking_for_something_is_a_message_to_answer(one, browse, form, text):
    assert browse.post(link(one, "ask/"), {**fresh(browse, one, "ask/"), **form}).status_code == 302
    assert Message.objects.get(text=text).case == one.case


@pytest.mark.parametrize("form", [{}, {"wish": "gold"}, {"wish": "other", "more": " "}])
def test_a_wish_that_says_nothing_is_asked_again(one, browse, form):
    assert browse.post(link(one, "ask/"), {**fresh(browse, one, "ask/"), **form}).status_code == 422
    assert Message.objects.filter(outgoing=False).count() == 1


@pytest.fixture
def asked(one):
    one.person_first()
    one.deliver(one.accept(one.offer()))
    let_letters_leave()
    planned = one.case.follow_ups.get()
    FollowUp.objects.update(due_at=one.now)
    assert ask_those_due(one.now) == 1
    let_letters_leave()
    OutboxEntry.objects.update(sent_at=one.now)
    planned.refresh_from_db()
    return planned


def test_yes_it_is_right_from_the_letter(one, browse, asked):
    yes = re.search(r"(/c/\S+answer=right)", asked.letter.text)[1]
    before = everything()
    opened = browse.get(yes)
    assert everything() == before
    assert len(page(opened).css("main button")) == 1
    form = {"once": typed(opened, "once"), "answer": typed(opened, "answer")}
    assert browse.post(link(one, "follow-up/"), form).status_code == 302
    asked.refresh_from_db()
    assert (asked.still_right, asked.by) == (True, None)
    assert "We have your answer" in words(browse.get(yes))
    assert browse.post(link(one, "follow-up/"), form).status_code == 409


def test_something_is_left_in_their_words(one, browse, asked):
    left = re.search(r"(/c/\S+answer=left)", asked.letter.text)[1]
    opened = browse.get(left)
    form = {"once": typed(opened, "once"), "answer": "left", "words": "The lamp flickers"}
    refused = browse.post(link(one, "follow-up/"), form)
    assert (refused.status_code, "Tick what is not right" in words(refused)) == (422, True)
    assert typed(refused, "words") == "The lamp flickers"
    assert browse.post(link(one, "follow-up/"), {**form, "issues": one.issues[1].pk}).status_code == 302
    assert IssueReopening.objects.get().issue == one.issues[1]
    said = words(browse.get(link(one)))
    assert "It was not right, so we have begun again." in said


def test_nobody_was_asked_yet(one, browse):
    assert "We have not asked you yet" in words(browse.get(link(one, "follow-up/")))
    response = browse.post(
        link(one, "follow-up/"), {"answer": "no", "words": "x", "once": button(one.case.pk, "follow-up")}
    )
    assert response.status_code == 409
