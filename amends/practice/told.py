"""One turn as it is kept: what was written, the moves read from it, and those the trainee put in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amends.rehearsal.moves import Act
from amends.rehearsal.record import acts_of, values_of
from amends.rehearsal.scene import Scene
from amends.rehearsal.state import State, Turn
from amends.rehearsal.typed import CORRECTS, LONGEST, PLAYS, typed

SIGNS = f" {CORRECTS}{PLAYS}"
ILLEGIBLE = "I found no move in these words."


@dataclass(frozen=True, slots=True)
class Told:
    """A turn: `corrected` is None until the trainee says that it was read wrongly."""

    text: str
    heard: tuple[Act, ...]
    corrected: tuple[Act, ...] | None = None
    notes: tuple[str, ...] = ()

    @property
    def acts(self) -> tuple[Act, ...]:
        """The moves that count: the trainee's own reading where there is one."""
        return self.heard if self.corrected is None else self.corrected

    @property
    def turn(self) -> Turn:
        """The turn as the engine takes it."""
        return Turn(self.acts, self.text)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Told":
        """Return the turn that values of `as_values` stand for."""
        corrected = values["corrected"]
        return cls(
            text=values["text"],
            heard=acts_of(values["heard"]),
            corrected=None if corrected is None else acts_of(corrected),
            notes=tuple(values["notes"]),
        )

    def as_values(self) -> dict[str, Any]:
        """Return the turn as plain values."""
        corrected = None if self.corrected is None else values_of(self.corrected)
        return {"text": self.text, "heard": values_of(self.heard), "corrected": corrected, "notes": list(self.notes)}


def told(text: str, scene: Scene, state: State) -> Told:
    """Return a turn as it was read, with a note where the reading has something to say; only its beginning is kept.

    Here every turn is free words: a sign that writes moves out in a terminal means nothing.
    """
    words = text.strip()
    read = typed(words.lstrip(SIGNS), scene, state)
    notes = read.notes or (() if read.turn.acts else (ILLEGIBLE,))
    return Told(words[:LONGEST], read.turn.acts, notes=notes)
