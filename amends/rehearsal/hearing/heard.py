"""What was heard in a trainee's words: a move, the issue it is about, and where it stands."""

from dataclasses import dataclass

from amends.rehearsal.moves import Move


@dataclass(frozen=True, slots=True)
class Heard:
    """A move made by `text[start:end]`; `issue` is None where it is about no issue in particular."""

    move: Move
    issue: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understood:
    """The moves of a turn in reading order, each once for an issue.

    `hostile`: the words attack the customer. `checked`: they were read at all, which is so in English only.
    """

    moves: tuple[Heard, ...] = ()
    hostile: bool = False
    checked: bool = True
