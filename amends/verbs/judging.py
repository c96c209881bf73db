"""Verbs of deciding about issues, of their shape, and of conduct and conflicts of interest."""

from typing import Any

from amends.cases.boundary import Rung
from amends.cases.conduct import set_boundary
from amends.cases.decide import decide, review_decision
from amends.cases.decision import Fault, Outcome
from amends.cases.issue import CATEGORIES, Wish
from amends.cases.limits import limit_contact
from amends.cases.merge import merge, unmerge
from amends.cases.name_subject import clear_subject, name_subject
from amends.cases.review_boundary import review_boundary
from amends.cases.split import Part, split
from amends.cases.withdraw import put_back, withdraw
from amends.recovery.failed_delivery import delivery_failed
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.verb import Verb, call

ISSUE = Field(name="issue", kind=Kind.ISSUE, help="the number of the issue")
OFF = one("issue", "the number of an issue of this case", found.any_issue)
PERSON = one("person", "the username of the colleague", found.person)
AGREED = Field(name="agreed", kind=Kind.YES_NO, help="whether you agree")
LOOKED = text("words", "what you looked at and why you come to this")
PART = (
    text("summary", "what went wrong, in a few words"),
    Field(name="category", kind=Kind.CHOICE, help="what it is about", choices=tuple(CATEGORIES)),
    text("words", "the customer's own words", required=False),
)


def _entry(name: str, sentence: str, does: Any, asks: Any, *fields: Field, right: Right = Right.WORK_CASES) -> Verb:
    return Verb(name=name, right=right, sentence=sentence, fields=fields, does=does, asks=asks)


def _choice(name: str, help: str, choices: Any) -> Field:
    return Field(name=name, kind=Kind.CHOICE, help=help, choices=tuple(choices))


VERBS = [
    _entry(
        "decide",
        "Decide about an issue",
        decide,
        lambda asked: call(asked["issue"], Fault(asked["fault"]), Outcome(asked["outcome"]), asked["evidence"]),
        ISSUE,
        _choice("fault", "who or what made it go wrong", Fault.values),
        _choice("outcome", "what was decided", Outcome.values),
        text("evidence", "what shows it"),
    ),
    _entry(
        "review_decision",
        "Look again at a decision about conduct",
        review_decision,
        lambda asked: call(asked["decision"], asked["words"], agreed=asked["agreed"]),
        one("decision", "the number of a decision in this case", found.decision),
        AGREED,
        LOOKED,
        right=Right.REVIEW_CONDUCT,
    ),
    _entry(
        "split",
        "Split an issue",
        split,
        lambda asked: call(asked["issue"], [Part(**row) for row in asked["parts"]]),
        ISSUE,
        Field(name="parts", kind=Kind.LIST, help="what it becomes, two or more", of=PART),
    ),
    _entry(
        "merge",
        "Let one issue stand for two",
        merge,
        lambda asked: call(asked["issue"], asked["into"]),
        ISSUE,
        Field(name="into", kind=Kind.ISSUE, help="the number of the issue that stands for both"),
    ),
    _entry("unmerge", "Let a merged issue stand for itself", unmerge, lambda asked: call(asked["issue"]), OFF),
    _entry(
        "withdraw_issue",
        "Take an issue off the case",
        withdraw,
        lambda asked: call(asked["issue"], asked["reason"], wish=Wish(asked["wish"])),
        ISSUE,
        text("reason", "why, in the customer's words where it is their wish"),
        _choice("wish", "whose wish it is", Wish.values),
    ),
    _entry("put_back", "Put an issue back on the case", put_back, lambda asked: call(asked["issue"]), OFF),
    _entry(
        "delivery_failed",
        "Write down that a delivery did not work",
        delivery_failed,
        lambda asked: call(asked["fulfilment"], asked["words"]),
        one("fulfilment", "the number of a delivery in this case", found.fulfilment),
        text("words", "what happened, and how we know"),
    ),
    _entry(
        "set_boundary",
        "Set a boundary after unreasonable conduct",
        set_boundary,
        lambda asked: call(asked.case, Rung(asked["rung"]), asked["words"], letter=asked["letter"]),
        _choice("rung", "which step it is", Rung),
        text("words", "what was said, where and when"),
        text("letter", "what the customer is told, for an ended contact", required=False),
    ),
    _entry(
        "limit_contact",
        "Propose limits to a customer's contact",
        limit_contact,
        lambda asked: call(asked.case, asked["reasons"], asked["adjustments"], asked["ways"]),
        text("reasons", "why"),
        text("adjustments", "which adjustments were considered"),
        text("ways", "which ways stay open to the customer"),
        right=Right.REVIEW_CONDUCT,
    ),
    _entry(
        "review_boundary",
        "Look again at a boundary",
        review_boundary,
        lambda asked: call(asked["boundary"], asked["words"], agreed=asked["agreed"]),
        one("boundary", "the number of a boundary in this case", found.boundary),
        AGREED,
        LOOKED,
        right=Right.REVIEW_CONDUCT,
    ),
    _entry(
        "name_subject",
        "Say that the complaint is about a colleague",
        name_subject,
        lambda asked: call(asked.case, asked["person"]),
        PERSON,
    ),
    _entry(
        "clear_subject",
        "Take back that the complaint is about a colleague",
        clear_subject,
        lambda asked: call(asked.case, asked["person"]),
        PERSON,
    ),
]
