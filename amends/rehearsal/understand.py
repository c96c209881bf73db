"""Which moves a trainee's free words make, with the issue each is about and its place in the words."""

from collections.abc import Iterable, Iterator

from amends.language.tongues import language_of
from amends.language.words import words_of
from amends.rehearsal.hearing import (
    asking,
    blaming,
    feelings,
    manner,
    preventing,
    promising,
    putting_right,
    refusing,
    saying_back,
    sorrow,
)
from amends.rehearsal.hearing.heard import Heard, Understood
from amends.rehearsal.hearing.sifting import sifted
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.scene import Scene

__all__ = ["Heard", "Understood", "understand"]

FAMILIES = (
    manner.listening,
    manner.interrupting,
    manner.thanking,
    manner.bounding,
    manner.house_words,
    saying_back.saying_back,
    feelings.feeling,
    sorrow.sorrow,
    blaming.blaming,
    asking.asking,
    putting_right.putting_right,
    promising.promising,
    preventing.preventing,
    refusing.refusing,
    refusing.handing_over,
)


def understand(text: str, scene: Scene) -> Understood:
    """Return the moves that the words of a trainee make in a scene, each once for an issue, in reading order.

    Words that make no move, or none that is known, give none. English is read; of another language the answer only
    says that it was not checked. How often each move is heard rightly is measured by `bench.language.score_turns`.
    """
    if language_of(words_of(text)) not in ("", "en"):
        return Understood(checked=False)
    turn = Turn(text, scene)
    return Understood(tuple(_once(sifted(_all(turn)))), manner.attacks(turn))


def _all(turn: Turn) -> Iterator[Heard]:
    for family in FAMILIES:
        yield from family(turn)


def _once(found: Iterable[Heard]) -> list[Heard]:
    """The first of each move about an issue, in reading order."""
    ordered = sorted(found, key=lambda one: (one.start, one.end))
    first = {(one.move, one.issue): one for one in reversed(ordered)}
    return [one for one in ordered if first[one.move, one.issue] is one]
