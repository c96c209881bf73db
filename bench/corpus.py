"""Complaint mails made for measuring: plain, alternative, HTML only, with attachments, replies with quotes."""

import random
from email.message import EmailMessage

THINGS = ["desk", "lamp", "order", "sofa", "invoice", "kettle", "chair", "booking", "parcel", "rug"]
TROUBLES = [
    "The {thing} arrived nine days late, and nobody told us why.",
    "You have charged me €{sum} twice for the {thing}.",
    "The {thing} was broken when I opened the box.",
    "I was promised a call back about the {thing} and nobody rang.",
    "Your colleague in the shop was rude when I asked about the {thing}.",
    "I got the wrong {thing} and the return was refused.",
]
MORE = [
    "I have been a customer for {sum} months.",
    "I took a day off for this.",
    "Please tell me what you are going to do about it.",
    "My order number is LH-{sum}.",
]
GERMAN = ["Die Lampe kam kaputt an.", "Ich warte seit drei Wochen auf eine Antwort.", "Das ist sehr ärgerlich."]


def corpus(count: int, seed: int = 1) -> list[tuple[str, bytes]]:
    """`count` (sender, raw mail) pairs: 35 % plain, 20 % alternative, 15 % HTML, 15 % attachments, 15 % replies."""
    chance = random.Random(seed)
    kinds = ["plain"] * 35 + ["alternative"] * 20 + ["html"] * 15 + ["attachment"] * 15 + ["reply"] * 15
    return [_mail(chance, number, seed, chance.choice(kinds)) for number in range(count)]


def _text(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return "Guten Tag,\n\n" + " ".join(chance.choices(GERMAN, k=chance.randint(2, 6))) + "\n"
    lines = chance.sample(TROUBLES, chance.randint(1, 4)) + chance.choices(MORE, k=chance.randint(1, 8))
    words = " ".join(line.format(thing=chance.choice(THINGS), sum=chance.randint(10, 999)) for line in lines)
    return f"Hello,\n\n{words}\n\nKind regards\n"


def _mail(chance: random.Random, number: int, seed: int, kind: str) -> tuple[str, bytes]:
    sender = f"person{seed}x{number}@post.example"
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Person {number} <{sender}>", "complaints@lindqvist.example"
    mail["Subject"], mail["Message-ID"] = f"Trouble with my order {number}", f"<bench-{seed}-{number}@post.example>"
    text = _text(chance)
    if kind == "reply":
        text += "\nOn Monday, Lindqvist Home wrote:\n" + "".join(f"> {line}\n" for line in _text(chance).splitlines())
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n\n")) + "</body></html>"
    if kind == "html":
        mail.set_content(html, subtype="html")
    else:
        mail.set_content(text)
    if kind == "alternative":
        mail.add_alternative(html, subtype="html")
    if kind == "attachment":
        mail.add_attachment(chance.randbytes(chance.choice([20_000, 60_000])), "image", "jpeg", filename="photo.jpg")
    return sender, mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
