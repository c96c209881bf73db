"""A round as plain values: what a file or a program keeps of it, and the same round back out of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from amends.errors import AmendsError
from amends.rehearsal.debrief import debrief
from amends.rehearsal.moves import Act, Move
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round, states
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.score import Point
from amends.rehearsal.shelf import named_scenario
from amends.rehearsal.state import State, Turn

FORM = 1
SHOWN = ("anger", "trust", "heard", "patience", "agreement", "satisfaction", "loyalty")


class RecordRefused(AmendsError):
    """Values that are no round; the sentence says what is wrong with them."""


def as_values(played: Round) -> dict[str, Any]:
    """Return a round with all that follows from it: what was said, the course, the score with its evidence."""
    back = debrief(played)
    course, said = played.states, played.talks
    return {
        "form": FORM,
        "scenario": played.scenario.id,
        "persona": played.persona.id,
        "seed": played.seed,
        "agent": played.agent,
        "turns": [_turn(turn) for turn in played.turns],
        "customer": [{"said": talk.said, "answers": talk.when} for talk in said],
        "course": [_figures(state) for state in course],
        "end": _figures(played.end),
        "ending": back.ending,
        "score": round(back.score.total, 1),
        "passed": back.passed,
        "points": [_point(one) for one in (back.score.satisfaction, *back.score.process, *back.score.penalties)],
        "costliest_turn": back.cost.turn if back.cost else None,
        "about": "A toy by design claims: it says nothing about how people feel.",
    }


def from_values(values: Mapping[str, Any], scenario: Scenario | None = None) -> Round:
    """Return the round whose values these are; a team's own scenario has to be given. Raises RecordRefused."""
    try:
        if values["form"] != FORM:
            raise RecordRefused(f"This round is of form {values['form']}; this version reads form {FORM}.")
        turns = tuple(_turn_of(one) for one in values["turns"])
        played = Round(
            scenario=scenario or named_scenario(str(values["scenario"])),
            persona=named_persona(str(values["persona"])),
            seed=int(values["seed"]),
            agent=str(values["agent"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordRefused(f"This is no round that was kept: {error!r}.") from error
    states(played.customer, turns)
    return Round(played.scenario, played.persona, played.seed, turns, played.agent)


def values_of(acts: tuple[Act, ...]) -> list[dict[str, Any]]:
    """Return acts as plain values."""
    return [{"move": act.move.value, "issue": act.issue, "words": act.words} for act in acts]


def acts_of(values: Iterable[Mapping[str, Any]]) -> tuple[Act, ...]:
    """Return the acts that values of `values_of` stand for; raises KeyError, TypeError or ValueError for others."""
    return tuple(Act(Move(one["move"]), one["issue"], str(one["words"])) for one in values)


def _turn(turn: Turn) -> dict[str, Any]:
    return {"acts": values_of(turn.acts), "words": turn.words}


def _turn_of(values: Mapping[str, Any]) -> Turn:
    return Turn(acts_of(values["acts"]), str(values["words"]))


def _figures(state: State) -> dict[str, float]:
    return {name: round(getattr(state, name), 4) for name in SHOWN}


def _point(point: Point) -> dict[str, Any]:
    seen = [{"turn": one.turn, "words": one.words} for one in point.evidence]
    return {"name": point.name, "points": round(point.points, 1), "of": point.most, "evidence": seen}
