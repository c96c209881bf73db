"""What is offered, asked for, promised, agreed, delivered and refused."""

from datetime import timedelta

from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.cases.issue import Issue
from amends.recovery.agree import accept, decline
from amends.recovery.approval import ApprovalRequest
from amends.recovery.approve import ask_approval, decide_approval, send_approved
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.draft import Draft, Proposal
from amends.recovery.keep import keep_promise, release, renegotiate
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer, Option, Via
from amends.recovery.promise import Promise
from amends.recovery.remedy import Remedy
from amends.recovery.withdraw import withdraw
from tests.rooms.walker.time import _offer_two
from tests.rooms.walker.walk import Walk


def offers(walk: Walk) -> object:
    case, remedies = walk.case(), list(Remedy.objects.all())
    draft = Draft(
        issues=frozenset(walk.issues(case)),
        opening="",
        can=walk.words("We can do one of these."),
        cannot=walk.dice.choice(["", "", "More"]),
        because=walk.words(),
        options=[_proposal(walk, walk.dice.choice(remedies)) for _ in range(walk.dice.choice([0, 1, 2, 2, 2, 3]))],
    )
    return make_offer(case, draft, by=walk.somebody(), now=walk.now, exception=walk.exception())


def _proposal(walk: Walk, remedy: Remedy) -> Proposal:
    cents = walk.dice.choice([0, 900, 900, 3000, 9900, 10_000, 10_001, 45_000, 60_000, 10**9])
    return Proposal(remedy, walk.words(remedy.name), "", cents, walk.day().date())


def offers_at_once(walk: Walk) -> object:
    """A good offer, whatever the person is still owed."""
    return _offer_two(walk, walk.case())


def asks_for_more(walk: Walk) -> object:
    case, due = walk.case(), walk.now.date() + timedelta(days=3)
    kinds = walk.dice.sample(list(Remedy.objects.filter(asks_amount=True)), 2)
    options = [Proposal(one, one.name, "", walk.dice.choice([3000, 20_000, 90_000]), due) for one in kinds]
    draft = Draft(
        issues=frozenset(walk.issues(case)), opening="", can="One.", cannot="", because="", options=options, reason="x"
    )
    return ask_approval(case, draft, reason=walk.words(), by=walk.somebody(), now=walk.now)


def decides_about_more(walk: Walk) -> object:
    asked, granted = walk.one(ApprovalRequest.objects.all()), walk.dice.random() < 0.7
    by = walk.somebody("ines", "ada", "tom")
    return decide_approval(asked, granted=granted, words=walk.words(), by=by, now=walk.now) if asked else None


def sends_what_was_approved(walk: Walk) -> object:
    asked = walk.one(ApprovalRequest.objects.all())
    by = walk.dice.choice([walk.somebody(), asked.requester]) if asked else None
    return send_approved(asked, by=by, now=walk.now) if asked else None


def keeps_a_promise(walk: Walk) -> object:
    promise = walk.one(Promise.objects.all())
    return keep_promise(promise, walk.words("Rang at noon"), by=walk.somebody(), now=walk.now) if promise else None


def moves_a_promise(walk: Walk) -> object:
    promise, words = walk.one(Promise.objects.all()), walk.words("Friday is fine")
    if promise is None:
        return None
    return renegotiate(promise, walk.day(), words, Via.PHONE, by=walk.somebody(), now=walk.now)


def is_let_off_a_promise(walk: Walk) -> object:
    promise = walk.one(Promise.objects.all())
    return release(promise, walk.words("Never mind"), Via.PHONE, by=walk.somebody(), now=walk.now) if promise else None


def withdraws(walk: Walk) -> object:
    made = walk.one(Offer.objects.all())
    return withdraw(made, walk.words("A mistake"), by=walk.somebody(), now=walk.now) if made else None


def accepts(walk: Walk) -> object:
    option, via = walk.one(Option.objects.all()), walk.dice.choice(list(Via))
    if option is None:
        return None
    by = None if via is Via.PAGE else walk.dice.choice([None, walk.somebody()])
    words, read_back = walk.words("Yes, please."), walk.dice.random() < 0.6
    return accept(option, via=via, now=walk.now, words=words, noted_by=by, was_read_back=read_back)


def declines(walk: Walk) -> object:
    made = walk.one(Offer.objects.all())
    return decline(made, walk.words("Too little"), via=Via.PAGE, now=walk.now) if made else None


def delivers(walk: Walk) -> object:
    option = walk.one(Option.objects.select_related("offer", "remedy"))
    return deliver_option(option, walk.words("Booking 4711"), by=walk.somebody(), now=walk.now) if option else None


def delivers_what_was_agreed(walk: Walk) -> object:
    option = walk.one(Option.objects.filter(acceptances__fulfilment=None).exclude(acceptances=None))
    return deliver_option(option, "Parcel 12", by=walk.somebody(), now=walk.now) if option else None


def delivers_what_is_owed(walk: Walk) -> object:
    case, cents = walk.case(), walk.dice.choice([0, 900, 9000, 45_000, 90_000])
    remedy = walk.dice.choice([*Remedy.objects.all(), Remedy.objects.get(key="overcharge")])
    issues = frozenset(walk.issues(case))
    return deliver_entitlement(case, remedy, issues, cents, walk.words("Booked"), by=walk.somebody(), now=walk.now)


def refuses(walk: Walk) -> object:
    issue = walk.one(Issue.objects.filter(withdrawal=None))
    words = walk.words("The lamp worked when it left us"), walk.words("The ombudsman")
    return refuse(issue, *words, by=walk.somebody(), now=walk.now, exception=walk.exception()) if issue else None


def refuses_what_was_looked_at(walk: Walk) -> object:
    issue = walk.one(Issue.objects.filter(withdrawal=None))
    decide(issue, Fault.NONE, Outcome.NOT_UPHELD, "The log", by=walk.cast.tom, now=walk.now)
    return refuse(issue, "It worked", "The ombudsman", by=walk.somebody(), now=walk.now)
