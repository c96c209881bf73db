"""Verbs of listening and writing."""

from collections.abc import Mapping
from typing import Any

from amends.cases.hear import Heard, hear
from amends.cases.issue import CATEGORIES
from amends.cases.note import add_note
from amends.cases.reply import mark_answered, undo
from amends.method.steps import SPOKEN_STEPS, Step
from amends.recovery.answer import Promised, Sending, answer, send_phrase
from amends.recovery.holding_letter import Told, mark_told
from amends.team.models import User
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.hands import EXCEPTION
from amends.verbs.verb import Asked, Call, Verb, call

LINE = (
    Field(
        name="issue", kind=Kind.NUMBER, help="the number of an issue on the case, none for a new one", required=False
    ),
    text("summary", "what went wrong, in a few words", required=False),
    Field(name="category", kind=Kind.CHOICE, help="what it is about", choices=tuple(CATEGORIES), required=False),
    text("kind", "which kind of that, such as late; none leaves it as it is", required=False),
    text("words", "the customer's own words, as they stand in a message", required=False),
    Field(name="off", kind=Kind.YES_NO, help="yes to take the issue off the case", required=False),
    text("reason", "why it is taken off", required=False),
)
COVERED = (
    Field(name="issue", kind=Kind.NUMBER, help="the number of a confirmed issue"),
    Field(
        name="step", kind=Kind.CHOICE, help="what the letter does", choices=tuple(step.value for step in SPOKEN_STEPS)
    ),
)
PROMISE = (
    text("sentence", "the sentence of the letter that promises it"),
    text("words", "what is promised, in a few words; none for the sentence", required=False),
    Field(name="due", kind=Kind.MOMENT, help="when its time is up, such as 2026-11-27T17:00, in the team's zone"),
    one("owner", "the username of who keeps it; none for you", found.person, required=False),
)
PROMISES = Field(name="promises", kind=Kind.LIST, help="what it promises, confirmed", of=PROMISE, required=False)


def _heard(asked: Asked) -> Call:
    lines = [
        Heard(
            row["issue"],
            row["summary"],
            row["category"],
            row["words"],
            off=bool(row["off"]),
            reason=row["reason"],
            kind=row["kind"] or None,
        )
        for row in asked["issues"]
    ]
    return call(asked.case, lines)


def _said(asked: Asked) -> Call:
    stated = {(row["issue"], Step(row["step"])) for row in asked["covers"]}
    return call(asked.case, asked["text"], stated, confirmed(asked), sending=Sending(asked["seen"], asked["exception"]))


def confirmed(asked: Asked) -> list[Promised]:
    """The promises of a letter that its writer confirms, from the field PROMISES."""
    return [_promised(row, asked.by) for row in asked["promises"]]


def _promised(row: Mapping[str, Any], by: User) -> Promised:
    return Promised(row["words"] or row["sentence"], row["due"], row["owner"] or by, row["sentence"])


VERBS = [
    Verb(
        name="hear",
        right=Right.WORK_CASES,
        sentence="Write down what went wrong, as you understood it",
        fields=(Field(name="issues", kind=Kind.LIST, help="each thing that went wrong", of=LINE),),
        does=hear,
        asks=_heard,
    ),
    Verb(
        name="reply",
        right=Right.WORK_CASES,
        sentence="Write to the customer",
        fields=(
            text("text", "the letter"),
            Field(name="covers", kind=Kind.LIST, help="what it says in other words", of=COVERED, required=False),
            PROMISES,
            Field(name="seen", kind=Kind.NUMBER, help="the last message of the customer you have read", required=False),
            EXCEPTION,
        ),
        does=answer,
        asks=_said,
    ),
    Verb(
        name="send_phrase",
        right=Right.WORK_CASES,
        sentence="Send a saved phrase",
        fields=(one("phrase", "the number of a phrase in use", found.phrase),),
        does=send_phrase,
        asks=lambda asked: call(asked.case, asked["phrase"]),
    ),
    Verb(
        name="undo",
        right=Right.WORK_CASES,
        sentence="Take a letter back before it leaves",
        fields=(one("message", "the number of a letter of ours in this case", found.letter),),
        does=undo,
        asks=lambda asked: call(asked["message"]),
    ),
    Verb(
        name="mark_answered",
        right=Right.WORK_CASES,
        sentence="Say that a message needs no further answer",
        fields=(one("message", "the number of a message of the customer in this case", found.received),),
        does=mark_answered,
        asks=lambda asked: call(asked["message"]),
    ),
    Verb(
        name="mark_told",
        right=Right.WORK_CASES,
        sentence="Write down that a letter told how it stands, or that it takes longer",
        fields=(
            one("message", "the number of a letter of ours in this case that has left", found.letter),
            Field(
                name="what",
                kind=Kind.CHOICE,
                help="what it told: how it stands, or that it takes longer and why",
                choices=tuple(Told.values),
            ),
        ),
        does=mark_told,
        asks=lambda asked: call(asked["message"], Told(asked["what"])),
    ),
    Verb(
        name="note",
        right=Right.WORK_CASES,
        sentence="Write a note to the team",
        fields=(text("text", "what colleagues should know"),),
        does=add_note,
        asks=lambda asked: call(asked.case, asked["text"]),
    ),
]
