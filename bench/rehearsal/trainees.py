"""Scripted trainees: what each does with a customer, one move a turn."""

import math
from collections.abc import Callable

from amends.rehearsal.guide import LONGEST, next_act
from amends.rehearsal.moves import Act, Move
from amends.rehearsal.state import Customer, State, Turn, begin
from amends.rehearsal.step import step

Acts = list[Act]
LISTEN = 0.34


def method(customer: Customer) -> Acts:
    """Follow the guide of the method to its end."""
    return guided(customer, frozenset())


def guided(customer: Customer, without: frozenset[Move]) -> Acts:
    """Follow the guide, leaving out some moves: it is asked as if they had been made."""
    acts: Acts = []
    seen = begin(customer)
    for _ in range(LONGEST):
        act = None if seen.left else next_act(seen)
        if act is None:
            break
        acts.append(act)
        seen = step(seen, Turn((act,)))
    return [act for act in acts if act.move not in without]


def no_prevention(customer: Customer) -> Acts:
    """The method without its third part."""
    return guided(customer, frozenset({Move.PREVENT}))


def no_apology(customer: Customer) -> Acts:
    """The method without its apology."""
    return guided(customer, frozenset({Move.APOLOGISE}))


def solution_first(customer: Customer) -> Acts:
    """The same moves as the method, what is done before who it was done to."""
    first = {Move.OFFER_OPTIONS, Move.COMMIT, Move.PREVENT, Move.GOODWILL}
    acts = method(customer)
    return [act for act in acts if act.move in first] + [act for act in acts if act.move not in first]


def warm_only(customer: Customer) -> Acts:
    """Listens, says it back, names the feeling, thanks, and does nothing."""
    return [*_listens(customer), *_each(customer, Move.REFLECT), *_said(Move.ACK_FEELING, Move.THANK, Move.THANK)]


def solver_only(customer: Customer) -> Acts:
    """Offers, says when, and asks whether that will do, without a word about what happened."""
    acts = [*_each(customer, Move.OFFER_OPTIONS), *_each(customer, Move.COMMIT)]
    return [*acts, Act(Move.CHECK_AGREE)]


def over_apologiser(customer: Customer) -> Acts:
    """Listens once, says sorry five times for each issue, and nothing else."""
    return [Act(Move.LISTEN), *(act for _ in range(5) for act in _each(customer, Move.APOLOGISE))]


def over_promiser(customer: Customer) -> Acts:
    """Listens once, promises what cannot be kept, and asks whether that will do."""
    return [Act(Move.LISTEN), *_each(customer, Move.OVERPROMISE), *_said(Move.CHECK_AGREE, Move.THANK)]


def excuse_maker(customer: Customer) -> Acts:
    """Listens once, says sorry, explains it away, and offers one thing."""
    acts = [Act(Move.LISTEN), *_each(customer, Move.APOLOGISE), *_each(customer, Move.EXCUSE)]
    return [*acts, *_said(Move.BLAME_OTHER, Move.EXCUSE, Move.OFFER_ONE)]


def policy_reader(customer: Customer) -> Acts:
    """Listens once, reads the policy out, says no, and passes them on."""
    return _said(Move.LISTEN, Move.JARGON, Move.REFUSE_FLAT, Move.JARGON, Move.ASK_REPEAT, Move.TRANSFER_COLD)


def interrupter(customer: Customer) -> Acts:
    """Cuts in, asks again what was said, and offers one thing."""
    return _said(Move.INTERRUPT, Move.ASK_REPEAT, Move.INTERRUPT, Move.OFFER_ONE, Move.INTERRUPT)


TRAINEES: dict[str, Callable[[Customer], Acts]] = {
    "method": method,
    "no prevention": no_prevention,
    "no apology": no_apology,
    "solution first": solution_first,
    "warm only": warm_only,
    "solver only": solver_only,
    "over-apologiser": over_apologiser,
    "over-promiser": over_promiser,
    "excuse maker": excuse_maker,
    "policy reader": policy_reader,
    "interrupter": interrupter,
}


def turns_of(customer: Customer, acts: Acts) -> tuple[Turn, ...]:
    """Return the acts as turns of one move each, up to where the customer walks out."""
    state: State = begin(customer)
    turns = []
    for act in acts:
        if state.left:
            break
        turns.append(Turn((act,)))
        state = step(state, turns[-1])
    return tuple(turns)


def _listens(customer: Customer) -> Acts:
    return [Act(Move.LISTEN)] * math.ceil(customer.persona.untold / LISTEN - 1e-9)


def _each(customer: Customer, move: Move) -> Acts:
    return [Act(move, issue) for issue in customer.issues]


def _said(*moves: Move) -> Acts:
    return [Act(move) for move in moves]
