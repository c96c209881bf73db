"""Verbs of going above a limit, and of looking afterwards at what was granted within one."""

from amends.recovery.approve import ask_approval, decide_approval, send_approved, take_back
from amends.recovery.spot_check import look_at
from amends.team.permissions import Right
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.remedies import DRAFT, draft_of
from amends.verbs.verb import Verb, call

REQUEST = one("request", "the number of a request for approval in this case", found.request)

VERBS = [
    Verb(
        name="ask_approval",
        right=Right.GRANT,
        sentence="Ask the nearest person who may for an offer above your limit",
        fields=(*DRAFT, text("ask_reason", "why this is right for them; who decides reads it first")),
        does=ask_approval,
        asks=lambda asked: call(asked.case, draft_of(asked), reason=asked["ask_reason"]),
    ),
    Verb(
        name="decide_approval",
        right=Right.GRANT,
        sentence="Decide about an offer a colleague asked for",
        fields=(
            REQUEST,
            Field(name="granted", kind=Kind.YES_NO, help="yes to grant it as it is"),
            text("words", "for a no: why, and what can be offered instead", required=False),
        ),
        does=decide_approval,
        asks=lambda asked: call(asked["request"], granted=asked["granted"], words=asked["words"]),
    ),
    Verb(
        name="take_back_request",
        right=Right.GRANT,
        sentence="Take back a request for approval that nobody has answered",
        fields=(REQUEST,),
        does=take_back,
        asks=lambda asked: call(asked["request"]),
    ),
    Verb(
        name="send_approved",
        right=Right.GRANT,
        sentence="Send the offer that was approved, as it is",
        fields=(REQUEST,),
        does=send_approved,
        asks=lambda asked: call(asked["request"]),
    ),
    Verb(
        name="look_at",
        right=Right.SPOT_CHECK,
        sentence="Look afterwards at a remedy that was granted",
        fields=(
            one("check", "the number of a spot check in this case", found.check),
            Field(name="fair", kind=Kind.YES_NO, help="whether it was fair"),
            text("words", "for a no: what would have been fair", required=False),
        ),
        does=look_at,
        asks=lambda asked: call(asked["check"], fair=asked["fair"], words=asked["words"]),
    ),
]
