"""The simulated people: how angry, trusting and patient each begins, and what they ask before they agree."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from amends.rehearsal.scenario import Scenario
from amends.rehearsal.sheet import Entry, Sheet, SheetRefused, packaged

MOST_ISSUES = 6
FIELDS = [
    "id",
    "name",
    "anger",
    "trust",
    "patience",
    "untold",
    "react",
    "soothe",
    "weights",
    "needs",
    "stands",
    "bored",
    "issues",
    "earlier_failures",
    "abusive",
    "fair_close",
    "says",
    "hides",
    "trains",
    "exit",
]


@dataclass(frozen=True, slots=True)
class Persona:
    """One person to practise with; shares are 0 to 1, `weights` are of outcome, process and manner, summing to 1.

    `react` scales what harms, `soothe` what helps; `needs` is the agreement they want, `stands` the anger with which
    they still agree. `fair_close` marks somebody nobody can satisfy: their round is won by a fair close.
    """

    id: str
    name: str
    anger: float = 0.60
    trust: float = 0.45
    patience: float = 0.80
    untold: float = 1.0
    react: float = 1.0
    soothe: float = 1.0
    weights: tuple[float, float, float] = (0.40, 0.22, 0.38)
    needs: float = 0.60
    stands: float = 0.45
    bored: float = 1.0
    issues: int = 1
    earlier_failures: int = 0
    abusive: bool = False
    fair_close: bool = False
    says: str = ""
    hides: str = ""
    trains: str = ""
    exit: str = ""


@cache
def personas() -> dict[str, Persona]:
    """Return the personas that come with Amends by id, in the order of the file."""
    return read_personas(packaged("personas.toml"))


def read_personas(given: Sheet) -> dict[str, Persona]:
    """Return the personas of a file by id; raises SheetRefused with line, entry and field."""
    found: dict[str, Persona] = {}
    for entry in given.listed("persona"):
        one = _persona(entry)
        if one.id in found:
            raise entry.refused("id", f"is “{one.id}”, which stands there already")
        found[one.id] = one
    return found


def named_persona(name: str) -> Persona:
    """Return a persona by id; raises SheetRefused with those there are."""
    if name not in personas():
        raise SheetRefused(f"There is no persona “{name}”. There are {', '.join(personas())}.")
    return personas()[name]


def who_suits(scenario: Scenario) -> list[Persona]:
    """Return the personas a scenario is for, in the order of their file: everybody where it names none."""
    return [one for one in personas().values() if not scenario.suits or one.id in scenario.suits]


def _persona(entry: Entry) -> Persona:
    entry.only(*FIELDS)
    plain = Persona("", "")
    rest: dict[str, Any] = {name: entry.text_or(name, "") for name in ("says", "hides", "trains", "exit")}
    rest |= {name: entry.number_or(name, 0, 1, getattr(plain, name)) for name in ("anger", "trust", "patience")}
    rest |= {name: entry.number_or(name, 0, 1, getattr(plain, name)) for name in ("needs", "stands")}
    rest |= {name: entry.number_or(name, 0, 3, getattr(plain, name)) for name in ("untold", "react", "soothe")}
    return Persona(
        id=entry.text("id"),
        name=entry.text("name"),
        weights=_weights(entry, plain.weights),
        bored=entry.number_or("bored", 0, 5, plain.bored),
        issues=int(entry.number_or("issues", 1, MOST_ISSUES, plain.issues)),
        earlier_failures=int(entry.number_or("earlier_failures", 0, 9, 0)),
        abusive=entry.yes("abusive"),
        fair_close=entry.yes("fair_close"),
        **rest,
    )


def _weights(entry: Entry, default: tuple[float, float, float]) -> tuple[float, float, float]:
    value = entry.fields.get("weights", default)
    fine = len(value) == len(default) and all(isinstance(one, int | float) and 0 <= one <= 1 for one in value)
    if not fine or abs(sum(value) - 1) > 1e-9:
        raise entry.refused("weights", "has to be three shares (outcome, process, manner) that sum to 1")
    outcome, process, manner = value
    return float(outcome), float(process), float(manner)
