"""What a trainee typed as a turn: free words that are read, or moves written out as `+reflect+apologise:2`."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.scene import Scene
from amends.rehearsal.state import State, Turn
from amends.rehearsal.step import TurnRefused
from amends.rehearsal.understand import Heard, Understood, understand

CORRECTS, PLAYS = "=", "+"
LONGEST = 4000
HOSTILE = "Those words would hurt. In earnest the other person would be gone; here you can go back and try another way."
OTHER_LANGUAGE = "I read English only."
LONG = f"I read the first {LONGEST:,} characters; nobody who is upset reads more."


@dataclass(frozen=True, slots=True)
class Typed:
    """A turn as it was read, or as the trainee `corrected` it, and what there is to say about the reading."""

    turn: Turn
    notes: tuple[str, ...] = ()
    corrected: bool = False


def typed(words: str, scene: Scene, state: State) -> Typed:
    """Return a turn out of what was typed; raises TurnRefused for moves nobody knows."""
    if words.lstrip().startswith((CORRECTS, PLAYS)):
        return Typed(Turn(moves_of(words, scene, state)))
    text = words.strip()[:LONGEST]
    heard = understand(text, scene) if any(map(str.isalpha, text)) else Understood()
    in_order = sorted(heard.moves, key=_place)
    acts = tuple(Act(one.move, one.issue, text[one.start : one.end].strip()) for one in in_order)
    notes = [LONG] * (len(words.strip()) > LONGEST) + [HOSTILE] * heard.hostile
    return Typed(Turn(acts, text), tuple(notes + [OTHER_LANGUAGE] * (not heard.checked)))


def _place(one: Heard) -> int:
    """Where a move counts: asking whether it suits comes after the offer in the same sentence."""
    return one.end if one.move is Move.CHECK_AGREE else one.start


def moves_of(words: str, scene: Scene, state: State) -> tuple[Act, ...]:
    """Return the moves written as `+reflect+apologise:2`; the number or name after a colon says which issue.

    Without one a move is about the first issue brought up that lacks it. Raises TurnRefused with what was meant.
    """
    named = words.strip().lstrip(CORRECTS + PLAYS).replace(",", "+").split("+")
    return tuple(_acts((one.strip() for one in named if one.strip()), scene, state))


def _acts(named: Iterator[str], scene: Scene, state: State) -> Iterator[Act]:
    for one in named:
        name, _, issue = one.partition(":")
        move = _move(name)
        yield Act(move, _issue(issue.strip(), scene) if issue else _lacking(move, scene, state))


def _move(name: str) -> Move:
    plain = name.strip().lower().replace(" ", "_").replace("-", "_")
    known = [move.value for move in SAYABLE]
    if plain in known:
        return Move(plain)
    near = get_close_matches(plain, known, n=1)
    meant = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
    raise TurnRefused(f"There is no move “{name.strip()}”. {meant}")


def _issue(name: str, scene: Scene) -> str:
    if name in scene.raised:
        return name
    if name.isdigit() and 1 <= int(name) <= len(scene.raised):
        return scene.raised[int(name) - 1]
    there = ", ".join(f"{number} {issue}" for number, issue in enumerate(scene.raised, 1))
    raise TurnRefused(f"There is no issue “{name}” that they have brought up. There are {there}.")


def _lacking(move: Move, scene: Scene, state: State) -> str | None:
    """The first issue brought up that the move was not made about; the one spoken of where each had it."""
    if not state.customer.table.effects[move].per_issue:
        return None
    return next((issue for issue in scene.raised if not state.did(move, issue)), None)
