"""Every gate failure of the matrix: how a case comes into it, which verb is tried, what must not come to be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from amends.cases.closure import Closure
from amends.cases.hear import Heard, correct_understanding, hear
from amends.cases.message import Coverage
from amends.method.steps import Step
from amends.recovery.agree import decline
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.offer import Acceptance, Decline, Offer, Via
from amends.recovery.withdraw import withdraw

PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
Arrange = Callable[[Any], dict[str, object]]


@dataclass(frozen=True)
class Situation:
    """One gate failure: `arrange` brings a case into it and returns the fields of the verb.

    `names` is what a refusal has to name, `on_page` how the desk's own pages say it.
    """

    name: str
    verb: str
    arrange: Arrange
    names: str
    forbidden: tuple[type, ...]
    who: str = "tom"
    on_page: str = ""
    not_on: dict[str, str] = field(default_factory=dict)


def options(one, cents: int = 3000, count: int = 2) -> list[dict[str, object]]:
    due = (one.now.date() + timedelta(days=5)).isoformat()
    names = ["refund", "credit", "overcharge"][:count]
    return [{"remedy": key, "title": key.title(), "amount": f"{cents / 100:.2f}", "deliver_by": due} for key in names]


def offered(one, **more: Any) -> dict[str, object]:
    """The fields of an offer for every issue."""
    cents, count = more.pop("cents", 3000), more.pop("count", 2)
    fields = {"issues": [issue.pk for issue in one.issues], "can": "We can do this.", **more}
    return fields | {"options": options(one, cents, count)}


def unheard(one):
    return offered(one)


def heard_only(one):
    one.hear()
    return offered(one)


def not_reflected(one):
    one.hear()
    one.say(Step.APOLOGISE, Step.ACKNOWLEDGE)
    return offered(one)


def not_apologised(one):
    one.hear()
    one.say(Step.REFLECT, Step.ACKNOWLEDGE)
    return offered(one)


def second_issue_owed(one):
    one.hear()
    one.say(*PERSON, issues=one.issues[:1])
    return offered(one) | {"issues": [one.issues[0].pk]}


def corrected_since(one):
    one.person_first()
    wordings = {issue.pk: "It never came at all" for issue in one.issues[:1]}
    correct_understanding(one.case, wordings, "", one.cast.clock.forward(minutes=1))
    one.hear()
    return offered(one)


def nothing_taken_down(one):
    lines = [Heard(issue.pk, "", "", off=True, reason="Not ours") for issue in one.issues]
    pk = one.issues[0].pk
    hear(one.case, lines, by=one.cast.tom, now=one.now)
    return offered(one) | {"issues": [pk]}


def agent_with_an_excuse(one):
    one.hear()
    return offered(one, exception="It is urgent")


def single_option(one):
    one.person_first()
    return offered(one, count=1)


def beyond_authority(one):
    one.person_first()
    return offered(one, cents=9_000_000)


def cannot_without_because(one):
    one.person_first()
    return offered(one, cannot="We cannot bring it back.")


def unheard_refusal(one):
    return {"issue": one.issues[0].pk, "reasons": "The terms say so.", "recourse": "The ombudsman."}


def without_reasons(one):
    one.person_first()
    return {"issue": one.issues[0].pk, "recourse": "The ombudsman."}


def without_recourse(one):
    one.person_first()
    return {"issue": one.issues[0].pk, "reasons": "The terms say so."}


def open_offer(one) -> Offer:
    one.person_first()
    return one.offer()


def not_agreed(one):
    return {"option": open_offer(one).options.first().pk, "proof": "Booking 4711"}


def declined(one):
    offer = open_offer(one)
    decline(offer, "None is right", via=Via.PAGE, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def other_option(one):
    offer = open_offer(one)
    one.accept(offer)
    return {"option": offer.options.last().pk, "proof": "Booking 4711"}


def without_proof(one):
    offer = open_offer(one)
    one.accept(offer)
    return {"option": offer.options.first().pk}


def delivered_twice(one):
    offer = open_offer(one)
    one.deliver(one.accept(offer))
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def no_entitlement(one):
    one.hear()
    return {"remedy": "refund", "issues": [one.issues[0].pk], "amount": "10", "proof": "Booking 4711"}


def entitled_beyond(one):
    one.hear()
    return {"remedy": "overcharge", "issues": [one.issues[0].pk], "amount": "90000", "proof": "Booking 4711"}


def entitled_for_nothing(one):
    one.hear()
    return {"remedy": "overcharge", "issues": [987654], "amount": "10", "proof": "Booking 4711"}


def said_without_words(one):
    return {"option": open_offer(one).options.first().pk, "via": "email"}


def withdrawn_offer(one):
    offer = open_offer(one)
    withdraw(offer, "A better one comes", by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def declined_before(one):
    offer = open_offer(one)
    decline(offer, "None is right", via=Via.PAGE, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def lapsed_offer(one):
    offer = open_offer(one)
    Offer.objects.filter(pk=offer.pk).update(expires_at=one.now)
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def declined_in_silence(one):
    return {"offer": open_offer(one).pk, "via": "email"}


def answered(one) -> None:
    """Everything of the person said, so that the customer has an answer."""
    one.person_first()


def part_missing(part: Step) -> Arrange:
    """A case where everything is done but one of the three parts of closing."""

    def arrange(one):
        one.hear()
        one.say(*(step for step in PERSON if step is not part))
        if part is not Step.DELIVER:
            one.deliver(one.accept(one.offer()))
        if part is not Step.PREVENT:
            one.prevent()
        return {}

    return arrange


def nobody_answered(one):
    return {}


def closed_without_words(one):
    nothing_taken_down(one)
    one.say()
    return {}


def closed_with_an_excuse(one):
    answered(one)
    return {"exception": "It is late"}


def closed_twice(one):
    part_missing(Step.FOLLOW_UP)(one)
    from amends.cases.closure import close

    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {}


def none_planned(one):
    answered(one)
    return {"still_right": "yes", "words": "All is well"}


def covers_unheard(one):
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "apologise"}]}


def prevents_without_cause(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "prevent"}]}


def empty_letter(one):
    one.hear()
    return {"text": "  "}


def plain_close(one):
    answered(one)
    return {}


OWN_PAGE = {"customer's page": "the press on their own page is the evidence, no words are asked"}
OWN_REASON = {"customer's page": "the page asks for the reason itself: the field holds it there"}

SITUATIONS = [
    Situation("nothing heard", "offer", unheard, "listen", (Offer,), on_page="confirm what went wrong"),
    Situation("heard, and no more", "offer", heard_only, "apologise", (Offer,)),
    Situation("not apologised", "offer", not_apologised, "apologise", (Offer,)),
    Situation("not reflected", "offer", not_reflected, "reflect", (Offer,), on_page="say back what happened"),
    Situation("a second issue owed", "offer", second_issue_owed, "apologise", (Offer,)),
    Situation("corrected since", "offer", corrected_since, "reflect", (Offer,), on_page="say back what happened"),
    Situation(
        "nothing taken down",
        "offer",
        nothing_taken_down,
        "take down what went wrong",
        (Offer,),
        on_page="not yet: this comes first",
    ),
    Situation("an agent with an excuse", "offer", agent_with_an_excuse, "Only a lead", (Offer,)),
    Situation("a single option", "offer", single_option, "two real options", (Offer,)),
    Situation("beyond authority", "offer", beyond_authority, "limit", (Offer,)),
    Situation("cannot without because", "offer", cannot_without_because, "why we cannot", (Offer,)),
    Situation("refused unheard", "refuse", unheard_refusal, "listen", (Refusal,), on_page="confirm what went wrong"),
    Situation("refused without reasons", "refuse", without_reasons, "reasons", (Refusal,)),
    Situation("refused without recourse", "refuse", without_recourse, "where the customer can go", (Refusal,)),
    Situation("delivered unagreed", "deliver_option", not_agreed, "agree", (Fulfilment,)),
    Situation("delivered though declined", "deliver_option", declined, "agree", (Fulfilment,)),
    Situation("delivered another option", "deliver_option", other_option, "chose another", (Fulfilment,)),
    Situation("delivered without proof", "deliver_option", without_proof, "booking number", (Fulfilment,)),
    Situation("delivered twice", "deliver_option", delivered_twice, "carried out before", (Fulfilment,)),
    Situation("entitled to nothing", "deliver_entitlement", no_entitlement, "agreement", (Fulfilment,)),
    Situation("entitled beyond authority", "deliver_entitlement", entitled_beyond, "limit", (Fulfilment,)),
    Situation("entitled for no issue", "deliver_entitlement", entitled_for_nothing, "issue", (Fulfilment,)),
    Situation("agreed without words", "accept", said_without_words, "own words", (Acceptance,), not_on=OWN_PAGE),
    Situation("agreed to what was withdrawn", "accept", withdrawn_offer, "replaced", (Acceptance,)),
    Situation("agreed to what was declined", "accept", declined_before, "declined before", (Acceptance,)),
    Situation("agreed to what has lapsed", "accept", lapsed_offer, "lapsed", (Acceptance,)),
    Situation("declined in silence", "decline", declined_in_silence, "not right", (Decline,)),
    Situation("closed unanswered", "close", nobody_answered, "Answer first", (Closure,)),
    Situation(
        "closed, not acknowledged",
        "close",
        part_missing(Step.ACKNOWLEDGE),
        "acknowledge",
        (Closure,),
        on_page="acknowledge our part",
    ),
    Situation(
        "closed, not delivered",
        "close",
        part_missing(Step.DELIVER),
        "deliver the remedy",
        (Closure,),
        on_page="deliver the remedy",
    ),
    Situation(
        "closed, not prevented",
        "close",
        part_missing(Step.PREVENT),
        "does not happen again",
        (Closure,),
        on_page="tell what stops it happening again",
    ),
    Situation("closed with nothing said", "close", closed_without_words, "Say in a sentence", (Closure,)),
    Situation("closed with an excuse", "close", closed_with_an_excuse, "Only a lead", (Closure,)),
    Situation("closed twice", "close", closed_twice, "closed already", (Closure,)),
    Situation("followed up too early", "follow_up", none_planned, "No follow-up is planned", (FollowUp,)),
    Situation("a letter about the unheard", "reply", covers_unheard, "confirm what went wrong", (Coverage,)),
    Situation("a promise of change", "reply", prevents_without_cause, "cause", (Coverage,)),
    Situation("an empty letter", "reply", empty_letter, "Write the reply", (Coverage,)),
    Situation("closed by who may only read", "close", plain_close, "work on cases", (Closure,), who="sam"),
    Situation("offered by another team", "offer", heard_only, "", (Offer,), who="priya"),
    Situation("closed by another team", "close", plain_close, "", (Closure,), who="priya"),
]

# Verbs no gate stands before: what they refuse is a field, which their own tests try.
WITHOUT_GATE = {
    "hear": "listening is the first step, nothing comes before it",
    "send_phrase": "a letter like any other: tried as the path “phrase” of the verb reply",
    "undo": "takes back; its refusals are in tests/rooms/test_outbox.py",
    "mark_answered": "says nothing about an issue",
    "note": "stays inside the team",
    "assign": "opens no gate; who can work on the case is asked by the verb",
    "unassign": "opens no gate",
    "snooze": "opens no gate",
    "reopen": "opens the case, not a gate",
    "withdraw": "takes back",
    "attribute": "opens no gate: a change behind the cause is asked by the verb reply",
    **dict.fromkeys(
        ("decide", "split", "merge", "unmerge", "withdraw_issue", "put_back"),
        "their refusals are tried in tests/rooms, each in its own file",
    ),
    **dict.fromkeys(
        ("review_decision", "set_boundary", "limit_contact", "review_boundary", "name_subject", "clear_subject"),
        "two people and conflicts of interest are tried in tests/rooms",
    ),
    "delivery_failed": "takes a delivery back, opens no gate",
    "name_cause": "no case",
    "agree_change": "no case",
    "make_change": "no case",
}
