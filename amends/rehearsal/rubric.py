"""What a round is measured by: the points of each thing, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from amends.rehearsal.sheet import Entry, Sheet, packaged

PROCESS = (
    "listened_before_first_offer",
    "reflect_each_issue",
    "apologise_each_issue",
    "ack_feeling",
    "options",
    "agreement_asked",
    "who_what_when",
    "prevention_each_issue",
)
OVER_APOLOGY = "apology_over_2_per_issue"
PENALTIES = (
    "interrupt",
    "reflect_wrong",
    "non_apology",
    "excuse",
    "blame_customer",
    "blame_other",
    "ask_repeat",
    "vague_commit",
    "overpromise",
    "refuse_flat",
    "transfer_cold",
    "jargon",
    "idle",
    OVER_APOLOGY,
)


@dataclass(frozen=True, slots=True)
class Rubric:
    """How many points each thing gives or takes; `passed` and `lead` are the scores that pass."""

    passed: float
    lead: float
    satisfaction_points: float
    full_at: float
    process: Mapping[str, float]
    penalties: Mapping[str, float]


@cache
def rubric() -> Rubric:
    """Return the rubric that comes with Amends."""
    return read_rubric(packaged("rubric.toml"))


def read_rubric(given: Sheet) -> Rubric:
    """Return a rubric out of a file; raises SheetRefused with line and field."""
    top, satisfaction = given.top, given.table("satisfaction")
    return Rubric(
        passed=top.number("pass", 0, 100),
        lead=top.number("lead", 0, 100),
        satisfaction_points=satisfaction.number("points", 0, 100),
        full_at=satisfaction.number("full_at", 0.01, 1),
        process=_points(given.table("process"), PROCESS),
        penalties=_points(given.table("penalties"), PENALTIES),
    )


def _points(entry: Entry, names: tuple[str, ...]) -> dict[str, float]:
    entry.only(*names)
    return {name: entry.number(name, 0, 100) for name in names}
