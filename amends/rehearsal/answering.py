"""What a customer answers to: what just happened in the turn, or else what is still open."""

from collections.abc import Iterator

from amends.rehearsal.moves import Move
from amends.rehearsal.rules import APOLOGIES, APOLOGIES_WELCOME, OFFERS, OWNED
from amends.rehearsal.state import Part, State, Turn

HARMS: tuple[tuple[str, frozenset[Move]], ...] = (
    ("blamed", frozenset({Move.BLAME_CUSTOMER})),
    ("excused", frozenset({Move.EXCUSE, Move.BLAME_OTHER})),
    ("hollow", frozenset({Move.NON_APOLOGY})),
    ("cold", frozenset({Move.INTERRUPT, Move.TRANSFER_COLD, Move.REFUSE_FLAT})),
    ("misheard", frozenset({Move.REFLECT_WRONG})),
    ("asked_again", frozenset({Move.ASK_REPEAT})),
    ("doubt", frozenset({Move.OVERPROMISE})),
    ("mismatch", frozenset({Move.OFFER_MISMATCH})),
)
LESSER: tuple[tuple[str, frozenset[Move]], ...] = (
    ("vague", frozenset({Move.VAGUE_COMMIT})),
    ("cold", frozenset({Move.JARGON})),
    ("boundary", frozenset({Move.BOUNDARY})),
)
GOOD: tuple[tuple[str, frozenset[Move]], ...] = (
    ("options", frozenset({Move.OFFER_OPTIONS})),
    ("offered", frozenset({Move.OFFER_ONE, Move.GOODWILL})),
    ("refused_fair", frozenset({Move.REFUSE_FAIR})),
    ("prevented", frozenset({Move.PREVENT})),
    ("owned", frozenset({Move.APOLOGISE})),
    ("heard", frozenset({Move.REFLECT, Move.ACK_FEELING})),
)
STINGS = frozenset({when for when, _ in HARMS} | {"too_early", "leaves", "unsure_reply", "idle"})
CLOSING = frozenset({Move.THANK, Move.FOLLOW_UP})


def answers_to(before: State, now: State, turn: Turn, to_come: tuple[str, ...]) -> Iterator[str]:
    """Return what the customer may answer to, the most pressing first; the last of them always fits."""
    moves = {act.move for act in turn.acts}
    if now.left:
        yield "leaves"
    if not moves:
        yield "unsure_reply"
    yield from _of(HARMS, moves)
    yield from _spoilt(before, now, moves)
    yield from _agreed(before, now, moves, to_come)
    yield from _of(LESSER, moves)
    if Move.QUESTION in moves:
        yield "asked"
    if Move.LISTEN in moves:
        yield "next_issue" if to_come else "more"
    if to_come and Move.CHECK_AGREE in moves:
        yield "next_issue"
    yield from _of(GOOD, moves)
    yield from still_open(now, to_come)


def still_open(state: State, to_come: tuple[str, ...]) -> Iterator[str]:
    """Return what is unresolved, in the order of the method."""
    raised = [issue for issue in state.customer.issues if issue not in to_come]
    parts = [state.part(issue) for issue in raised]
    if state.heard < state.customer.table.numbers["agrees"]["heard"]:
        yield "unheard"
    if any(part.acknowledged < OWNED for part in parts):
        yield "unowned"
    if to_come:
        yield "next_issue"
    if any(part.remedied < 1 for part in parts):
        yield "unremedied"
    if any(part.prevented < 1 for part in parts):
        yield "unprevented"
    yield "agrees" if state.agrees and state.asked_agreement else "nearly"


def _of(table: tuple[tuple[str, frozenset[Move]], ...], moves: set[Move]) -> Iterator[str]:
    return (when for when, those in table if those & moves)


def _spoilt(before: State, now: State, moves: set[Move]) -> Iterator[str]:
    """What a rule made of a move: said once too often, too early, too vaguely, or into silence."""
    if moves & APOLOGIES and any(part.apologies > APOLOGIES_WELCOME for part in _changed(before, now)):
        yield "hollow"
    if moves & OFFERS and max(before.heard, now.heard) < now.customer.table.numbers["rule_premature_offer"]["heard"]:
        yield "too_early"
    if Move.PREVENT_VAGUE in moves:
        yield "doubt"
    if now.times(Move.IDLE) > before.times(Move.IDLE):
        yield "idle"


def _changed(before: State, now: State) -> Iterator[Part]:
    return (new for old, new in zip(before.parts, now.parts, strict=True) if old.apologies != new.apologies)


def _agreed(before: State, now: State, moves: set[Move], to_come: tuple[str, ...]) -> Iterator[str]:
    if to_come or not (now.agrees and now.asked_agreement):
        return
    if Move.CHECK_AGREE in moves or not before.agrees:
        yield "agrees"
    if moves & CLOSING:
        yield "thanks"
