"""What the form of a scenario asks, in the order in which somebody tells it, with how much fits into each field."""

from dataclasses import dataclass
from typing import Literal

from amends.cases.issue import CATEGORIES
from amends.practice.words import SECTORS
from amends.rehearsal.personas import personas
from amends.rehearsal.shelf import (
    CLAUSE,
    LONGEST,
    MOST_DETAILS,
    MOST_FACTS,
    MOST_GROUPS,
    MOST_WORDS,
    REMEDIES,
    SHORT,
    WORD,
)

Kind = Literal["line", "text", "lines", "groups", "select", "checks"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its name in the file, its label, what helps to fill it, and how much fits; `most` counts lines."""

    name: str
    label: str
    hint: str = ""
    kind: Kind = "line"
    longest: int = CLAUSE
    most: int = 1
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()


TOP = (
    Asked(
        "title", "What the scenario is called", "Short, as in a list: “The sofa with the cracked leg”.", longest=SHORT
    ),
    Asked("sector", "Where it happens", kind="select", choices=tuple(SECTORS.items())),
    Asked("firm", "The company in it", "A made-up name.", longest=SHORT),
    Asked("customer", "The customer in it", "A made-up name.", longest=SHORT),
    Asked("setting", "The setting", "Who bought what, when and for what, and what came of it.", "text", LONGEST),
    Asked(
        "facts_on_file",
        "What stands on file",
        "What you would have on the screen: the order with its price, calls, notes. One fact in each line.",
        "lines",
        most=MOST_FACTS,
    ),
    Asked("may_grant", "What you may grant", "", "text", LONGEST),
    Asked("cannot", "What cannot be done, and why", "", "text", LONGEST),
)
SUITS = Asked(
    "suits",
    "Whom it suits",
    "Tick nobody and it suits everybody. It has to be winnable with each of them.",
    "checks",
    choices=tuple((one.id, one.name) for one in personas().values()),
    optional=True,
)
ISSUE = (
    Asked("category", "What it is about", kind="select", choices=tuple(CATEGORIES.items())),
    Asked(
        "said",
        "What went wrong, in the customer's words",
        "A part of a sentence that could follow “I am writing because”: “the leg cracked in the second week”.",
    ),
    Asked(
        "keys",
        "Words that say it back",
        "One line for each thing that has to be named, other words for it after commas: “leg, foot, frame”. Saying it "
        "back names at least two of the lines.",
        "groups",
        WORD,
        MOST_GROUPS,
        optional=True,
    ),
    Asked(
        "details",
        "What else they tell",
        "Whole sentences of theirs, one in each line. They tell them as they are listened to.",
        "lines",
        most=MOST_DETAILS,
    ),
    Asked("held_back", "What they hold back", "A sentence they say only when they are asked."),
    Asked(
        "question",
        "A question that brings it out",
        "Any open question does in the round; this one is shown when somebody needs a hint. May stay empty.",
        optional=True,
    ),
    Asked("promised", "What was promised", "A whole sentence: “We had promised five years on the frame.”"),
    Asked("remedy", "The remedy that fits", "A part of a sentence. Without one nobody can win.", optional=True),
    Asked(
        "remedy_kinds",
        "Of which kind it is",
        kind="checks",
        choices=tuple((one, one.replace("_", " ")) for one in REMEDIES),
        optional=True,
    ),
    Asked("mismatch", "An offer that does not fit", "A part of a sentence: “a voucher for another sofa”."),
    Asked("cause", "The real cause", "A whole sentence, as you would tell it."),
    Asked(
        "change",
        "What has changed since",
        "A whole sentence: what was done so that it cannot come again.",
        optional=True,
    ),
)
MOST_IN_GROUP = MOST_WORDS
