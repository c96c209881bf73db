"""Whether a round can be won at all: by the guide of the method, or by a search over sensible moves."""

from dataclasses import dataclass

from amends.errors import AmendsError
from amends.rehearsal.guide import LONGEST, next_act
from amends.rehearsal.moves import Act, Move
from amends.rehearsal.personas import Persona, who_suits
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.state import Customer, State, Turn, begin
from amends.rehearsal.step import step
from amends.rehearsal.table import Table, table

BEAM = 6
SENSIBLE = (
    Move.LISTEN,
    Move.REFLECT,
    Move.ACK_FEELING,
    Move.APOLOGISE,
    Move.QUESTION,
    Move.EXPLAIN,
    Move.OFFER_OPTIONS,
    Move.GOODWILL,
    Move.COMMIT,
    Move.PREVENT,
    Move.CHECK_AGREE,
    Move.FOLLOW_UP,
)
GROUPS_TO_SAY_BACK = 2


class CannotBeWon(AmendsError):
    """A round nobody could win; the sentence says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Winnable:
    """Whether a round can be won, by which moves, or why not."""

    won: bool
    acts: tuple[Act, ...] = ()
    reason: str = ""


def winnable(scenario: Scenario, persona: Persona, by: Table | None = None) -> Winnable:
    """Return whether a persona in a scenario can be won; who cannot be satisfied is won by a fair close."""
    issues = scenario.issues[: persona.issues]
    customer = Customer(persona, tuple(one.id for one in issues), by or table())
    closed = frozenset(Act(move, one.id) for one in issues for move in _impossible(one.remedy, one.change, one.keys))
    acts, last = _guided(customer, closed)
    if last.agrees or persona.fair_close:
        return Winnable(True, acts)
    searched = _searched(customer, closed)
    return Winnable(True, searched) if searched else Winnable(False, acts, _reason(scenario, customer, last))


def refuse_what_cannot_be_won(scenario: Scenario, persona: Persona) -> None:
    """Raise CannotBeWon with the reason when no sensible play wins this round."""
    found = winnable(scenario, persona)
    if not found.won:
        raise CannotBeWon(found.reason)


def refuse_where_nobody_wins(scenario: Scenario) -> None:
    """Raise CannotBeWon with the reason for the first persona a scenario is for with whom it cannot be won."""
    for persona in who_suits(scenario):
        refuse_what_cannot_be_won(scenario, persona)


def _impossible(remedy: str, change: str, keys: tuple[tuple[str, ...], ...]) -> set[Move]:
    none: set[Move] = set()
    offers = none if remedy else {Move.OFFER_OPTIONS, Move.COMMIT}
    return offers | (none if change else {Move.PREVENT}) | (none if _can_be_said_back(keys) else {Move.REFLECT})


def _can_be_said_back(keys: tuple[tuple[str, ...], ...]) -> bool:
    return len(keys) >= GROUPS_TO_SAY_BACK


def _guided(customer: Customer, closed: frozenset[Act]) -> tuple[tuple[Act, ...], State]:
    """The guide's way; a move that the scenario does not allow costs a turn and does nothing."""
    acts, shadow, state = [], begin(customer), begin(customer)
    for _ in range(LONGEST):
        act = None if state.left or shadow.left else next_act(shadow)
        if act is None:
            break
        shadow = step(shadow, Turn((act,)))
        if act not in closed:
            state = step(state, Turn((act,)))
            acts.append(act)
    return tuple(acts), state


def _searched(customer: Customer, closed: frozenset[Act]) -> tuple[Act, ...]:
    """Return acts that win, found by keeping the few best states of each length; none when there are none such."""
    moves = [act for act in _sensible(customer) if act not in closed]
    best: list[tuple[State, tuple[Act, ...]]] = [(begin(customer), ())]
    for _ in range(LONGEST // 2):
        following = [(step(state, Turn((act,))), (*acts, act)) for state, acts in best for act in moves]
        for state, acts in following:
            if state.agrees:
                return acts
        staying = [one for one in following if not one[0].left]
        best = sorted(staying, key=lambda one: _shortfall(one[0]))[:BEAM]
    return ()


def _sensible(customer: Customer) -> list[Act]:
    effects = customer.table.effects
    single = [Act(move) for move in SENSIBLE if not effects[move].per_issue]
    return single + [Act(move, issue) for move in SENSIBLE if effects[move].per_issue for issue in customer.issues]


def _lacks(state: State) -> dict[str, float]:
    """How far each of the three conditions of agreeing is from being met."""
    size, persona = state.customer.table.numbers["agrees"], state.customer.persona
    return {
        "agreement": persona.needs - size["worth_lowers_need"] * state.worth - state.agreement,
        "being heard": size["heard"] - state.heard,
        "calm": state.anger - persona.stands - size["worth_allows_anger"] * state.worth,
    }


def _shortfall(state: State) -> float:
    return sum(max(0.0, lack) for lack in _lacks(state).values()) - 0.01 * state.worth


def _reason(scenario: Scenario, customer: Customer, last: State) -> str:
    lacks = ", ".join(f"{name} by {lack:.2f}" for name, lack in _lacks(last).items() if lack > 0)
    missing = [
        f"“{one.id}” has no {what}"
        for one in scenario.issues[: len(customer.issues)]
        for what, there in (
            ("remedy that fits", one.remedy),
            ("change that prevents it", one.change),
            ("two groups of words to say it back with", _can_be_said_back(one.keys)),
        )
        if not there
    ]
    why = f" In the scenario {'; '.join(missing)}." if missing else ""
    who = customer.persona.id
    return f"“{scenario.id}” with “{who}” cannot be won: even the best play falls short of {lacks or 'patience'}.{why}"
