"""One verb for many cases: each in its own transaction, each with its own outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.errors import AmendsError
from amends.team.models import User
from amends.verbs.perform import perform

TOGETHER = ("assign", "snooze", "note", "send_phrase", "close")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: the refusal that says why not, or None when it was done."""

    case: int
    refusal: AmendsError | None = None


def each(verb: str, cases: Sequence[int], fields: Mapping[str, object], *, by: User, now: datetime) -> list[Outcome]:
    """Do the verb to every case as if alone; a refusal of one stops no other."""
    return [_one(verb, case, fields, by, now) for case in cases]


def _one(verb: str, case: int, fields: Mapping[str, object], by: User, now: datetime) -> Outcome:
    try:
        perform(verb, case, fields, by=by, now=now)
    except AmendsError as refusal:
        return Outcome(case, refusal)
    return Outcome(case)
