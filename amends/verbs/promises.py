"""Verbs of what becomes of a promise: kept, moved with the customer's words, or let go by them."""

from amends.recovery.keep import keep_promise, release, renegotiate
from amends.recovery.offer import Via
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.remedies import WAY
from amends.verbs.verb import Asked, Call, Verb, call

PROMISE = one("promise", "the number of a promise in this case", found.promise)


def _moved(asked: Asked) -> Call:
    return call(asked["promise"], asked["due"], asked["words"], Via(asked["via"]))


VERBS = [
    Verb(
        name="keep_promise",
        right=Right.WORK_CASES,
        sentence="Write down that a promise was kept",
        fields=(PROMISE, text("proof", "what was done, and where that can be seen")),
        does=keep_promise,
        asks=lambda asked: call(asked["promise"], asked["proof"]),
    ),
    Verb(
        name="renegotiate",
        right=Right.WORK_CASES,
        sentence="Move a promise to another time the customer agreed to",
        fields=(
            PROMISE,
            Field(name="due", kind=Kind.MOMENT, help="the later time, such as 2026-11-27T17:00, in the team's zone"),
            text("words", "the words in which the customer agreed to it"),
            WAY,
        ),
        does=renegotiate,
        asks=_moved,
    ),
    Verb(
        name="release",
        right=Right.WORK_CASES,
        sentence="Write down that the customer let us off a promise",
        fields=(PROMISE, text("words", "the words in which the customer let us off"), WAY),
        does=release,
        asks=lambda asked: call(asked["promise"], asked["words"], Via(asked["via"])),
    ),
]
