"""Verbs of whose case it is, and of closing and reopening it."""

from datetime import datetime, time

from django.utils.timezone import get_current_timezone

from amends.care.take import pass_on, take_next
from amends.cases.assignment import assign, snooze, unassign
from amends.cases.begin_live import let_begin
from amends.cases.closure import close, reopen
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.verb import Asked, Call, Verb, call

MORNING = time(8)
EXCEPTION = text("exception", "the reason for passing the gate all the same; a lead's to give", required=False)


def _until(asked: Asked) -> Call:
    until = datetime.combine(asked["until"], MORNING, tzinfo=get_current_timezone())
    return call(asked.case, until=until, reason=asked["reason"])


VERBS = [
    Verb(
        name="assign",
        right=Right.WORK_CASES,
        sentence="Hand the case to somebody",
        fields=(one("to", "the username of somebody who can see the case", found.person),),
        does=assign,
        asks=lambda asked: call(asked.case, to=asked["to"]),
    ),
    Verb(
        name="unassign",
        right=Right.WORK_CASES,
        sentence="Put the case back into the team's queue",
        does=unassign,
        asks=lambda asked: call(asked.case),
    ),
    Verb(
        name="pass_on",
        right=Right.WORK_CASES,
        sentence="Put the case back so that somebody else takes it",
        does=pass_on,
        asks=lambda asked: call(asked.case),
    ),
    Verb(
        name="take_next",
        right=Right.WORK_CASES,
        sentence="Take the next case of the own team that nobody has",
        does=take_next,
        asks=lambda asked: call(),
        on_case=False,
    ),
    Verb(
        name="let_begin",
        right=Right.MANAGE_TEAM,
        sentence="Let somebody answer customers before they practised as the policy asks",
        fields=(one("person", "their username", found.person), text("reason", "why they begin earlier")),
        does=let_begin,
        asks=lambda asked: call(asked["person"], asked["reason"]),
        on_case=False,
    ),
    Verb(
        name="snooze",
        right=Right.WORK_CASES,
        sentence="Put the case aside until a morning",
        fields=(
            Field(name="until", kind=Kind.DATE, help="the day it comes back, at 08:00"),
            text("reason", "what we are waiting for"),
        ),
        does=snooze,
        asks=_until,
    ),
    Verb(
        name="close",
        right=Right.WORK_CASES,
        sentence="Close the case",
        fields=(text("words", "a last word, for the team", required=False), EXCEPTION),
        does=close,
        asks=lambda asked: call(asked.case, words=asked["words"], exception=asked["exception"]),
    ),
    Verb(
        name="reopen",
        right=Right.WORK_CASES,
        sentence="Open a closed case again",
        fields=(text("reason", "why it is opened again"),),
        does=reopen,
        asks=lambda asked: call(asked.case, reason=asked["reason"]),
    ),
]
