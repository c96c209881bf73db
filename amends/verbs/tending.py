"""Verbs that tend the tree of causes, name a cause a second time, and decide about what is new."""

from amends.cases.issue import CATEGORIES
from amends.prevention.coding import code_again
from amends.prevention.tending import Card, merge_cause, put_back_cause, retire_cause, tend
from amends.prevention.themes import dismiss_theme, name_theme
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.verb import Asked, Call, Verb, call

CAUSE = one("cause", "the number or the name of a cause", found.cause)
CATEGORY = Field(name="category", kind=Kind.CHOICE, help="what the complaints are about", choices=tuple(CATEGORIES))
THEME = text("words", "the words that are new")
NAME = text("name", "what goes wrong, as colleagues would say it")
DEFINITION = text("definition", "when it counts as this cause, in one sentence")


def _card(asked: Asked) -> Call:
    return call(asked["cause"], Card(asked["name"], asked["definition"], asked["owner"], asked["parent"]))


VERBS = [
    Verb(
        name="tend_cause",
        right=Right.MANAGE_CHANGES,
        sentence="Say anew what a cause is called, when it counts, whose it is and what it is part of",
        fields=(
            CAUSE,
            NAME,
            DEFINITION,
            one("owner", "the username of who looks after it", found.person),
            one("parent", "the wider cause it stands below; none for the top", found.cause, required=False),
        ),
        does=tend,
        asks=_card,
        on_case=False,
    ),
    Verb(
        name="merge_cause",
        right=Right.MANAGE_CHANGES,
        sentence="Let one cause stand for another as well",
        fields=(CAUSE, one("into", "the cause that stands for both", found.cause)),
        does=merge_cause,
        asks=lambda asked: call(asked["cause"], asked["into"]),
        on_case=False,
    ),
    Verb(
        name="retire_cause",
        right=Right.MANAGE_CHANGES,
        sentence="Take a cause out of use",
        fields=(CAUSE, text("reason", "why nobody needs it any more")),
        does=retire_cause,
        asks=lambda asked: call(asked["cause"], asked["reason"]),
        on_case=False,
    ),
    Verb(
        name="put_back_cause",
        right=Right.MANAGE_CHANGES,
        sentence="Put a cause back into use",
        fields=(CAUSE,),
        does=put_back_cause,
        asks=lambda asked: call(asked["cause"]),
        on_case=False,
    ),
    Verb(
        name="code_again",
        right=Right.PREVENT,
        sentence="Name the cause of an issue a second time, without seeing the first",
        fields=(
            Field(name="issue", kind=Kind.ISSUE, help="the number of the issue"),
            one("cause", "the cause; none where none of them fits", found.cause, required=False),
        ),
        does=code_again,
        asks=lambda asked: call(asked["issue"], asked["cause"]),
    ),
    Verb(
        name="name_theme",
        right=Right.MANAGE_CHANGES,
        sentence="Make a new theme a cause",
        fields=(
            CATEGORY,
            THEME,
            NAME,
            DEFINITION,
        ),
        does=name_theme,
        asks=lambda asked: call(asked["category"], asked["words"], asked["name"], asked["definition"]),
        on_case=False,
    ),
    Verb(
        name="dismiss_theme",
        right=Right.MANAGE_CHANGES,
        sentence="Decide that a new theme is nothing to act on",
        fields=(CATEGORY, THEME, text("reason", "why it is nothing to act on")),
        does=dismiss_theme,
        asks=lambda asked: call(asked["category"], asked["words"], asked["reason"]),
        on_case=False,
    ),
]
