"""Verbs of causes and the changes against them."""

from amends.prevention.models import ChangeKind
from amends.prevention.verbs import add_cause, agree_change, attribute, make_change
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.verb import Asked, Call, Verb, call

CAUSE = one("cause", "the number or the name of a cause on the board", found.cause)


def _change(asked: Asked) -> Call:
    kind = ChangeKind(asked["kind"])
    return call(asked["cause"], asked["what"], kind, owner=asked["owner"], due=asked["due"])


VERBS = [
    Verb(
        name="attribute",
        right=Right.PREVENT,
        sentence="Say why an issue happened",
        fields=(Field(name="issue", kind=Kind.ISSUE, help="the number of the issue"), CAUSE),
        does=attribute,
        asks=lambda asked: call(asked["issue"], asked["cause"]),
    ),
    Verb(
        name="name_cause",
        right=Right.MANAGE_CHANGES,
        sentence="Put a new cause on the board",
        fields=(
            text("name", "what goes wrong, as colleagues would say it"),
            text("definition", "when it counts as this cause", required=False),
        ),
        does=add_cause,
        asks=lambda asked: call(asked["name"], asked["definition"]),
        actor="owner",
        on_case=False,
    ),
    Verb(
        name="agree_change",
        right=Right.MANAGE_CHANGES,
        sentence="Agree a change against a cause",
        fields=(
            CAUSE,
            text("what", "what will change"),
            Field(name="kind", kind=Kind.CHOICE, help="what sort of change", choices=tuple(ChangeKind.values)),
            one("owner", "the username of who sees to it", found.person),
            Field(name="due", kind=Kind.DATE, help="the day it is in place"),
        ),
        does=agree_change,
        asks=_change,
        on_case=False,
    ),
    Verb(
        name="make_change",
        right=Right.MANAGE_CHANGES,
        sentence="Write down that a change is in place",
        fields=(one("change", "the number of a change", found.change),),
        does=make_change,
        asks=lambda asked: call(asked["change"]),
        on_case=False,
    ),
]
