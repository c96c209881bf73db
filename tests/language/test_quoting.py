"""The new words of an e-mail are found, the person's own lines are kept, and nothing is lost."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.language.quoting import new_words

OUTLOOK_DE = """Das Paket ist immer noch nicht da.

Von: Kundendienst <hilfe@laden.example>
Gesendet: Dienstag, 3. März 2026 10:14
An: Anna Schmidt
Betreff: AW: Bestellung

Wir kümmern uns darum.
"""
ATTRIBUTIONS = [
    "On Tue, Mar 3, 2026 at 10:14 AM Support <help@shop.example> wrote:",
    "On Tue, Mar 3, 2026 at 10:14 AM Support Team of the Shop\n<help@shop.example> wrote:",
    "Am 03.03.26 um 10:14 schrieb Kundendienst:",
    "Le mar. 3 mars 2026 à 10:14, Service <aide@boutique.example> a écrit :",
    "El mar, 3 mar 2026 a las 10:14, Ayuda (<ayuda@tienda.example>) escribió:",
    "Il giorno mar 3 mar 2026 alle ore 10:14 Aiuto <aiuto@n.example> ha scritto:",
    "Op di 3 mrt 2026 om 10:14 schreef Hulp <hulp@winkel.example>:",
    "Den tis 3 mars 2026 kl 10:14 skrev Hjälp <hjalp@butik.example>:",
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "---------- Forwarded message ---------",
    "From: Support\nSent: Tuesday, 3 March 2026 10:14\nTo: Anna\nSubject: Order",
    "________________________________\nDe : Service\nEnvoyé : mardi 3 mars 2026\nÀ : Anna\nObjet : Commande",
]


@pytest.mark.parametrize("header", ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_stands_below_the_header_is_history(header: str, mark: str) -> None:
    parted = new_words(f"It is still broken.\n\n{header}\n{mark}We will see.\n")
    assert parted.new == "It is still broken."
    assert "We will see." in parted.quoted


def test_outlook_block_in_german() -> None:
    parted = new_words(OUTLOOK_DE)
    assert parted.new == "Das Paket ist immer noch nicht da."
    assert OUTLOOK_DE[parted.start : parted.end] == parted.new


def test_own_lines_between_quotations_are_all_kept() -> None:
    text = "On Monday Support wrote:\n> When did it break?\nOn 3 March.\n> Did you drop it?\nNo.\n"
    parted = new_words(text)
    assert parted.new == "On 3 March.\nNo."
    assert parted.quoted == "On Monday Support wrote:\n> When did it break?\n> Did you drop it?"


def test_an_answer_below_the_quotation_is_kept() -> None:
    assert new_words("> We have refunded you.\n\nNo, you have not.").new == "No, you have not."


@pytest.mark.parametrize(
    ("own", "signature"),
    [
        ("It leaks.", "-- \nAnna Smith\nFlat 3"),
        ("It leaks.", "Sent from my iPhone"),
        ("Es tropft.", "Von meinem iPhone gesendet"),
        ("It leaks.", "Kind regards,\nAnna Smith\n+44 1234 567890"),
        ("Es tropft.", "Mit freundlichen Grüßen\nAnna Schmidt"),
        ("Ça fuit.", "Cordialement,\nAnne"),
        ("Thanks for nothing, it leaks.", "Thanks,\nAnna\n\nGet Outlook for iOS"),
    ],
)
def test_signatures_are_apart(own: str, signature: str) -> None:
    parted = new_words(f"{own}\n\n{signature}\n")
    assert (parted.new, parted.signature) == (own, signature)


@pytest.mark.parametrize(
    "kept",
    [
        "On Monday your agent wrote:\nwe will call. Nobody did.",
        "Thanks,\nbut I still do not have the parcel and I have been waiting for three weeks now.",
        "Best\nwishes do not repair a lamp, I am afraid, and neither does your leaflet.",
        "From: the very start this was a mess.",
        "I was told the following:\nno refund.",
        "--\n" + "a long story goes on here\n" * 20 + "the end",
    ],
)
def test_when_unsure_words_are_kept(kept: str) -> None:
    assert new_words(kept).new == kept


def test_a_postscript_after_the_name_is_kept() -> None:
    parted = new_words("It leaks.\n\nRegards,\nAnna\n\nPS: the floor is wet too.")
    assert parted.new == "It leaks.\n\nPS: the floor is wet too."


def test_a_complaint_that_is_only_forwarded_is_read() -> None:
    text = "---------- Forwarded message ---------\nFrom: Anna\nTo: You\nSubject: Lamp\n\nIt broke."
    assert new_words(text).new == text


LINES = st.sampled_from(
    [
        "> q",
        ">> q",
        "own words here",
        "",
        "-- ",
        "--",
        "Regards,",
        "Anna",
        "On 3 March at 10:14 A wrote:",
        "From: a",
        "To: b",
        "Subject: c",
        "-----Original Message-----",
        "Sent from my phone",
        "PS: more",
        "\t",
        "\r",
        "  >x",
    ]
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=300), st.lists(LINES, max_size=25).map("\n".join)))
def test_nothing_is_ever_lost(text: str) -> None:
    parted = new_words(text)
    assert "".join(text[piece.start : piece.end] for piece in parted.pieces) == text
    assert parted.new == "" or text[parted.start : parted.end].startswith(parted.new.split("\n", 1)[0])


@pytest.mark.parametrize(
    "bomb",
    [
        "-" * 100_000,
        "> " * 50_000,
        "--\n" * 33_000,
        "a:\n" * 33_000,
        "From: \n" * 14_000,
        "Regards,\n" * 11_000,
        "a@" * 50_000,
        "On 10:14 wrote\n" * 6_600,
    ],
)
def test_hostile_text_takes_no_time(bomb: str) -> None:
    bomb = bomb[:30_000]
    started = time.process_time()
    new_words(bomb)
    assert time.process_time() - started < 0.6
