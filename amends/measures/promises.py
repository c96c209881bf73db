"""Whether what was promised happened in time: kept, broken, renegotiated beforehand, still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.measures.figure import Figure, share

FEWEST_PROMISES = 20


class Fate(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise: when it was due, when it was done, when both sides agreed on something else."""

    due_at: datetime
    done_at: datetime | None = None
    renegotiated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKeeping:
    """Kept of kept and broken; `overdue` are the broken ones that nobody has done to this day."""

    rate: Figure
    kept: int
    broken: int
    renegotiated: int
    open: int
    overdue: int

    @property
    def words(self) -> str:
        """The rate in a sentence, and the promises that still wait."""
        waiting = f" Overdue and still open: {self.overdue:,}." if self.overdue else ""
        apart = f" Agreed anew before they were due, counted as neither: {self.renegotiated:,}."
        return self.rate.words + waiting + (apart if self.renegotiated else "")


def promise_keeping(promises: Iterable[Promise], now: datetime) -> PromiseKeeping:
    """Kept / (kept + broken) with its Wilson interval; what was renegotiated in time stands apart, never as kept."""
    every = list(promises)
    fates = [fate(one, now) for one in every]
    kept, broken = fates.count(Fate.KEPT), fates.count(Fate.BROKEN)
    return PromiseKeeping(
        rate=share("Promises kept", kept, kept + broken, noun="promises that were due", fewest=FEWEST_PROMISES),
        kept=kept,
        broken=broken,
        renegotiated=fates.count(Fate.RENEGOTIATED),
        open=fates.count(Fate.OPEN),
        overdue=sum(_is_overdue(one, now) for one in every),
    )


def fate(promise: Promise, now: datetime) -> Fate:
    """What became of a promise by now; a new agreement counts only when it came before the old one was due."""
    if promise.renegotiated_at is not None and promise.renegotiated_at < promise.due_at:
        return Fate.RENEGOTIATED
    if promise.done_at is not None and promise.done_at <= min(promise.due_at, now):
        return Fate.KEPT
    return Fate.OPEN if now <= promise.due_at else Fate.BROKEN


def _is_overdue(promise: Promise, now: datetime) -> bool:
    undone = promise.done_at is None or promise.done_at > now
    return undone and fate(promise, now) is Fate.BROKEN
