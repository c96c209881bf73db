"""The data a verdict was made from, kept as plain JSON so that anybody can make the verdict again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from amends.measures.errors import ImpossibleCount
from amends.measures.weeks import Week

METHOD = 1


@dataclass(frozen=True, slots=True)
class Series:
    """Weeks of something beside the cause: a neighbouring cause, or the same one elsewhere."""

    name: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A change's claim and its figures on the day they were taken.

    `trigger` is the first and the last day of the window that made people act; its weeks are left out, for they were
    chosen because they were bad (E60). `review_on` was fixed before anybody looked; no later week counts. A
    `claimed_fall` of 0.5 said there would be half as many.
    """

    cause: str
    counted_in: str
    weeks: tuple[Week, ...]
    effective_on: date
    review_on: date
    taken_on: date
    claimed_fall: float | None = None
    trigger: tuple[date, date] | None = None
    neighbours: tuple[Series, ...] = ()
    elsewhere: Series | None = None
    seed: int = 1
    method: int = METHOD

    def __post_init__(self) -> None:
        """Refuse dates in an impossible order and weeks given twice."""
        if self.review_on <= self.effective_on:
            raise ImpossibleCount(
                f"The review on {self.review_on} is not after the change on {self.effective_on}. Choose a later day."
            )
        if self.claimed_fall is not None and not 0 < self.claimed_fall <= 1:
            raise ImpossibleCount(
                f"A claimed fall lies between 0 and 1, where 0.5 is a halving; correct {self.claimed_fall:g}."
            )
        starts = [one.starts_on for one in self.weeks]
        if len(set(starts)) != len(starts):
            raise ImpossibleCount("A week stands twice among the figures. Add the counts of each week up first.")

    def before(self, weeks: Sequence[Week] | None = None) -> tuple[Week, ...]:
        """The weeks that ended before the change took effect, without those that touch the trigger window."""
        return tuple(
            one
            for one in _in_order(self.weeks if weeks is None else weeks)
            if one.ends_on < self.effective_on and not self._triggered(one)
        )

    def after(self, weeks: Sequence[Week] | None = None) -> tuple[Week, ...]:
        """The whole weeks since the change took effect, up to the review."""
        return tuple(
            one
            for one in _in_order(self.weeks if weeks is None else weeks)
            if one.starts_on >= self.effective_on and one.ends_on <= self.review_on
        )

    def as_json(self) -> dict[str, Any]:
        """The snapshot as lists, strings and numbers."""
        return {
            "method": self.method,
            "cause": self.cause,
            "counted_in": self.counted_in,
            "effective_on": self.effective_on.isoformat(),
            "review_on": self.review_on.isoformat(),
            "taken_on": self.taken_on.isoformat(),
            "claimed_fall": self.claimed_fall,
            "trigger": [day.isoformat() for day in self.trigger] if self.trigger else None,
            "seed": self.seed,
            "weeks": _plain(self.weeks),
            "neighbours": [_series(one) for one in self.neighbours],
            "elsewhere": _series(self.elsewhere) if self.elsewhere else None,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Snapshot":
        """The snapshot that was kept; raises ImpossibleCount for one of a later method than this program knows."""
        if kept["method"] > METHOD:
            raise ImpossibleCount(
                f"These figures were kept by method {kept['method']}; this program knows {METHOD}. Use a newer Amends."
            )
        first_last = kept["trigger"]
        return cls(
            method=kept["method"],
            cause=kept["cause"],
            counted_in=kept["counted_in"],
            effective_on=date.fromisoformat(kept["effective_on"]),
            review_on=date.fromisoformat(kept["review_on"]),
            taken_on=date.fromisoformat(kept["taken_on"]),
            claimed_fall=kept["claimed_fall"],
            trigger=(date.fromisoformat(first_last[0]), date.fromisoformat(first_last[1])) if first_last else None,
            seed=kept["seed"],
            weeks=_weeks(kept["weeks"]),
            neighbours=tuple(Series(one["name"], _weeks(one["weeks"])) for one in kept["neighbours"]),
            elsewhere=Series(kept["elsewhere"]["name"], _weeks(kept["elsewhere"]["weeks"]))
            if kept["elsewhere"]
            else None,
        )

    def _triggered(self, week: Week) -> bool:
        return self.trigger is not None and week.starts_on <= self.trigger[1] and week.ends_on >= self.trigger[0]


def _in_order(weeks: Sequence[Week]) -> list[Week]:
    return sorted(weeks, key=lambda one: one.starts_on)


def _plain(weeks: Sequence[Week]) -> list[list[Any]]:
    return [[one.starts_on.isoformat(), one.count, one.exposure] for one in weeks]


def _series(series: Series) -> dict[str, Any]:
    return {"name": series.name, "weeks": _plain(series.weeks)}


def _weeks(kept: Sequence[Sequence[Any]]) -> tuple[Week, ...]:
    return tuple(Week(date.fromisoformat(day), count, exposure) for day, count, exposure in kept)
