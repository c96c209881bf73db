"""Cases in every state of the recovery path, made by the domain's own verbs inside a running desk's database.

Run by `amends manage shell`: prints one JSON object with the case and the customer's link of each state.
"""

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from amends.cases.boundary import Boundary, Rung
from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.conduct import set_boundary
from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.cases.hear import Heard, hear
from amends.cases.limits import limit_contact
from amends.cases.links import page_token
from amends.cases.note import add_note
from amends.cases.outbox import OutboxEntry
from amends.cases.reply import Covered, reply
from amends.channels.models import RawMail
from amends.jobs import read_one
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import accept
from amends.recovery.approve import ask_approval
from amends.recovery.ask_again import ask_again
from amends.recovery.deliver import deliver_option
from amends.recovery.draft import Draft, Proposal
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer, Via
from amends.recovery.remedy import Remedy
from amends.recovery.sample import SpotCheck
from amends.team.models import User

STATES = ["new", "heard", "offered", "agreed", "delivered", "closed", "asked", "again"]


def now() -> datetime:
    return datetime.now(UTC)


def arrive(state: str) -> Case:
    from tests.conftest import mail

    raw = mail(
        sender=f"{state.title()} Oduya <{state}@post.example>",
        message_id=f"<{state}@post.example>",
        subject=f"Late, and billed twice: {state}",
    )
    row = RawMail.objects.create(
        received_at=now(), mail_from=f"{state}@post.example", recipients=[], size=len(raw), body=raw, tries=1
    )
    return read_one(row, now()).message.case


def say(case: Case, text: str, *steps: Step) -> None:
    covers = tuple(Covered(issue.pk, step) for issue in case.open_issues() for step in steps)
    reply(case, text, covers, by=tom, now=now())


def heard(case: Case) -> None:
    lines = [Heard(one.pk, one.summary, one.category or "delivery") for one in case.open_issues()]
    hear(case, lines, by=tom, now=now())
    add_note(case, "The courier has scanned it twice.", by=tom, now=now())


def too_much(case: Case) -> None:
    """A decision about conduct and limits to contact, both waiting for a second person."""
    evidence = "Two recordings of calls, both heard whole."
    decide(case.open_issues().first(), Fault.CONDUCT, Outcome.NOT_UPHELD, evidence, by=tom, now=now())
    set_boundary(case, Rung.FIRST, "On the phone at ten: called Tom an idiot.", by=tom, now=now())
    limit_contact(case, "Forty calls in three days.", "Asked; none named.", "One letter a week.", by=ada, now=now())


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
    make_offer(case, drafted(case, 3000), by=tom, now=now())
    if "offered" in case.subject:
        too_much(case)


def agreed(case: Case) -> None:
    accept(case.offers.last().options.first(), via=Via.PAGE, now=now())


def delivered(case: Case) -> None:
    deliver_option(Offer.objects.filter(case=case).last().acceptance.option, "Booking 4711", by=tom, now=now())


def closed(case: Case) -> None:
    cause = Cause.objects.exclude(changes=None).first()
    for issue in case.open_issues():
        attribute(issue, cause, by=tom, now=now())
    say(case, "From now on the parcels are scanned at the handover.", Step.ACKNOWLEDGE, Step.PREVENT)
    close(case, by=tom, now=now())


def asked(case: Case) -> None:
    OutboxEntry.objects.waiting().filter(message__case=case).update(sent_at=now())
    FollowUp.objects.filter(case=case).update(due_at=now())
    assert ask_again(FollowUp.objects.get(case=case).pk, now())
    OutboxEntry.objects.waiting().filter(message__case=case).update(sent_at=now())


def again(case: Case) -> None:
    one = FollowUp.objects.get(case=case)
    first = case.open_issues().first()
    answer_on_page(one, Answer.LEFT, "The lamp flickers again.", now(), issues=frozenset([first.pk]))


tom, ada = (User.objects.get(username=name) for name in ("tom", "ada"))
verbs = [heard, offered, agreed, delivered, closed, asked, again]
made = {}
for number, state in enumerate(STATES):
    case = arrive(state)
    for verb in verbs[:number]:
        verb(Case.objects.get(pk=case.pk))
    offer = Offer.objects.filter(case=case).last()
    made[state] = {
        "case": case.pk,
        "issue": case.issues.first().pk,
        "token": page_token(case.pk),
        "offer": offer.pk if offer else 0,
    }
approval, picked = arrive("approval"), arrive("picked")
for case in (approval, picked):
    heard(case)
treated(approval)
request = ask_approval(approval, drafted(approval, 25000), reason="Nine days, and a birthday.", by=tom, now=now())
for verb in (offered, agreed, delivered):
    verb(Case.objects.get(pk=picked.pk))
check = SpotCheck.objects.create(fulfilment=picked.fulfilments.get(), picked_at=now())
made |= {
    state: {"case": case.pk, "token": page_token(case.pk)}
    for state, case in [("approval", approval), ("picked", picked)]
}
aside = RawMail.objects.create(received_at=now(), recipients=[], size=4, body=b"junk", tries=1)
aside.set_aside("This is no mail.", now())
with patch("django.core.signing.time.time", return_value=0):
    lapsed = page_token(1)
made["ids"] = {
    "boundary": Boundary.objects.latest("pk").pk,
    "held": Cause.objects.exclude(changes=None).first().pk,
    "cause": Cause.objects.first().pk,
    "unreadable": aside.pk,
    "lapsed": lapsed,
}
made["ids"] |= {"asked": request.pk, "picked": check.pk, "own-team": tom.team_id}
print(json.dumps(made))  # noqa: T201 - read by the journey
