"""A round of practice: seed, scenario, persona and turns, from which everything else follows."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate

from amends.rehearsal.moves import Act, Move
from amends.rehearsal.personas import Persona
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.state import Customer, State, Turn, begin
from amends.rehearsal.step import TurnRefused, after, step
from amends.rehearsal.table import Table, table
from amends.rehearsal.voice import Talk, talks

AGENT = "Robin"
"""The name the customer knows the trainee by, where nobody gave one."""


@dataclass(frozen=True)
class Round:
    """What was played; the same round always comes to the same states and the same words, found once for each."""

    scenario: Scenario
    persona: Persona
    seed: int = 0
    turns: tuple[Turn, ...] = ()
    agent: str = AGENT
    table: Table = field(default_factory=table, repr=False)

    @cached_property
    def customer(self) -> Customer:
        """The customer, with as many of the scenario's issues as the persona has."""
        issues = tuple(one.id for one in self.scenario.issues[: self.persona.issues])
        return Customer(self.persona, issues, self.table)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The customer before the first turn and after each."""
        return states(self.customer, self.turns)

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        """What the customer said at the start and after each turn."""
        return talks(self)

    @property
    def end(self) -> State:
        """The customer as the round leaves them, once an over-promise has broken."""
        return afterwards(self.states[-1])

    @property
    def over(self) -> bool:
        """Whether the customer has walked out."""
        return self.states[-1].left

    def then(self, turn: Turn) -> "Round":
        """Return the round with one more turn; raises TurnRefused when it is over."""
        if self.over:
            raise TurnRefused("The customer has left, so this round is over. Go back to an earlier turn to try again.")
        return replace(self, turns=(*self.turns, turn))

    def back_to(self, turn: int) -> "Round":
        """Return the round as it stood before turn number `turn`, counted from 1; raises TurnRefused."""
        if not 1 <= turn <= len(self.turns):
            there = f"turns 1 to {len(self.turns)} were played" if self.turns else "nothing was said yet"
            raise TurnRefused(f"There is no turn {turn} to try again; {there}.")
        return replace(self, turns=self.turns[: turn - 1])


def states(customer: Customer, turns: Iterable[Turn]) -> tuple[State, ...]:
    """Return the customer before the first turn and after each; raises TurnRefused for a turn after they left."""
    return tuple(accumulate(turns, step, initial=begin(customer)))


def afterwards(state: State) -> State:
    """Return the customer after each promise that could not be kept has broken."""
    promised = [issue for issue in state.customer.issues if state.did(Move.OVERPROMISE, issue)]
    return after(state, *(Act(Move.PROMISE_BROKEN, issue) for issue in promised))
