"""What stands before the place to write: still writing, what they asked, what nobody knows, one click to ask."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from amends.cases.hear import Heard, hear
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.phrase import keep_phrase
from amends.cases.reply import reply
from tests.conftest import mail
from tests.doors.conftest import page, typed, words
from tests.doors.test_queue import CASE_QUERIES, QUEUE_QUERIES, cost

pytestmark = pytest.mark.django_db
ASKS = "My order arrived nine days late. Why did nobody call? When do I get my money back?"


@pytest.fixture
def just_now(cast):
    """A burst whose newest message came a minute ago."""
    cast.clock.now = datetime.now(UTC) - timedelta(minutes=5)
    case = cast.case(mail(ASKS, message_id="<a@post.example>"))
    for number in range(2):
        cast.clock.forward(minutes=2)
        cast.write(mail(f"And another thing {number}.", message_id=f"<b{number}@post.example>"))
    return case


def points(response):
    node = page(response).css_first(".open-points")
    return " ".join(node.text(separator=" ").split()) if node else ""


def test_the_case_and_the_queue_say_that_they_are_still_writing(just_now, door):
    client = door()
    said = words(client.get(f"/cases/{just_now.pk}/"))
    assert "Maria is still writing: 3 messages in 4 minutes" in said
    assert "You can answer now; another message may still come." in said
    row = page(client.get("/queue/unassigned/")).css_first("a.row").text()
    assert "Maria is still writing: 3 messages in 4 minutes" in row
    assert "Next:" not in row


def test_no_phrase_is_offered_while_they_write_and_a_reply_can_be_sent(just_now, cast, door):
    keep_phrase("Soon", "Soon.", team=cast.tom.team, by=cast.ines, now=cast.clock.now)
    client, address = door(), f"/cases/{just_now.pk}/"
    shown = page(client.get(address))
    assert shown.css_first("#phrase") is None
    seen = shown.css_first("#seen").attributes["value"]
    sent = client.post(f"{address}reply/", {"text": "Dear Maria, I read every word.", "seen": seen})
    assert sent.status_code == 302
    after = client.get(address)
    assert "still writing" not in words(after)
    assert page(after).css_first("#phrase") is not None


def test_the_page_looks_again_by_itself_when_they_have_finished(just_now, door):
    client = door()
    for address, target in ((f"/cases/{just_now.pk}/", "#thread"), ("/queue/unassigned/", "#queue")):
        waits = [
            node
            for node in page(client.get(address)).css("[hx-trigger^='load delay:']")
            if node.attributes["hx-target"] == target
        ]
        (wait,) = waits
        seconds = int(wait.attributes["hx-trigger"].removeprefix("load delay:").removesuffix("s"))
        assert 8 * 60 < seconds <= 9 * 60 + 1
        assert client.get(wait.attributes["hx-get"]).status_code == 200


def test_after_the_window_the_queue_says_what_is_next(cast, door):
    case = cast.case()
    client = door()
    assert "still" not in words(client.get(f"/cases/{case.pk}/")).split("Reply to Maria")[1]
    assert "Next: listen" in words(client.get("/queue/unassigned/"))


def test_questions_and_missing_facts_stand_first(cast, door):
    case = cast.case(mail(ASKS))
    said = points(door().get(f"/cases/{case.pk}/"))
    assert said == (
        "Maria asks “Why did nobody call?” “When do I get my money back?” "
        "Not known yet Ask for the order number Ask for the day it happened"
    )


def test_what_a_later_message_a_picture_or_the_team_gave_is_not_asked_for(cast, door):
    case = cast.case(mail("The lamp is broken. I was charged twice. It came late on Monday."))
    address = f"/cases/{case.pk}/"
    said = points(door().get(address))
    assert all(one in said for one in ("the order number", "the amount", "a photo"))
    cast.clock.forward(minutes=1)
    letter = EmailMessage()
    letter["From"], letter["To"] = "Maria Oduya <maria@post.example>", "complaints@lindqvist.example"
    letter["Message-ID"] = "<photo@post.example>"
    letter.set_content("It was €89 each time, here is how it looks.")
    letter.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="lamp.png")
    cast.write(letter.as_bytes())
    said = points(door().get(address))
    assert "the order number" in said
    assert "the amount" not in said
    assert "a photo" not in said
    issue = case.open_issues().first()
    line = Heard(issue.pk, issue.summary, "product_quality", about="LH-48213")
    hear(case, [line], by=cast.tom, now=cast.clock.forward(minutes=1))
    assert "the order number" not in points(door().get(address))


def test_once_answered_nothing_is_asked(cast, door):
    case = cast.case(mail(ASKS))
    reply(case, "I call you today.", (), by=cast.tom, now=cast.clock.forward(minutes=1))
    assert points(door().get(f"/cases/{case.pk}/")) == ""


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("My order arrived nine days late.", "Could you tell me the order number?"),
        ("Meine Bestellung kam neun Tage zu spät an. Ich bin sehr enttäuscht.", "Können Sie mir die Bestellnummer"),
        ("Ma commande est arrivée neuf jours en retard. Je suis très déçue.", "Pourriez-vous me donner le numéro"),
        ("Mi pedido llegó nueve días tarde. Estoy muy decepcionada.", "¿Podría decirme el número de pedido?"),
    ],
    ids=["en", "de", "fr", "es"],
)
def test_one_click_puts_the_question_into_the_draft_in_their_language(text, question, cast, door):
    case = cast.case(mail(text))
    before = Message.objects.count(), OutboxEntry.objects.count()
    asked = door().post(f"/cases/{case.pk}/clarification/", {"text": "Dear Maria,", "fact": "order_number"})
    draft = typed(asked, "text")
    assert draft.startswith("Dear Maria,\n\n" + question)
    again = door().post(f"/cases/{case.pk}/clarification/", {"text": draft, "fact": "order_number"})
    assert typed(again, "text") == draft
    assert (Message.objects.count(), OutboxEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("fact", "status", "sentence"),
    [
        ("", 422, "Choose one of the facts that are missing."),
        ("shoe_size", 422, "Choose one of the facts that are missing."),
        ("amount", 409, "Maria has told us this already."),
    ],
)
def test_what_cannot_be_asked_is_refused_and_the_draft_stays(fact, status, sentence, cast, door):
    case = cast.case(mail("I was charged €89 twice."))
    refused = door().post(f"/cases/{case.pk}/clarification/", {"text": "Dear Maria,", "fact": fact})
    assert (refused.status_code, typed(refused, "text")) == (status, "Dear Maria,")
    assert sentence in words(refused)


def test_who_only_reads_is_shown_no_way_to_ask(cast, door):
    case = cast.case(mail(ASKS))
    assert page(door("sam").get(f"/cases/{case.pk}/")).css_first(".chip-ask") is None
    assert door("sam").post(f"/cases/{case.pk}/clarification/", {"fact": "date"}).status_code == 403


def test_a_live_page_takes_in_that_they_are_writing(just_now, door):
    fragment = door().get(f"/cases/{just_now.pk}/thread/", headers={"HX-Request": "true"})
    shown = page(fragment).css_first('[hx-swap-oob="innerHTML:#listening"]')
    assert "still writing: 3 messages" in shown.text()


def test_listening_costs_no_more_than_the_budget(just_now, door):
    client = door()
    assert cost(client, f"/cases/{just_now.pk}/") <= CASE_QUERIES
    assert cost(client, "/queue/unassigned/") == QUEUE_QUERIES
