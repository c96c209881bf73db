"""Playing a round: begin, say a turn, correct how it was read, try again from a turn, end."""

import random
import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from amends.cases.errors import Incomplete, NotPossible, NotThere
from amends.cases.ledger import writing
from amends.practice.models import Played
from amends.practice.own.find import find_key, kept
from amends.practice.passing import pass_round
from amends.practice.told import Told, told
from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.personas import Persona, named_persona, personas, who_suits
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.scene import Scene
from amends.rehearsal.shelf import named_scenario, scenarios
from amends.rehearsal.state import State
from amends.rehearsal.voice import scene
from amends.team.calendar import zone_of
from amends.team.models import User

SEEDS = 10_000
DAILY_TURNS = 4
MOST_TURNS = 60
NOT_THERE = "There is no such round of yours."
ELSEWHERE = "This round went on in another window. Here is where it stands now."


def find_round(number: int, trainee: User) -> Played:
    """Return a round of this person; raises NotThere for one that is not there or not theirs, alike."""
    found = Played.objects.of(trainee).filter(pk=number).first()
    if found is None:
        raise NotThere(NOT_THERE)
    return found


def begin(scenario: str, persona: str, *, by: User, now: datetime, most_turns: int | None = None) -> Played:
    """Return a new round; raises SheetRefused for a scenario or a persona there is not, NotPossible for who does not
    suit it.
    """
    own = find_key(scenario, by)
    what, key = (own.playing.read(), own.own.key) if own and own.playing else _packaged(scenario)
    who = named_persona(persona)
    if who not in who_suits(what):
        suits = " or ".join(f"“{one.name}”" for one in who_suits(what))
        raise NotPossible(f"“{what.title}” was not written for “{who.name}”. It is for {suits}.")
    return Played.objects.create(
        trainee=by,
        scenario=key,
        version=own.playing if own else None,
        persona=who.id,
        seed=secrets.randbelow(SEEDS),
        most_turns=most_turns,
        started_at=now,
    )


def _packaged(scenario: str) -> tuple[Scenario, str]:
    found = named_scenario(scenario)
    return found, found.id


def surprise(*, by: User, now: datetime) -> Played:
    """Return a new round with anything, the house's own too, and anybody it is for."""
    own = [one for one in kept(by) if one.playing]
    key = secrets.choice([*scenarios(), *(one.own.key for one in own)])
    found = find_key(key, by)
    what = found.playing.read() if found and found.playing else named_scenario(key)
    return begin(key, secrets.choice(who_suits(what)).id, by=by, now=now)


def daily(*, by: User, now: datetime) -> Played:
    """Return today's short round: the open one, the day's own, or after that one more with somebody else.

    A day is one in the zone of the team. It draws from what comes with Amends alone, so that what a house writes
    changes nobody's day.
    """
    zone = zone_of(by.team)
    day = now.astimezone(zone).date()
    short_ones = Played.objects.of(by).exclude(most_turns=None)[:20]
    today = [one for one in short_ones if one.started_at.astimezone(zone).date() == day]
    waiting = next((one for one in today if one.ended_at is None), None)
    if waiting is not None:
        return waiting
    draw = random.Random(f"{day}:{by.pk}:{len(today)}")  # noqa: S311 - which exercise comes is no secret
    what, who = draw.choice(list(scenarios())), draw.choice(short())
    return begin(what, who.id, by=by, now=now, most_turns=DAILY_TURNS)


def short() -> list[Persona]:
    """Return the people whose trouble fits into a few turns: one issue, no insults, an agreement within reach."""
    return [one for one in personas().values() if one.issues == 1 and not one.abusive and not one.fair_close]


