"""Rounds in words, a good one and the same with one worse turn: is the better one scored higher?"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round
from amends.rehearsal.score import score
from amends.rehearsal.shelf import named_scenario
from amends.rehearsal.typed import typed
from amends.rehearsal.voice import scene

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "rounds"
PERSONA = "steady"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rounds in words of one scenario that differ in one turn, and what was done to it."""

    scenario: str
    flaw: str
    better: tuple[str, ...]
    worse: tuple[str, ...]


def pairs() -> Iterator[Pair]:
    """Return every pair of the corpus."""
    for file in sorted(FOLDER.glob("*.toml")):
        for one in tomllib.loads(file.read_text("utf-8"))["round"]:
            good = tuple(one["good"])
            for worse in one["worse"]:
                at = worse["at"] - 1
                yield Pair(one["scenario"], worse["flaw"], good, (*good[:at], worse["say"], *good[at + 1 :]))


@cache
def played(scenario: str, words: tuple[str, ...], persona: str = PERSONA) -> Round:
    """Return the round in which a trainee says these words, read as the practice room reads them."""
    if not words:
        return Round(named_scenario(scenario), named_persona(persona), seed=1)
    one = played(scenario, words[:-1], persona)
    return one if one.over else one.then(typed(words[-1], scene(one), one.states[-1]).turn)


def points(one: Round) -> float:
    """Return what a round sums to, not cut off at nothing."""
    return score(one.customer, one.turns).sum


def wrong() -> list[Pair]:
    """Return the pairs whose better round is not scored higher."""
    found = list(pairs())
    return [one for one in found if points(played(one.scenario, one.worse)) >= points(played(one.scenario, one.better))]
