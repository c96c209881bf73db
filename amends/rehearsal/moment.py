"""The customer in the middle of a turn: what `step` writes on until the turn is over."""

from dataclasses import dataclass, replace
from typing import Any

from amends.rehearsal.moves import Move
from amends.rehearsal.state import Customer, Part, State
from amends.rehearsal.table import FEELINGS


@dataclass(slots=True)
class Moment:
    """A copy of a state that may be written on; nobody but one turn holds it."""

    customer: Customer
    feelings: dict[str, float]
    untold: float
    parts: list[Part]
    used: dict[tuple[Move, str | None], int]
    offered: bool
    asked_agreement: bool
    topic: str

    @property
    def in_the_middle(self) -> bool:
        """Whether an offer was made and agreement not yet asked for (E27: the middle wants work, not warmth)."""
        return self.offered and not self.asked_agreement

    def at(self, issue: str) -> int:
        """Return the place of an issue of this round."""
        return self.customer.issues.index(issue)

    def move_feeling(self, name: str, size: float) -> None:
        """Move a feeling by a share of the way that is left, so that it stays within 0 and 1."""
        value = self.feelings[name]
        size = max(-1.0, min(1.0, size))
        self.feelings[name] = value + size * ((1 - value) if size > 0 else value)

    def count(self, move: Move, issue: str | None) -> None:
        """Write down that a move was made."""
        self.used[move, issue] = self.used.get((move, issue), 0) + 1


def opened(state: State) -> Moment:
    """Return a moment to write on."""
    return Moment(
        customer=state.customer,
        feelings={name: getattr(state, name) for name in FEELINGS},
        untold=state.untold,
        parts=list(state.parts),
        used=dict(state.used),
        offered=state.offered,
        asked_agreement=state.asked_agreement,
        topic=state.topic,
    )


def closed(moment: Moment, state: State, turns: int) -> State:
    """Return the state a moment has come to."""
    feelings: dict[str, Any] = dict(moment.feelings)
    return replace(
        state,
        **feelings,
        untold=moment.untold,
        parts=tuple(moment.parts),
        used=moment.used,
        turns=state.turns + turns,
        offered=moment.offered,
        asked_agreement=moment.asked_agreement,
        topic=moment.topic,
    )
