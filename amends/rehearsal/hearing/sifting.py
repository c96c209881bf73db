"""What a move takes the place of: when a stronger one is heard in the same words, the weaker was misheard."""

from collections.abc import Iterable

from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn


def sifted(turn: Turn, found: Iterable[Heard]) -> list[Heard]:
    """Return the moves without those that others in the same words take the place of."""
    return list(found)
