"""A round as its trainee sees it: each turn with its feedback, where it can go on, and how it came out."""

from collections.abc import Iterator
from dataclasses import dataclass

from amends.errors import AmendsError
from amends.practice.models import Played
from amends.practice.own.models import OWN
from amends.practice.told import Told
from amends.practice.words import COSTS, NAMES, SECTORS
from amends.rehearsal.debrief import ending
from amends.rehearsal.feedback import Remark, hint, remarks
from amends.rehearsal.moves import Act
from amends.rehearsal.personas import personas
from amends.rehearsal.round import Round
from amends.rehearsal.score import score
from amends.rehearsal.shelf import scenarios
from amends.rehearsal.state import State

METERS = (("Temper", "anger"), ("Trust", "trust"), ("Heard", "heard"))
ENDED_AS = {"agreed": "agreed", "fair_close": "closed fairly", "left": "they walked out", "open": "left open"}


@dataclass(frozen=True, slots=True)
class Meter:
    """One feeling of the customer, 0 to 100; `before` is None at the start."""

    label: str
    value: int
    before: int | None = None

    @property
    def change(self) -> str:
        """The change in figures with its sign; "" for none."""
        moved = 0 if self.before is None else self.value - self.before
        return f"{'+' if moved > 0 else '−'}{abs(moved)}" if moved else ""


@dataclass(frozen=True, slots=True)
class Read:
    """One move as a turn was read: which it is, its name, the issue where a round has several, and if it costs.

    `issue` is its id, or "" where the move is about none in particular.
    """

    move: str
    issue: str
    name: str
    about: str
    costs: bool


@dataclass(frozen=True, slots=True)
class TurnShown:
    """One turn: the words, how they were read, what they did, the customer's answer, and one thing to try."""

    number: int
    told: Told
    read: tuple[Read, ...]
    remarks: tuple[Remark, ...]
    meters: tuple[Meter, ...]
    answer: str
    next: str


@dataclass(frozen=True, slots=True)
class Line:
    """One round in a list; `score` is None while it is open or when this version cannot play it any more."""

    played: Played
    title: str
    who: str
    turns: int
    score: int | None
    how: str


def opening(played: Round) -> tuple[str, tuple[Meter, ...]]:
    """Return the customer's first words, and how they come."""
    return played.talks[0].said, meters(played.states[0])


def turns_of(row: Played, played: Round) -> Iterator[TurnShown]:
    """Return each turn with its feedback."""
    course, said = played.states, played.talks
    for at, one in enumerate(row.told):
        advice = hint(course[at + 1], said[at + 1], played)
        yield TurnShown(
            number=at + 1,
            told=one,
            read=tuple(_read(act, played) for act in one.acts),
            remarks=remarks(course[at], one.turn),
            meters=meters(course[at + 1], course[at]),
            answer=said[at + 1].said,
            next=advice.sentence if advice else "",
        )


def meters(state: State, before: State | None = None) -> tuple[Meter, ...]:
    """Return the three feelings that are shown, with what they were before."""
    return tuple(
        Meter(label, _of_100(getattr(state, name)), None if before is None else _of_100(getattr(before, name)))
        for label, name in METERS
    )


def lines(rows: list[Played]) -> list[Line]:
    """Return rounds as lines of a list."""
    return [_line(row) for row in rows]


def by_sector() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the scenarios as (id, title), sector by sector."""
    found = scenarios().values()
    return [(SECTORS[sector], [(one.id, one.title) for one in found if one.sector == sector]) for sector in SECTORS]


def _read(act: Act, played: Round) -> Read:
    issues = played.customer.issues
    about = f"issue {issues.index(act.issue) + 1}" if len(issues) > 1 and act.issue in issues else ""
    return Read(act.move.value, act.issue or "", NAMES[act.move], about, act.move in COSTS)


def names_of(row: Played) -> tuple[str, str]:
    """Return what happened and to whom, as their ids where this version no longer has them."""
    what, who = scenarios().get(row.scenario), personas().get(row.persona)
    title = row.version.title if row.version else what.title if what else _gone(row.scenario)
    return title, who.name if who else row.persona


def _gone(scenario: str) -> str:
    return "A scenario that was taken away" if scenario.startswith(OWN) else scenario


def _line(row: Played) -> Line:
    title, name = names_of(row)
    if row.ended_at is None:
        return Line(row, title, name, len(row.turns), None, "open")
    try:
        played = row.round()
        reached = round(score(played.customer, played.turns).total)
        return Line(row, title, name, len(row.turns), reached, ENDED_AS[ending(played)])
    except AmendsError:
        return Line(row, title, name, len(row.turns), None, "played with an earlier version")


def _of_100(value: float) -> int:
    return round(100 * value)
