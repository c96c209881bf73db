"""The moves a trainee can make, and one of them made about one issue."""

from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """What a turn does to the customer; the names are those of the evidence (part 3, moves)."""

    LISTEN = "listen"
    IDLE = "idle"
    INTERRUPT = "interrupt"
    REFLECT = "reflect"
    REFLECT_WRONG = "reflect_wrong"
    ACK_FEELING = "ack_feeling"
    APOLOGISE = "apologise"
    APOLOGISE_GENERIC = "apologise_generic"
    NON_APOLOGY = "non_apology"
    EXCUSE = "excuse"
    BLAME_CUSTOMER = "blame_customer"
    BLAME_OTHER = "blame_other"
    QUESTION = "question"
    ASK_REPEAT = "ask_repeat"
    EXPLAIN = "explain"
    OFFER_ONE = "offer_one"
    OFFER_OPTIONS = "offer_options"
    OFFER_MISMATCH = "offer_mismatch"
    GOODWILL = "goodwill"
    OVERPROMISE = "overpromise"
    COMMIT = "commit"
    VAGUE_COMMIT = "vague_commit"
    PREVENT = "prevent"
    PREVENT_VAGUE = "prevent_vague"
    REFUSE_FLAT = "refuse_flat"
    REFUSE_FAIR = "refuse_fair"
    TRANSFER_COLD = "transfer_cold"
    ESCALATE_WARM = "escalate_warm"
    JARGON = "jargon"
    CHECK_AGREE = "check_agree"
    THANK = "thank"
    BOUNDARY = "boundary"
    FOLLOW_UP = "follow_up"
    NO_FOLLOW_UP = "no_follow_up"
    PROMISE_KEPT = "promise_kept"
    PROMISE_BROKEN = "promise_broken"


AFTERWARDS = frozenset({Move.NO_FOLLOW_UP, Move.PROMISE_KEPT, Move.PROMISE_BROKEN})
"""What shows only later, so that no words of a turn can be it."""

SAYABLE = tuple(move for move in Move if move not in AFTERWARDS and move is not Move.IDLE)
"""What words can be; idle is listening when nothing is left to say."""


@dataclass(frozen=True, slots=True)
class Act:
    """One move about one issue: its id, or None for what is about none or the one spoken of; `words` show it."""

    move: Move
    issue: str | None = None
    words: str = ""
