"""What customers do: they write, again and by machine, and press the buttons of their page."""

from amends.cases.case import Case
from amends.cases.customer_writes import customer_writes
from amends.cases.hear import confirm_understanding, correct_understanding
from amends.cases.message import Message
from amends.cases.new_link import send_new_link
from amends.channels.email.tokens import Kind, marked
from amends.channels.models import RawMail
from amends.recovery.escalate import escalate
from tests.conftest import mail
from tests.rooms.walker.walk import MOST_CASES, OFFICE, Walk


def mails_anew(walk: Walk) -> object:
    return _mail(walk, walk.address()) if Case.objects.count() < MOST_CASES else None


def mails_again(walk: Walk) -> object:
    case, address = walk.case(), walk.address()
    letter = walk.one(Message.objects.filter(case=case))
    to = walk.dice.choice(
        [OFFICE, marked(OFFICE, Kind.CASE, case.pk), "complaints+c1-aaaaaaaaaaaaaaaa@lindqvist.example"]
    )
    return _mail(walk, address, to=to, references=f"<{letter.external_id}>" if letter else "")


def machine_mails(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=True))
    return _mail(walk, walk.address(), references=f"<{letter.external_id}>", Auto_Submitted="auto-replied")


def mail_bounces(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=True))
    raw = mail("Undeliverable", sender="MAILER-DAEMON@mx.example", to=OFFICE, message_id=_id(walk), Return_Path="<>")
    return walk.cast.write(raw, mail_from="", recipients=[marked(OFFICE, Kind.LETTER, letter.pk)])


def a_mail_comes_twice(walk: Walk) -> object:
    raw = walk.one(RawMail.objects.exclude(mail_from="").exclude(message=None))
    return walk.cast.write(bytes(raw.body), mail_from=raw.mail_from, recipients=raw.recipients) if raw else None


def _id(walk: Walk) -> str:
    walk.mails += 1
    return f"<walk-{walk.mails}@post.example>"


def _mail(walk: Walk, sender: str, *, to: str = OFFICE, references: str = "", **headers: str) -> object:
    text = walk.dice.choice(
        ["The lamp arrived broken. You charged me €20 twice.", "Thank you, that is fine.", "It came late again.", ""]
    )
    more = {**headers, **({"References": references} if references else {})}
    raw = mail(text, sender=f"Maria Oduya <{sender}>", to=to, message_id=_id(walk), **more)
    return walk.cast.write(raw, mail_from=sender, recipients=[to])


def customer_types(walk: Walk) -> object:
    return customer_writes(walk.case(), walk.words("It happened again, the lamp is broken."), walk.now)


def customer_confirms(walk: Walk) -> object:
    return confirm_understanding(walk.case(), walk.now)


def customer_corrects(walk: Walk) -> object:
    case = walk.case()
    wordings = {one: walk.words("Ten days late, not nine") for one in walk.issues(case)}
    return correct_understanding(case, wordings, walk.dice.choice(["", "", "The box was wet, too"]), walk.now)


def customer_goes_higher(walk: Walk) -> object:
    return escalate(walk.case(), walk.words("Somebody else, please"), walk.now)


def customer_asks_for_a_link(walk: Walk) -> object:
    return send_new_link(walk.address(), str(walk.case().pk), walk.now)
