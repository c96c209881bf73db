"""`amends practise`: answer a simulated customer in the terminal, without a desk, a database or a network."""

import json
import random
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from amends.cli import app
from amends.cli.practise_input import entries
from amends.cli.practise_screen import Screen
from amends.errors import AmendsError
from amends.rehearsal.personas import named_persona
from amends.rehearsal.record import as_values
from amends.rehearsal.round import AGENT, Round
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.shelf import named_scenario, scenario_of_file, scenarios
from amends.rehearsal.state import Turn
from amends.rehearsal.step import TurnRefused
from amends.rehearsal.typed import CORRECTS, Typed, moves_of, typed
from amends.rehearsal.voice import scene
from amends.rehearsal.winnable import refuse_what_cannot_be_won

SEEDS = 10_000
FIRST = "steady"


@app.command()
def practise(
    scenario: str = typer.Option("", help="What happened, by its id; without one the seed picks it."),
    persona: str = typer.Option(FIRST, help="Who it happened to, by id."),
    seed: int | None = typer.Option(None, help="The same seed gives the same customer again."),
    agent: str = typer.Option(AGENT, help="The name they know you by."),
    file: Path | None = typer.Option(None, help="A scenario you wrote yourself, as TOML."),
    as_json: bool = typer.Option(False, "--json", help="Print the round as JSON; the talk goes to standard error."),
    listed: bool = typer.Option(False, "--list", help="List scenarios and personas."),
) -> None:
    """Practise with an upset customer who is simulated, with feedback after every turn; nothing of it is kept."""
    screen = Screen(to_stderr=as_json, file=file)
    if listed:
        screen.lists()
        return
    if file and scenario:
        raise typer.BadParameter("The file is the scenario; leave --scenario out.")
    chosen = secrets.randbelow(SEEDS) if seed is None else seed
    try:
        what = scenario_of_file(file) if file else _scenario(scenario, chosen)
        played = Round(what, named_persona(persona), chosen, agent=agent)
        refuse_what_cannot_be_won(what, played.persona)
    except AmendsError as error:
        raise typer.BadParameter(str(error)) from error
    played = _play(played, screen)
    if as_json:
        typer.echo(json.dumps(as_values(played), ensure_ascii=False, indent=2))


def _scenario(name: str, seed: int) -> Scenario:
    return named_scenario(name or random.Random(seed).choice(list(scenarios())))  # noqa: S311


def _play(played: Round, screen: Screen) -> Round:
    """Play until `end` or the end of the input; at a keyboard the debrief may be followed by another try."""
    screen.begins(played)
    given = entries(screen)
    while True:
        played, ended = _until_end(played, given, screen)
        screen.debrief(played)
        if ended or not (sys.stdin.isatty() and played.turns):
            return played
        screen.offers_another_try()
        again = next(given, "")
        if not again.startswith("back"):
            return played
        played = _told(played, again, screen)


def _until_end(played: Round, given: Iterator[str], screen: Screen) -> tuple[Round, bool]:
    """Return the round once `end` was typed, and whether the input was over before that."""
    for entry in given:
        if entry == "end":
            return played, False
        played = _told(played, entry, screen)
    return played, True


def _told(played: Round, entry: str, screen: Screen) -> Round:
    try:
        return _entered(played, entry, screen)
    except AmendsError as error:
        screen.refuses(str(error))
        return played


def _entered(played: Round, entry: str, screen: Screen) -> Round:
    if entry == "help":
        screen.helps()
        return played
    if entry == "back" or entry.startswith("back "):
        return _back(played, entry, screen)
    if entry.startswith(CORRECTS) and played.turns and played.turns[-1].words:
        return _corrected(played, entry, screen)
    read = typed(entry, scene(played), played.states[-1])
    return _shown(played.then(read.turn), read, screen)


def _back(played: Round, entry: str, screen: Screen) -> Round:
    number = entry.removeprefix("back").strip()
    again = played.back_to(int(number) if number else max(1, len(played.turns)))
    screen.again(again)
    return again


def _corrected(played: Round, entry: str, screen: Screen) -> Round:
    """The last turn with the moves the trainee says it made."""
    before = played.back_to(len(played.turns))
    acts = moves_of(entry, scene(before), before.states[-1])
    if not acts:
        raise TurnRefused("Write the moves after the sign, such as =reflect+excuse. Type help for all of them.")
    read = Typed(Turn(acts, played.turns[-1].words), corrected=True)
    return _shown(before.then(read.turn), read, screen)


def _shown(played: Round, read: Typed, screen: Screen) -> Round:
    screen.turn(played, read)
    return played