def say(played: Played, text: str, number: int | None, *, now: datetime) -> None:
    """Play turn `number`; raises Incomplete for silence, NotPossible when the round is over or went on elsewhere."""
    as_played = played.round()
    if played.is_over(as_played):
        raise NotPossible("This round is over. Try again from one of its turns, or look at the debrief.")
    if not text.strip():
        name = as_played.scenario.customer
        raise Incomplete(f"Nothing was sent, and {name} is waiting. One sentence is enough.", "text")
    if len(played.turns) >= MOST_TURNS:
        raise NotPossible(f"{MOST_TURNS} turns are more than anybody waits. End the round and look at the debrief.")
    spoken = told(text, scene(as_played), as_played.states[-1])
    _put(played, number, played.turns, spoken)


def correct(played: Played, moves: Collection[str], issue: str, number: int | None) -> None:
    """Let the last turn count as these moves; those it was not read as are about `issue`, where one is named.

    Raises NotPossible for a turn that is not the last one, or when the round has ended.
    """
    last = _last(played, number)
    before = played.round().back_to(len(played.turns))
    known = {move.value: move for move in SAYABLE}
    wanted = [known[name] for name in moves if name in known]
    kept = [act for act in last.acts if act.move in wanted]
    new = [move for move in wanted if move not in {act.move for act in kept}]
    added = [Act(move, _about(move, issue, scene(before), before.states[-1])) for move in new]
    _put(played, number, played.turns[:-1], replace(last, corrected=(*kept, *added)))


def take_off(played: Played, move: str, issue: str, number: int | None) -> None:
    """Let the last turn count without one move about one issue ("" for none in particular); twice changes nothing.

    Raises NotPossible as `correct` does.
    """
    last = _last(played, number)
    kept = tuple(act for act in last.acts if (act.move, act.issue or "") != (move, issue))
    _put(played, number, played.turns[:-1], replace(last, corrected=kept))


def _last(played: Played, number: int | None) -> Told:
    if played.ended_at is not None or not played.turns or number != len(played.turns):
        raise NotPossible("Only the last turn of an open round can be read again. Try again from an earlier one.")
    return played.told[-1]


def _about(move: Move, issue: str, before: Scene, state: State) -> str | None:
    """The issue named, or else the first brought up that lacks the move; None for a move about none in particular."""
    if not state.customer.table.effects[move].per_issue:
        return None
    if issue in before.raised:
        return issue
    return next((one for one in before.raised if not state.did(move, one)), None)


def _put(played: Played, number: int | None, before: list[dict[str, Any]], turn: Told) -> None:
    """Write turn `number` behind those before it, unless the round has changed since it was read."""
    turns = [*before, turn.as_values()]
    with writing():
        row = Played.objects.filter(pk=played.pk, ended_at=None).first()
        if row is None or row.turns != played.turns or number != len(turns):
            raise NotPossible(ELSEWHERE)
        row.turns = turns
        row.save(update_fields=["turns"])
    played.turns = turns


def try_again(played: Played, number: int | None, *, now: datetime) -> Played:
    """Return a new round that stands where this one stood before turn `number`; raises NotPossible."""
    if number is None or not 1 <= number <= len(played.turns):
        raise NotPossible("There is no such turn to try again.")
    return Played.objects.create(
        trainee=played.trainee,
        scenario=played.scenario,
        version=played.version,
        persona=played.persona,
        seed=played.seed,
        turns=played.turns[: number - 1],
        most_turns=played.most_turns,
        branch_of=played,
        branched_at=number,
        started_at=now,
    )


def said_before(played: Played) -> str:
    """Return what was written at the turn that is now tried another way, as long as it is its turn; otherwise ""."""
    origin = played.branch_of if played.branched_at == len(played.turns) + 1 else None
    return origin.told[len(played.turns)].text if origin is not None and len(origin.turns) > len(played.turns) else ""


def end(played: Played, *, now: datetime) -> None:
    """End the round, and note it when it passed; raises NotPossible before its first turn.

    To end it twice changes nothing.
    """
    if not played.turns:
        raise NotPossible("Nothing was said yet, so there is nothing to look back on. Say one sentence first.")
    with writing():
        if Played.objects.filter(pk=played.pk, ended_at=None).update(ended_at=now):
            pass_round(Played.objects.get(pk=played.pk), now=now)
