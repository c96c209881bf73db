"""The method as a guide: which move it would make next for a customer."""

from collections.abc import Iterator

from amends.rehearsal.moves import Act, Move
from amends.rehearsal.rules import APOLOGIES_WELCOME, OWNED
from amends.rehearsal.state import State

LONGEST = 80


def next_act(state: State, issues: tuple[str, ...] = ()) -> Act | None:
    """Return the method's next move, or None when it has nothing left to do.

    `issues` are those to care for, all of the round when empty (a customer may not have brought up the others yet).
    """
    return next(_still_to_do(state, issues or state.customer.issues), None)


def _still_to_do(state: State, issues: tuple[str, ...]) -> Iterator[Act]:
    yield from _person_first(state, issues)
    yield from _remedy(state, issues)
    yield from _once(state, Move.THANK, Move.FOLLOW_UP)


def _person_first(state: State, issues: tuple[str, ...]) -> Iterator[Act]:
    if state.customer.persona.abusive and state.turns:
        yield from _once(state, Move.BOUNDARY)
    if state.untold > 0:
        yield Act(Move.LISTEN)
    yield from _each(state, Move.REFLECT, issues)
    yield from _once(state, Move.ACK_FEELING)
    for issue in issues:
        part = state.part(issue)
        if part.acknowledged < OWNED and part.apologies < APOLOGIES_WELCOME:
            yield Act(Move.APOLOGISE, issue)


def _remedy(state: State, issues: tuple[str, ...]) -> Iterator[Act]:
    for issue in issues:
        if state.part(issue).remedied < 1:
            yield Act(Move.OFFER_OPTIONS, issue)
    yield from _each(state, Move.COMMIT, issues)
    for issue in issues:
        if state.part(issue).prevented < 1:
            yield Act(Move.PREVENT, issue)
    yield from _asked(state, 1)
    if not state.agrees:
        yield from _fair_close(state) if state.customer.persona.fair_close else _more(state, issues)


def _more(state: State, issues: tuple[str, ...]) -> Iterator[Act]:
    """Who hesitates is asked, heard again, told the cause and given a gesture; then, if need be, a new choice."""
    yield from _once(state, Move.QUESTION)
    if state.heard < state.customer.table.numbers["agrees"]["heard"]:
        yield from _each(state, Move.REFLECT, issues, times=2)
    yield from _each(state, Move.EXPLAIN, issues)
    yield from _each(state, Move.GOODWILL, issues[:1])
    yield from _asked(state, 2)
    yield from _each(state, Move.OFFER_OPTIONS, issues, times=2)
    yield from _once(state, Move.FOLLOW_UP)
    yield from _asked(state, 3)


def _fair_close(state: State) -> Iterator[Act]:
    """Who cannot be satisfied gets a no with its reason and a warm hand-over."""
    yield from _once(state, Move.REFUSE_FAIR, Move.ESCALATE_WARM)


def _asked(state: State, times: int) -> Iterator[Act]:
    if state.times(Move.CHECK_AGREE) < times:
        yield Act(Move.CHECK_AGREE)


def _each(state: State, move: Move, issues: tuple[str, ...], times: int = 1) -> Iterator[Act]:
    for issue in issues:
        if state.used.get((move, issue), 0) < times:
            yield Act(move, issue)


def _once(state: State, *moves: Move) -> Iterator[Act]:
    for move in moves:
        if not state.times(move):
            yield Act(move)
