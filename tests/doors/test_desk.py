"""Listening and writing at the desk: every refusal says why and gives back what was typed."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.message import Answered, Coverage, Message
from amends.cases.note import Note
from amends.cases.outbox import OutboxEntry
from amends.method.steps import Step
from tests.conftest import mail
from tests.doors.conftest import everything, let_letters_leave, page, typed, words

pytestmark = pytest.mark.django_db

LETTER = (
    "Dear Maria,\n\nI am sorry that your order arrived nine days late, after the birthday it was meant for, "
    "and that we charged you €89 twice. That was our mistake.\n\nTom Becker\n"
)


@pytest.fixture
def one(recovery):
    return recovery()


def seen(one):
    return one.case.messages.filter(outgoing=False).last().pk


def issue_form(one, **changes):
    made = {"issue": [issue.pk for issue in one.issues]}
    for issue in one.issues:
        made |= {f"summary-{issue.pk}": issue.summary, f"category-{issue.pk}": issue.category or "delivery"}
    return made | {key.replace("_", "-"): value for key, value in changes.items()}


def test_the_case_page_shows_their_words_and_the_path(one, door):
    said = words(door().get(f"/cases/{one.case.pk}/"))
    assert "My order arrived nine days late" in said
    assert "next: Listen" in said
    assert "Confirm what went wrong first" in said


def test_a_live_page_gets_the_conversation_alone_and_others_the_whole_page(one, door):
    address = f"/cases/{one.case.pk}/thread/"
    part = door().get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "nine days late" in part
    assert "<html" in door().get(address).content.decode()


def test_confirming_correcting_adding_and_taking_off(one, door):
    first, second = one.issues
    form = issue_form(
        one,
        **{
            f"summary-{first.pk}": "Came nine days late",
            f"off-{second.pk}": "on",
            f"reason-{second.pk}": "It was a reservation that fell away",
            "summary-new-0": "Nobody answered",
            "category-new-0": "information",
            "words-new-0": "after the birthday",
        },
    )
    response = door().post(f"/cases/{one.case.pk}/issues/", form)
    assert response["Location"] == f"/cases/{one.case.pk}/"
    assert [issue.summary for issue in one.issues] == ["Came nine days late", "Nobody answered"]
    assert one.issues[1].end > one.issues[1].start
    assert all(issue.hearing.by.username == "tom" for issue in one.issues)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"summary": "  "}, "Say in a few words what went wrong."),
        ({"category": "nonsense"}, "Choose what"),
        ({"off": "on", "reason": ""}, "is not an issue"),
    ],
)
def test_an_unfinished_issue_is_refused_and_kept(change, sentence, one, door):
    first = one.issues[0]
    form = issue_form(one, **{"summary-new-1": "A typed new line"})
    form |= {f"{key}-{first.pk}": value for key, value in change.items()}
    before, client = everything(), door()
    response = client.post(f"/cases/{one.case.pk}/issues/", form)
    assert response.status_code == 422
    assert sentence in words(response)
    assert "A typed new line" in response.content.decode()
    assert one.case.events.count() == before_count(before)
    assert not hasattr(one.issues[0], "hearing")


def before_count(before):
    return int(before["amends.Event"].split()[0])


def test_a_reply_covers_what_the_check_finds_and_what_its_writer_states(one, door):
    one.hear()
    first, second = one.issues
    form = {"text": LETTER, "seen": seen(one), "covers": [f"{first.pk}:remedy", f"{second.pk}:apologise", "9:nonsense"]}
    response = door().post(f"/cases/{one.case.pk}/reply/", form)
    assert response["Location"] == f"/cases/{one.case.pk}/"
    found = {(row.issue_id, row.step): row for row in Coverage.objects.all()}
    for issue in (first, second):
        for step in (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE):
            row = found[issue.pk, step]
            assert row.found
            assert row.words
            assert row.words in LETTER
    stated = found[first.pk, Step.REMEDY]
    assert (stated.found, stated.words) == (False, "")
    letter = Message.objects.filter(author__username="tom").get()
    assert letter.outbox.envelope["recipient"]["address"] == "maria@post.example"


def test_a_reply_is_held_back_when_the_customer_wrote_meanwhile(cast, one, door):
    one.hear()
    before = seen(one)
    cast.clock.forward(minutes=5)
    cast.write(mail("One thing more.", message_id="<two@post.example>", References="<one@post.example>"))
    assert one.case.messages.filter(outgoing=False).count() == 2
    response = door().post(f"/cases/{one.case.pk}/reply/", {"text": LETTER, "seen": before})
    assert response.status_code == 409
    assert "A new message arrived while you were writing" in words(response)
    assert typed(response, "text") == LETTER
    assert int(typed(response, "seen")) == seen(one)
    assert not Message.objects.filter(author__username="tom").exists()


@pytest.mark.parametrize(("kind", "sentence"), [("reply", "Write the reply first."), ("note", "Write the note first.")])
def test_an_empty_text_is_refused_with_a_sentence(kind, sentence, one, door):
    response = door().post(f"/cases/{one.case.pk}/{kind}/", {"text": "  \n "})
    assert response.status_code == 422
    assert page(response).css_first(f"#{kind}-error").text().strip() == sentence
    assert one.case.messages.filter(outgoing=True, automatic="").count() == Note.objects.count() == 0


def test_a_reply_before_listening_is_kept_with_the_way_on(one, door):
    response = door().post(f"/cases/{one.case.pk}/reply/", {"text": LETTER, "covers": []})
    assert response.status_code == 302
    assert Coverage.objects.count() == 0


def test_a_note_stays_with_the_team(one, door, cast):
    client = door()
    assert client.post(f"/cases/{one.case.pk}/note/", {"text": "She sounded tired"}).status_code == 302
    note = Note.objects.get()
    assert (note.text, note.author) == ("She sounded tired", cast.tom)
    assert "She sounded tired" in words(client.get(f"/cases/{one.case.pk}/"))
    assert not any("tired" in str(row) for row in OutboxEntry.objects.values_list("envelope", flat=True))


def test_undo_gives_the_words_back(one, door):
    client = door()
    client.post(f"/cases/{one.case.pk}/reply/", {"text": LETTER})
    letter = Message.objects.get(author__username="tom")
    said = client.get(f"/cases/{one.case.pk}/")
    assert page(said).css_first(f'form[action="/cases/{one.case.pk}/reply/{letter.pk}/undo/"]') is not None
    response = client.post(f"/cases/{one.case.pk}/reply/{letter.pk}/undo/")
    assert typed(response, "text").strip() == LETTER.strip()
    letter.outbox.refresh_from_db()
    assert letter.outbox.cancelled_at is not None
    assert "Taken back" in words(client.get(f"/cases/{one.case.pk}/"))


def test_undo_after_the_window_says_so(one, door):
    client = door()
    client.post(f"/cases/{one.case.pk}/reply/", {"text": LETTER})
    letter = Message.objects.get(author__username="tom")
    OutboxEntry.objects.filter(message=letter).update(not_before=datetime.now(UTC) - timedelta(seconds=1))
    response = client.post(f"/cases/{one.case.pk}/reply/{letter.pk}/undo/")
    assert response.status_code == 409
    assert "on its way already" in words(response)
    let_letters_leave()
    assert client.post(f"/cases/{one.case.pk}/reply/{letter.pk}/undo/").status_code == 409


def test_the_live_check_stores_nothing(one, door):
    one.hear()
    client = door()
    before = everything()
    response = client.post(f"/cases/{one.case.pk}/reply/check/", {"text": LETTER})
    assert "Apology" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert everything() == before


def test_marking_a_message_answered_once(one, door):
    client, message = door(), seen(one)
    address = f"/cases/{one.case.pk}/messages/{message}/answered/"
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    assert Answered.objects.get().message_id == message
    letter = one.case.messages.filter(outgoing=True).first()
    assert client.post(f"/cases/{one.case.pk}/messages/{letter.pk}/answered/").status_code == 404


def test_quality_reads_but_does_not_write(one, door):
    response = door("sam").get(f"/cases/{one.case.pk}/")
    assert page(response).css_first("textarea") is None
    assert "Writing is for the team" in words(response)


def test_ones_own_keys(cast, door):
    client = door()
    client.post("/me/", {})
    cast.tom.refresh_from_db()
    assert cast.tom.letter_keys is False
    assert page(client.get("/me/")).css_first("html").attributes["data-letter-keys"] == "off"
    client.post("/me/", {"letter_keys": "on", "role": "admin", "team": "2", "is_active": ""})
    cast.tom.refresh_from_db()
    assert (cast.tom.letter_keys, cast.tom.role, cast.tom.is_active) == (True, "agent", True)


def test_a_reply_taken_back_returns_as_it_was_written_and_nobody_is_shown_the_customers_link(one, door):
    one.hear()
    client, case = door(), f"/cases/{one.case.pk}/"
    covers = [f"{issue.pk}:{step}" for issue in one.issues for step in ("apologise", "reflect")]
    client.post(f"{case}reply/", {"text": LETTER, "covers": covers, "seen": seen(one)})
    letter = Message.objects.get(author__username="tom")
    assert "/c/" in letter.text
    shown = client.get(case).content.decode()
    assert "Is that what happened?" in shown
    assert "(a link to their page)" in shown
    assert "/c/" not in shown
    back = client.post(f"{case}reply/{letter.pk}/undo/")
    assert typed(back, "text") == LETTER.strip()
