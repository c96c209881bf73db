"""One turn moves the customer: a pure function from a state and what was done to the next state."""

from dataclasses import replace
from typing import Any

from amends.errors import AmendsError
from amends.rehearsal.moment import Moment, closed, opened
from amends.rehearsal.moves import Act, Move
from amends.rehearsal.rules import APOLOGIES, OFFERS, effect_of, sizes_of
from amends.rehearsal.state import State, Turn
from amends.rehearsal.table import Effect

TAKES_BACK = frozenset({Move.EXCUSE, Move.NON_APOLOGY, Move.BLAME_CUSTOMER, Move.BLAME_OTHER})


class TurnRefused(AmendsError):
    """A turn cannot be played; the sentence says why."""


def step(state: State, turn: Turn) -> State:
    """Return the customer after a turn; raises TurnRefused when they have left or an issue is none of theirs."""
    if state.left:
        raise TurnRefused("The customer has left, so this round is over. Go back to an earlier turn to try again.")
    moment = opened(state)
    for act in turn.acts:
        _take(moment, act)
    number, feelings = state.customer.table.numbers["patience"], moment.feelings
    moment.move_feeling("patience", -(number["still"] + number["angry"] * feelings["anger"]))
    return closed(moment, state, 1)


def after(state: State, *acts: Act) -> State:
    """Return the customer once it has shown what was promised; that takes no turn and nobody walks out any more."""
    moment = opened(state)
    for act in acts:
        _take(moment, act)
    return closed(moment, state, 0)


def _take(moment: Moment, act: Act) -> None:
    if act.issue is not None:
        moment.topic = _known(moment, act.issue)
    at = moment.at(moment.topic)
    move = Move.IDLE if act.move is Move.LISTEN and moment.untold <= 0 else act.move
    if move in TAKES_BACK:
        _take_back(moment, at)
    part = moment.parts[at]
    effect = effect_of(moment, move, part)
    if move in APOLOGIES:
        before = part.before or (moment.feelings["anger"], moment.feelings["trust"])
        moment.parts[at] = replace(part, apologies=part.apologies + 1, before=before)
    for name, size in sizes_of(moment, move, part, effect).items():
        moment.move_feeling(name, size)
    _write_down(moment, move, at, effect)


def _known(moment: Moment, issue: str) -> str:
    if issue not in moment.customer.issues:
        raise TurnRefused(f"There is no issue “{issue}” in this round. There are {', '.join(moment.customer.issues)}.")
    return issue


def _take_back(moment: Moment, at: int) -> None:
    """An excuse on an apologised issue first moves anger and trust back towards what they were before sorry."""
    part = moment.parts[at]
    if part.before is None:
        return
    most = moment.customer.table.numbers["rule_excuse_takes_back"]["most"]
    anger, trust = part.before
    feelings = moment.feelings
    feelings["anger"] = max(feelings["anger"], min(anger, feelings["anger"] + most))
    feelings["trust"] = min(feelings["trust"], max(trust, feelings["trust"] - most))
    moment.parts[at] = replace(part, before=None)


def _write_down(moment: Moment, move: Move, at: int, effect: Effect) -> None:
    moment.untold = max(0.0, moment.untold + effect.untold)
    part = moment.parts[at]
    changed: dict[str, Any] = {change.part: change.applied(getattr(part, change.part)) for change in effect.changes}
    if changed:
        moment.parts[at] = replace(part, **changed)
    moment.count(move, moment.topic if moment.customer.table.effects[move].per_issue else None)
    moment.offered = moment.offered or move in OFFERS
    moment.asked_agreement = moment.asked_agreement or (move is Move.CHECK_AGREE and moment.offered)
