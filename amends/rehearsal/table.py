"""The table of moves: what each does to the customer, and the rules that change it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

from amends.rehearsal.moves import Move
from amends.rehearsal.sheet import Entry, Sheet, packaged

FEELINGS = ("anger", "trust", "heard", "patience", "outcome", "process", "manner", "agreement")
PARTS = ("acknowledged", "remedied", "prevented")
NUMBERS = [
    "start",
    "patience",
    "scaling",
    "rule_premature_offer",
    "rule_apology_third",
    "rule_excuse_takes_back",
    "rule_explain_before_own",
    "rule_prevent_before_own",
    "rule_vague_after_repeat",
    "rule_warm_in_middle",
    "rule_abusive_boundary",
    "worth",
    "satisfaction",
    "loyalty",
    "agrees",
]
INSTEAD = ("rule_apology_third", "rule_explain_before_own", "rule_vague_after_repeat", "rule_abusive_boundary")
HELPS = ("rule_abusive_boundary",)

Kind = Literal["least", "times", "plus"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a move does to one of an issue's three parts: at least so much, times, or plus."""

    part: str
    how: Kind
    size: float

    def applied(self, value: float) -> float:
        """Return the part after the change, within 0 and 1."""
        if self.how == "least":
            return max(value, self.size)
        return min(1.0, value * self.size if self.how == "times" else value + self.size)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one move does: sizes by feeling, the untold it takes away, and changes of the issue's parts."""

    sizes: Mapping[str, float]
    untold: float = 0.0
    changes: tuple[Change, ...] = ()
    helps: bool = False
    per_issue: bool = False
    warm: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """All effects and the numbers of all rules; `instead` are the effects that rules put in place of a move's own."""

    effects: Mapping[Move, Effect]
    numbers: Mapping[str, Mapping[str, float]]
    instead: Mapping[str, Effect]

    def perturbed(self, seed: int, spread: float = 0.3) -> "Table":
        """Return a table whose every effect is multiplied by its own draw from U(1 - spread, 1 + spread)."""
        draw = random.Random(seed)  # noqa: S311
        shaken = {move: _shaken(effect, draw, spread) for move, effect in self.effects.items()}
        return replace(self, effects=_with_choice(shaken))


@cache
def table() -> Table:
    """Return the table that comes with Amends."""
    return read_table(packaged("moves.toml"))


def read_table(given: Sheet) -> Table:
    """Return a table out of a file; raises SheetRefused with line, move and field."""
    numbers = {name: _numbers(given.table(name)) for name in NUMBERS}
    instead = {name: Effect(numbers[name], helps=name in HELPS) for name in INSTEAD}
    effects = {move: _effect(given.table(move.value)) for move in Move}
    return Table(_with_choice(effects), MappingProxyType(numbers), MappingProxyType(instead))


def _numbers(entry: Entry) -> Mapping[str, float]:
    return MappingProxyType({field: entry.number(field, -1, 1) for field in entry.fields})


def _effect(entry: Entry) -> Effect:
    entry.only("helps", "per_issue", "warm", "untold", *FEELINGS, *PARTS)
    return Effect(
        sizes=MappingProxyType({name: entry.number(name, -1, 1) for name in FEELINGS if name in entry.fields}),
        untold=entry.number_or("untold", -1, 0, 0.0),
        changes=tuple(_change(entry, part) for part in PARTS if part in entry.fields),
        helps=entry.yes("helps"),
        per_issue=entry.yes("per_issue"),
        warm=entry.yes("warm"),
    )


def _change(entry: Entry, part: str) -> Change:
    words = entry.text(part)
    how: Kind = "times" if words[0] == "*" else "plus" if words[0] == "+" else "least"
    try:
        size = float(words.lstrip("*+"))
    except ValueError:
        raise entry.refused(part, "has to be a number such as “1”, “*.4” or “+.2”") from None
    return Change(part, how, size)


def _shaken(effect: Effect, draw: random.Random, spread: float) -> Effect:
    def around(size: float) -> float:
        return size * draw.uniform(1 - spread, 1 + spread)

    sizes = MappingProxyType({name: around(size) for name, size in effect.sizes.items()})
    return replace(effect, sizes=sizes, untold=around(effect.untold))


def _with_choice(effects: Mapping[Move, Effect]) -> Mapping[Move, Effect]:
    """A choice contains the single offer, so none of its gains is smaller, whatever the numbers are."""
    one, options = effects[Move.OFFER_ONE].sizes, effects[Move.OFFER_OPTIONS]
    gains = {name: max(size, one.get(name, size)) for name, size in options.sizes.items() if size > 0}
    whole = replace(options, sizes=MappingProxyType({**options.sizes, **gains}))
    return MappingProxyType({**effects, Move.OFFER_OPTIONS: whole})
