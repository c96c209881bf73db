"""The corpus of trainee turns as records: what a trainee answers, in which scene, and the moves it makes."""

import tomllib
from dataclasses import dataclass

from amends.language.lexicon import words_in
from amends.language.words import words_of
from amends.rehearsal.moves import Move
from amends.rehearsal.scenario import Scenario, Trouble
from amends.rehearsal.scene import Scene
from bench.language.complaints import CORPORA

ISSUE = "it"
PARTS = ("dev", "held_out")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One turn: the scene's issue, what is known of it, the customer's words, the answer and its moves.

    `told` is what the same customer said in the turns before it.
    """

    file: str
    number: int
    trade: str
    issue: str
    known: tuple[str, ...]
    customer: str
    trainee: str
    moves: frozenset[Move]
    told: tuple[str, ...] = ()


def turns(part: str) -> list[Labelled]:
    """Every turn of one part of the corpus ("dev" or "held_out"); raises ValueError where a label is no move."""
    found = []
    for path in sorted((CORPORA / "turns" / part).glob("*.toml")):
        entries = tomllib.loads(path.read_text())["turn"]
        told: dict[str, tuple[str, ...]] = {}
        for number, entry in enumerate(entries, 1):
            found.append(_labelled(path.name, number, entry, told.get(entry["issue"], ())))
            told[entry["issue"]] = (*found[-1].told, found[-1].customer)
    return found


def _labelled(file: str, number: int, entry: dict[str, object], told: tuple[str, ...]) -> Labelled:
    known, moves = entry["known"], entry["moves"]
    assert isinstance(known, list)
    assert isinstance(moves, list)
    return Labelled(
        file,
        number,
        str(entry["trade"]),
        str(entry["issue"]),
        tuple(map(str, known)),
        str(entry["customer"]),
        str(entry["trainee"]),
        frozenset(map(Move, moves)),
        told,
    )


def scene_of(one: Labelled) -> Scene:
    """Return the scene a turn was written for: one issue, with each content word of its clause as a key."""
    trouble = Trouble(
        id=ISSUE,
        category="",
        said=one.issue,
        keys=tuple((word,) for word in _content(one.issue)),
        details=(one.customer,),
        held_back="",
        promised="",
        remedy="",
        remedy_kinds=(),
        mismatch="",
        cause="",
        change="",
    )
    scenario = Scenario(one.file, one.trade, one.trade, "", "", "", one.known, "", "", (trouble,))
    return Scene(scenario, one.customer, one.told, raised=(ISSUE,))


def _content(words: str) -> tuple[str, ...]:
    stops = words_in("en", "stop_words")
    return tuple(word for word in words_of(words).normal if word[0].isalnum() and word not in stops)
