"""Drills for one skill: a short task, the trainee's words, and at once what they did; nothing of it is kept."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from amends.cases.errors import Incomplete
from amends.practice.told import Told, told
from amends.rehearsal.feedback import Remark, remarks
from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.sheet import Entry, Sheet, sheet
from amends.rehearsal.shelf import named_scenario
from amends.rehearsal.state import Turn
from amends.rehearsal.table import table
from amends.rehearsal.voice import scene

WHO = "steady"
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to write: what comes before, what is asked, and which moves are wanted and which spoil it."""

    scenario: Scenario
    so_far: tuple[Move, ...]
    ask: str
    start: str
    wanted: frozenset[Move]
    spoils: frozenset[Move]
    model: str

    @property
    def before(self) -> Round:
        """The round in which the task stands, with the moves made so far as one turn."""
        played = Round(self.scenario, named_persona(WHO))
        issue = played.customer.issues[0]
        acts = tuple(Act(move, issue if table().effects[move].per_issue else None) for move in self.so_far)
        return played.then(Turn(acts)) if acts else played

    @property
    def said(self) -> str:
        """What the customer said last."""
        return self.before.talks[-1].said


@dataclass(frozen=True, slots=True)
class Drill:
    """One skill: its name, why it matters, and its tasks."""

    id: str
    title: str
    why: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: the reading, whether it is what was asked, each thing it did, and the customer's answer."""

    told: Told
    done: bool
    spoilt: tuple[Act, ...]
    remarks: tuple[Remark, ...]
    answer: str


def tried(task: Task, text: str) -> Tried:
    """Return what a text does for a task; raises Incomplete when there is none."""
    if not text.strip():
        raise Incomplete("Nothing was written yet. One or two sentences are enough.", "text")
    before = task.before
    read = told(text, scene(before), before.states[-1])
    after = before.then(read.turn)
    spoilt = tuple(act for act in read.heard if act.move in task.spoils)
    return Tried(
        told=read,
        done=not spoilt and any(act.move in task.wanted for act in read.heard),
        spoilt=spoilt,
        remarks=remarks(before.states[-1], read.turn),
        answer=after.talks[-1].said,
    )


@cache
def drills() -> dict[str, Drill]:
    """Return the drills that come with Amends by id."""
    words = files("amends.practice").joinpath("drills.toml").read_text("utf-8")
    return read_drills(sheet(words, "drills.toml"))


def read_drills(given: Sheet) -> dict[str, Drill]:
    """Return the drills of a file; raises SheetRefused with file, line and field."""
    tasks = [(entry.text("drill"), _task(entry)) for entry in given.listed("task")]
    return {
        entry.text("id"): Drill(
            id=entry.text("id"),
            title=entry.text("title"),
            why=entry.text("why"),
            tasks=tuple(task for drill, task in tasks if drill == entry.text("id")),
        )
        for entry in given.listed("drill")
    }


def _task(entry: Entry) -> Task:
    entry.only("drill", "scenario", "so_far", "ask", "start", "wanted", "spoils", "model")
    return Task(
        scenario=named_scenario(entry.text("scenario")),
        so_far=_moves(entry, "so_far", 0),
        ask=entry.text("ask"),
        start=entry.text("start"),
        wanted=frozenset(_moves(entry, "wanted", 1)),
        spoils=frozenset(_moves(entry, "spoils", 1)),
        model=entry.text("model", LONGEST),
    )


def _moves(entry: Entry, field: str, least: int) -> tuple[Move, ...]:
    known = {move.value: move for move in SAYABLE}
    names = entry.texts(field, least)
    if unknown := [name for name in names if name not in known]:
        raise entry.refused(field, f"names “{unknown[0]}”; there are {', '.join(known)}")
    return tuple(known[name] for name in names)
