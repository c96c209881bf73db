"""Which remedies come first for what went wrong: repaid in kind, then the next best, then the rest, never none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Repays(StrEnum):
    """What a remedy gives back."""

    MONEY = "money"
    PRODUCT = "product"
    PERFORMANCE = "performance"
    TIME = "time"
    ATTENTION = "attention"
    INFORMATION = "information"
    ACCESS = "access"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class Failure:
    """A type of failure: what it took, what comes closest when that cannot be given back, and in words."""

    took: Repays
    second: tuple[Repays, ...]
    words: str


ALWAYS: Mapping[str, str] = {
    "explanation": "A written account of what happened",
    "call": "A call from the person responsible",
    "review": "A second look by somebody else",
}
SUBSTITUTE = "credit"

# A category of ours to a failure type of E4 and E7; `second` is what repays when a match is impossible (E8).
FAILURES: Mapping[str, Failure] = {
    "price_billing": Failure(Repays.MONEY, (), "a sum taken wrongly"),
    "product_quality": Failure(Repays.PRODUCT, (Repays.MONEY,), "a flawed product"),
    "service_received": Failure(Repays.PERFORMANCE, (Repays.ATTENTION, Repays.MONEY), "a service not given"),
    "delivery": Failure(Repays.TIME, (Repays.MONEY,), "lost time"),
    "expectation_promise": Failure(Repays.INFORMATION, (Repays.PERFORMANCE,), "an expectation not met"),
    "information": Failure(Repays.INFORMATION, (Repays.MONEY,), "wrong information"),
    "access": Failure(Repays.ACCESS, (Repays.ATTENTION,), "no way in"),
    "privacy": Failure(Repays.SAFETY, (Repays.MONEY,), "data in the wrong hands"),
    "harm_safety": Failure(Repays.SAFETY, (Repays.ATTENTION, Repays.MONEY), "harm"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A remedy of the catalogue, as far as ranking looks at it; what it costs us is not looked at."""

    key: str
    kind: str
    name: str
    repays: str = ""
    suits: frozenset[str] = frozenset()
    entitlement: bool = False


class Place(IntEnum):
    """How well a remedy answers a failure; the smaller the better."""

    OWED = 0
    IN_KIND = 1
    NEXT_BEST = 2
    SUITS = 3
    POSSIBLE = 4
    ALWAYS = 5
    FAILED = 6


@dataclass(frozen=True, slots=True)
class Ranked:
    """A remedy with its place and the reason in words."""

    choice: Choice
    place: Place
    reason: str


def rank(
    choices: Iterable[Choice], categories: frozenset[str], failed: frozenset[str] = frozenset()
) -> tuple[Ranked, ...]:
    """Every remedy, best answer first, each with its reason; never empty, because some things can always be done.

    Repaid in kind comes first (E4: Smith, Bolton & Wagner 1999; E7: Roschk & Gelbrich 2014), then what comes closest,
    store credit among it (E8). A kind in `failed` was tried for this before and comes last (E16). Costs play no part;
    equals stand by name.
    """
    all_of_them = _with_what_is_always_possible(tuple(choices))
    ranked = [_ranked(choice, categories, failed) for choice in all_of_them]
    return tuple(sorted(ranked, key=lambda one: (one.place, one.choice.name, one.choice.key)))


def _with_what_is_always_possible(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    kinds = {choice.kind for choice in choices}
    return choices + tuple(Choice(kind, kind, name) for kind, name in ALWAYS.items() if kind not in kinds)


def _ranked(choice: Choice, categories: frozenset[str], failed: frozenset[str]) -> Ranked:
    if choice.kind in failed:
        return Ranked(choice, Place.FAILED, "Was tried for this before and did not hold")
    failures = [FAILURES[category] for category in sorted(categories) if category in FAILURES]
    fit = min((_fit(choice, failure) for failure in failures), default=None, key=lambda found: found[0])
    if choice.entitlement and categories & choice.suits:
        return Ranked(choice, Place.OWED, "Owed to them anyway")
    if fit is not None and fit[0] is not Place.POSSIBLE:
        return Ranked(choice, *fit)
    if categories & choice.suits:
        return Ranked(choice, Place.SUITS, "Chosen for issues like these")
    if choice.kind in ALWAYS:
        return Ranked(choice, Place.ALWAYS, "Can always be done")
    return Ranked(choice, Place.POSSIBLE, "Possible, though not made for this")


def _fit(choice: Choice, failure: Failure) -> tuple[Place, str]:
    if choice.repays == failure.took:
        return Place.IN_KIND, f"Repays {failure.took} in {failure.took}"
    if choice.repays in failure.second:
        return Place.NEXT_BEST, f"Repays {choice.repays}, the nearest to {failure.took} for {failure.words}"
    if choice.kind == SUBSTITUTE:
        return Place.NEXT_BEST, f"Stands in where {failure.took} cannot be given back"
    return Place.POSSIBLE, ""
