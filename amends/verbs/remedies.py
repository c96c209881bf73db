"""Verbs of offering, agreeing, delivering and asking again."""

from typing import Any

from amends.cases.errors import Incomplete
from amends.method.money import cents_of
from amends.recovery.agree import accept, decline
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.draft import Draft, Proposal
from amends.recovery.follow_up import follow_up
from amends.recovery.low_score import answer_low_score
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Via
from amends.recovery.remedy import Remedy
from amends.recovery.withdraw import withdraw
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.hands import EXCEPTION
from amends.verbs.verb import Asked, Call, Verb, call
from amends.verbs.words import PROMISES, confirmed

REMEDY = one("remedy", "the key of a remedy in use", found.remedy)
AMOUNT = Field(name="amount", kind=Kind.AMOUNT, help="a sum such as “89.50”, as text", required=False)
OPTION = one("option", "the number of an option of an offer in this case", found.option)
OFFER = one("offer", "the number of an offer in this case", found.offer)
ISSUES = Field(name="issues", kind=Kind.ISSUES, help="the numbers of the issues this puts right")
PROOF = text("proof", "a booking number, a parcel number, who confirmed it")
WAY = Field(name="via", kind=Kind.CHOICE, help="how the answer reached us", choices=(Via.EMAIL.value, Via.PHONE.value))
PROPOSAL = (
    REMEDY,
    text("title", "what the customer reads"),
    text("terms", "what goes with it", required=False),
    AMOUNT,
    Field(name="deliver_by", kind=Kind.DATE, help="the day it is done by"),
)


def _cents(words: str, remedy: Remedy) -> int:
    try:
        return cents_of(words, remedy.currency) if words and remedy.asks_amount else 0
    except ValueError as error:
        raise Incomplete(str(error), "amount") from error


def _proposal(row: dict[str, Any]) -> Proposal:
    cents = _cents(row["amount"], row["remedy"])
    return Proposal(row["remedy"], row["title"], row["terms"], cents, row["deliver_by"])


DRAFT = (
    ISSUES,
    text("opening", "how the letter begins", required=False),
    text("can", "what we can do"),
    text("cannot", "what we cannot do", required=False),
    text("because", "why we cannot", required=False),
    Field(name="options", kind=Kind.LIST, help="two or more real options", of=PROPOSAL),
    text("reason", "why the same again, or why another sum than others, for us alone", required=False),
)


def _offered(asked: Asked) -> Call:
    return call(asked.case, draft_of(asked), exception=asked["exception"])


def draft_of(asked: Asked) -> Draft:
    """The offer that the fields describe."""
    return Draft(
        issues=asked["issues"],
        opening=asked["opening"],
        can=asked["can"],
        cannot=asked["cannot"],
        because=asked["because"],
        options=[_proposal(row) for row in asked["options"]],
        reason=asked["reason"],
    )


def _owed(asked: Asked) -> Call:
    cents = _cents(asked["amount"], asked["remedy"])
    return call(asked.case, asked["remedy"], asked["issues"], cents, asked["proof"])


def _agreed(asked: Asked) -> Call:
    read = bool(asked["was_read_back"])
    return call(asked["option"], via=Via(asked["via"]), words=asked["words"], was_read_back=read)


def _refused(asked: Asked) -> Call:
    return call(asked["issue"], asked["reasons"], asked["recourse"], confirmed(asked), exception=asked["exception"])


def _told(asked: Asked) -> Call:
    return call(asked.case, still_right=asked["still_right"], words=asked["words"], issues=asked["issues"])


VERBS = [
    Verb(
        name="offer",
        right=Right.GRANT,
        sentence="Offer options to the customer",
        fields=(
            *DRAFT,
            EXCEPTION,
        ),
        does=make_offer,
        asks=_offered,
    ),
    Verb(
        name="withdraw",
        right=Right.GRANT,
        sentence="Take an open offer back",
        fields=(OFFER, text("reason", "why it is withdrawn")),
        does=withdraw,
        asks=lambda asked: call(asked["offer"], asked["reason"]),
    ),
    Verb(
        name="accept",
        right=Right.GRANT,
        sentence="Note that the customer chose an option",
        fields=(
            OPTION,
            WAY,
            text("words", "the customer's own words of agreement; from an e-mail as they stand there"),
            Field(
                name="was_read_back",
                kind=Kind.YES_NO,
                help="for the phone: yes once the choice was read to them and they agreed",
                required=False,
            ),
        ),
        does=accept,
        asks=_agreed,
        actor="noted_by",
    ),
    Verb(
        name="decline",
        right=Right.GRANT,
        sentence="Note that none of the options was right",
        fields=(OFFER, WAY, text("reason", "what is not right about it")),
        does=decline,
        asks=lambda asked: call(asked["offer"], asked["reason"], via=Via(asked["via"])),
        actor="noted_by",
    ),
    Verb(
        name="deliver_option",
        right=Right.GRANT,
        sentence="Carry out what was agreed",
        fields=(OPTION, PROOF),
        does=deliver_option,
        asks=lambda asked: call(asked["option"], asked["proof"]),
    ),
    Verb(
        name="deliver_entitlement",
        right=Right.GRANT,
        sentence="Carry out what policy owes without asking",
        fields=(REMEDY, ISSUES, AMOUNT, PROOF),
        does=deliver_entitlement,
        asks=_owed,
    ),
    Verb(
        name="refuse",
        right=Right.GRANT,
        sentence="Refuse a remedy for one issue, with reasons",
        fields=(
            Field(name="issue", kind=Kind.ISSUE, help="the number of the issue"),
            text("reasons", "the reasons, in words the customer can check"),
            text("recourse", "where the customer can go if they do not agree"),
            PROMISES,
            EXCEPTION,
        ),
        does=refuse,
        asks=_refused,
    ),
    Verb(
        name="follow_up",
        right=Right.WORK_CASES,
        sentence="Write down whether it is still right",
        fields=(
            Field(name="still_right", kind=Kind.YES_NO, help="yes or no, as the customer said"),
            text("words", "what the customer said"),
            Field(name="issues", kind=Kind.ISSUES, help="those that are not right; none for all", required=False),
        ),
        does=follow_up,
        asks=_told,
    ),
    Verb(
        name="answer_low_score",
        right=Right.WORK_CASES,
        sentence="Write down what came of a low score",
        fields=(text("words", "what you heard from the customer, and what comes of it"),),
        does=answer_low_score,
        asks=lambda asked: call(asked.case, asked["words"]),
    ),
]
