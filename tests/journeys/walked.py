"""What people do with a staged case, step by step, by the domain's own verbs; runs inside a desk's database."""

from datetime import UTC, datetime, timedelta
from functools import cache

from amends.cases.boundary import Rung
from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.conduct import set_boundary
from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.cases.hear import Heard, hear
from amends.cases.limits import limit_contact
from amends.cases.note import add_note
from amends.cases.outbox import OutboxEntry
from amends.cases.reply import Covered, reply
from amends.channels.models import RawMail
from amends.jobs import read_one
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import accept, decline
from amends.recovery.answer import Promised, answer
from amends.recovery.ask_again import ask_again
from amends.recovery.deliver import deliver_option
from amends.recovery.draft import Draft, Proposal
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page
from amends.recovery.holding_letter import Told, letters_that_left, mark_told
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer, Via
from amends.recovery.remedy import Remedy
from amends.team.models import User

LISTENS = 60
NAMES = {
    "new": "Nora",
    "heard": "Henry",
    "offered": "Olive",
    "agreed": "Agnes",
    "delivered": "Della",
    "closed": "Clara",
    "asked": "Asa",
    "again": "Gwen",
    "approval": "Prue",
    "picked": "Piet",
    "answering": "Ansel",
    "declined": "Dee",
    "passed": "Percy",
}


def now() -> datetime:
    return datetime.now(UTC)


@cache
def person(username: str) -> User:
    return User.objects.get(username=username)


def arrive(state: str) -> Case:
    from tests.conftest import TEXT

    text = TEXT.replace("Maria", NAMES[state])
    at = now() - timedelta(minutes=LISTENS + 5)
    return mailed(text, f"{NAMES[state]} Oduya <{state}@post.example>", f"{state}@post.example", at)


def burst() -> Case:
    """Three mails within four minutes, the newest of this moment."""
    made = [
        "My lamp came broken, and nobody answers the telephone. Why is that?\n",
        "And it is the third one that comes broken!\n",
        "When do I get one that works? I was charged twice as well.\n",
    ]
    for number, text in enumerate(made):
        at = now() - timedelta(minutes=4 - 2 * number)
        case = mailed(text, "Wren Oduya <writing@post.example>", f"writing{number}@post.example", at, subject="Lamp")
    return case


def mailed(text: str, sender: str, name: str, at: datetime, **headers: str) -> Case:
    """The case of a mail that came in at a time."""
    from tests.conftest import mail

    raw = mail(text, sender=sender, message_id=f"<{name}>", **headers)
    row = RawMail.objects.create(received_at=at, mail_from=None, recipients=[], size=len(raw), body=raw, tries=1)
    return read_one(row, at).message.case


def say(case: Case, text: str, *steps: Step) -> None:
    covers = tuple(Covered(issue.pk, step) for issue in case.open_issues() for step in steps)
    reply(case, text, covers, by=person("tom"), now=now())


def heard(case: Case) -> None:
    lines = [Heard(one.pk, one.summary, one.category or "delivery") for one in case.open_issues()]
    hear(case, lines, by=person("tom"), now=now())
    add_note(case, "The courier has scanned it twice.", by=person("tom"), now=now())


def too_much(case: Case) -> None:
    """A decision about conduct, and limits to contact, both waiting for a second person."""
    tom, evidence = person("tom"), "Two recordings of calls, both heard whole."
    decide(case.open_issues().first(), Fault.CONDUCT, Outcome.NOT_UPHELD, evidence, by=tom, now=now())
    set_boundary(case, Rung.FIRST, "On the phone at ten: called Tom an idiot.", by=tom, now=now())
    reasons, asked, ways = "Forty calls in three days.", "Asked; none named.", "One letter a week."
    limit_contact(case, reasons, asked, ways, by=person("ada"), now=now())


def treated(case: Case) -> None:
    say(case, "We are sorry that it came nine days late.", Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)


def drafted(case: Case, cents: int) -> Draft:
    due = now().date() + timedelta(days=5)
    remedies = Remedy.objects.filter(retired_at=None, asks_amount=True)[:2]
    options = [Proposal(one, one.name, "Within five days", cents, due) for one in remedies]
    issues = frozenset(case.open_issues().values_list("pk", flat=True))
    return Draft(
        issues=issues,
        opening="",
        can="We can give you one of these.",
        cannot="We cannot bring the birthday back.",
        because="It has passed, and we are sorry.",
        options=options,
    )


def offered(case: Case) -> None:
    treated(case)
    make_offer(case, drafted(case, 3000), by=person("tom"), now=now())


def agreed(case: Case) -> None:
    accept(case.offers.last().options.first(), via=Via.PAGE, now=now())


def delivered(case: Case) -> None:
    option = Offer.objects.filter(case=case).last().acceptance.option
    deliver_option(option, "Booking 4711", by=person("tom"), now=now())


def prevented(case: Case) -> None:
    cause = Cause.objects.exclude(changes=None).first()
    for issue in case.open_issues():
        attribute(issue, cause, by=person("tom"), now=now())
    say(case, "From now on the parcels are scanned at the handover.", Step.ACKNOWLEDGE, Step.PREVENT)


def closed(case: Case) -> None:
    prevented(case)
    close(case, by=person("tom"), now=now())


def asked(case: Case) -> None:
    OutboxEntry.objects.waiting().filter(message__case=case).update(sent_at=now())
    FollowUp.objects.filter(case=case).update(due_at=now())
    assert ask_again(FollowUp.objects.get(case=case).pk, now())
    OutboxEntry.objects.waiting().filter(message__case=case).update(sent_at=now())


def again(case: Case) -> None:
    one = FollowUp.objects.get(case=case)
    first = case.open_issues().first()
    answer_on_page(one, Answer.LEFT, "The lamp flickers again.", now(), issues=frozenset([first.pk]))


def told_more_time(case: Case) -> None:
    """A letter that left is written down as one that told it takes longer."""
    case = Case.objects.get(pk=case.pk)
    mark_told(letters_that_left(case)[0], Told.EXTENSION, by=person("tom"), now=now())


def promised(case: Case) -> None:
    """A promise in a letter, so near that the page says so."""
    one = Promised("A call about the second charge", now() + timedelta(hours=2), person("tom"))
    answer(case, "Thank you, I have it.", promises=[one], by=person("tom"), now=now())


def answered(case: Case) -> None:
    """A mail in which the customer seems to choose, while the offer is open."""
    option = case.offers.last().options.first()
    mailed(
        f"Thank you. I take “{option.title}”, yes please.\n",
        f"{case.customer.called} <{case.address}>",
        "yes@post.example",
        now(),
        In_Reply_To=f"<{case.messages.filter(outgoing=True).last().external_id}>",
    )


def declined(case: Case) -> None:
    """Two offers that were declined, and a contact that was ended."""
    decline(case.offers.last(), "A voucher does not help.", via=Via.PAGE, now=now())
    make_offer(case, drafted(case, 4000), by=person("tom"), now=now())
    decline(case.offers.last(), "That is the same again.", via=Via.PAGE, now=now())
    words, letter = "On the phone at eleven: shouted names.", "I write to you on Monday about the second charge."
    for rung in (Rung.FIRST, Rung.SECOND, Rung.ENDED):
        set_boundary(case, rung, words, letter=letter, by=person("tom"), now=now())


def passed(case: Case) -> None:
    """Closed by a lead although something was still owed."""
    reason = "He lives abroad from today and asked us in writing to stop."
    close(case, by=person("ines"), now=now(), exception=reason)
