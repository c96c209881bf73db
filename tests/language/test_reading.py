"""What is read in a message, and what is not read into it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.language.facts import Fact
from amends.language.issues import FoundIssue
from amends.language.reading import read
from amends.language.words import sentences

MAIL = """Hello,

I ordered the Milano lamp on 3 March (order no. AB-20391). It arrived with a
cracked shade and the delivery was two weeks late. I called your support three times and
nobody answered. On top of that I was charged twice, £89.00 each!

I am really disappointed. Please refund me. When will you call?

Kind regards,
Anna Smith

On Tue, Mar 3, 2026 at 10:14 AM Support <help@shop.example> wrote:
> We are furious, your driver was rude and we will sue.
"""


def categories(text: str) -> list[str]:
    return [issue.category for issue in read(text).issues]


def test_a_mail_with_four_issues() -> None:
    reading = read(MAIL)
    assert reading.language == "en"
    assert reading.complaint.is_ is True
    assert [(issue.category, issue.summary) for issue in reading.issues] == [
        ("delivery", "It arrived with a cracked shade"),
        ("delivery", "Delivery was two weeks late"),
        ("service_received", "Called the support three times and nobody answered"),
        ("price_billing", "Charged twice, £89.00 each"),
    ]
    assert reading.issues[0].words == "It arrived with a\ncracked shade"
    assert reading.feeling.kind == "disappointment"
    assert reading.feeling.strength >= 1
    assert reading.feeling.words == ("disappointed",)
    assert (reading.severity, reading.asks, reading.threats) == (3, ("refund",), ())
    assert reading.questions == ("When will you call?",)
    assert [(fact.kind, fact.words) for fact in reading.facts] == [
        ("date", "3 March"),
        ("order_number", "AB-20391"),
        ("amount", "£89.00"),
    ]


def test_places_refer_to_the_whole_text() -> None:
    text = "> your app crashed\n\n" + MAIL
    reading = read(text)
    assert len(reading.issues) == 4
    places: list[FoundIssue | Fact] = [*reading.issues, *reading.facts]
    assert all(text[found.start : found.end] == found.words for found in places)


@pytest.mark.parametrize(
    "text",
    [
        "Hi, could you tell me how long delivery takes to Spain? Thanks",
        "What happens if it arrives broken?",
        "Thank you so much, the driver was very friendly and helpful!",
        "No problems at all with the delivery, all sorted now.",
        "Please change the address on my order to 12 High Street.",
        "Können Sie mir bitte sagen, wann der Laden am Samstag öffnet?",
        "Bonjour, pouvez-vous me dire quand vous êtes ouverts ? Merci.",
        "Hola, me gustaría saber qué horario tiene la tienda. Gracias por la ayuda.",
    ],
)
def test_not_every_message_is_a_complaint(text: str) -> None:
    reading = read(text)
    assert reading.complaint.is_ is False
    assert reading.issues == ()
    assert reading.severity == 1


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "Die Lampe ist kaputt angekommen und bei der Hotline hat sich niemand gemeldet.",
            "de",
            ["product_quality", "service_received"],
        ),
        (
            "Je n'ai toujours pas reçu mon colis et vous avez débité deux fois ma carte.",
            "fr",
            ["delivery", "price_billing"],
        ),
        (
            "Me han cobrado dos veces el pedido y nadie contesta al teléfono.",
            "es",
            ["price_billing", "service_received"],
        ),
        (
            "Your driver was rude to my wife. The sofa leg is broken.",
            "en",
            ["service_received", "product_quality"],
        ),
        ("I cannot log in since Monday and it says my account is locked.", "en", ["access"]),
        ("You sent another customer's invoice to me and leaked my address.", "en", ["privacy"]),
        ("It was not as described and I was promised a sea view.", "en", ["expectation_promise"]),
        ("I was given wrong information by your shop.", "en", ["information"]),
    ],
)
def test_issues_and_categories(text: str, language: str, found: list[str]) -> None:
    assert read(text).language == language
    assert categories(text) == found


def test_two_sentences_on_one_thing_are_one_issue() -> None:
    assert categories("The lamp is broken. The shade is cracked in two places.") == ["product_quality"]
    assert categories("The lamp is broken. Also, the shade is cracked.") == [
        "product_quality",
        "product_quality",
    ]


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("I am angry with the shop.", "I am not angry with the shop."),
        ("I will call my lawyer about the broken lamp.", "I will not call my lawyer about the broken lamp."),
    ],
)
def test_what_is_denied_is_not_read(said: str, denied: str) -> None:
    assert read(said).feeling.kind != "none" or read(said).threats == ("legal",)
    assert (read(denied).feeling.kind, read(denied).threats) == ("none", ())


def test_other_peoples_words_are_not_theirs() -> None:
    reading = read('The lamp is broken. Your agent wrote "I am furious and I will sue you for this".')
    calm = read('The lamp is broken. Your agent wrote "I am delighted and I will visit you for this".')
    assert (reading.feeling, reading.threats, reading.asks) == (calm.feeling, calm.threats, calm.asks)
    assert (reading.feeling.words, reading.threats) == ((), ())


def test_harm_is_the_highest_level() -> None:
    reading = read("The charger caught fire and burned my hand. I will contact trading standards.")
    assert (reading.safety, reading.severity, reading.threats) == (True, 4, ("regulator",))
    assert "safety: harm or danger" in reading.severity_signals


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The lamp is broken.", 1),
        ("The lamp is broken and cost £40.", 2),
        ("The lamp is broken for the third time.", 3),
        ("The laptop for £1,250.00 is broken.", 3),
        ("The stairlift of my disabled father is broken.", 4),
    ],
)
def test_severity_ladder(text: str, level: int) -> None:
    assert read(text).severity == level


def test_other_languages_are_not_guessed() -> None:
    reading = read("Il mio ordine non è ancora arrivato, sono molto arrabbiato con il vostro negozio.")
    assert (reading.language, reading.complaint.is_, reading.issues) == ("it", None, ())


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=300), st.text(alphabet="ab.!?\n\"'>,; brokenİßŉ’1£#-", max_size=200)))
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    found: list[FoundIssue | Fact] = [*reading.issues, *reading.facts]
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(len(issue.summary) <= 80 for issue in reading.issues)
    assert all(word in text for word in reading.feeling.words)


@pytest.mark.parametrize(
    "piece", [". ", "broken ", '"a', "1,", "not ", "£1.", "and I ", "a'", "order no ", "\n \n", "!"]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = "The lamp is broken " + piece * (20_000 // len(piece))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I call you tomorrow at 10. You get the refund by Friday.", "I call you tomorrow at 10."),
        ("Ich rufe um 10. Dann sehen wir weiter.", "Ich rufe um 10."),
        ("Wir melden uns am 10. Mai bei Ihnen. Danke.", "Wir melden uns am 10. Mai bei Ihnen."),
    ],
)
def test_an_hour_ends_a_sentence_and_a_day_of_a_month_does_not(text: str, first: str) -> None:
    start, end = sentences(text)[0]
    assert text[start:end] == first
