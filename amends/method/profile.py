"""Regulatory profiles as data: what a rule book asks of a complaint, and the clocks it starts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from amends.method.calendars import Calendar
from amends.method.deadlines import Term, Unit, due

PROFILES = ("own", "uk_disp", "uk_ombudsman", "us_cfpb", "us_dot")
NOT_CHECKED = "not checked against the legal text"


class Moment(StrEnum):
    """What happens to a complaint that a rule book's clock starts from, or is met by."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    PROGRESS_TOLD = "progress_told"
    EXTENSION_TOLD = "extension_told"
    AGREED = "agreed"
    FINAL_RESPONSE = "final_response"
    ESCALATED = "escalated"
    STAGE2_ACKNOWLEDGED = "stage2_acknowledged"
    STAGE2_EXTENSION_TOLD = "stage2_extension_told"
    STAGE2_RESPONSE = "stage2_response"


class Kind(StrEnum):
    """What a clause is about: a time, what a letter holds, or how people behave."""

    CLOCK = "clock"
    CONTENT = "content"
    CONDUCT = "conduct"


@dataclass(frozen=True, slots=True)
class Extension:
    """A longer term that counts once its reason and new date were told before the first term ran out."""

    term: Term
    told_by: Moment


@dataclass(frozen=True, slots=True)
class Clock:
    """A term of a clause. A chance that is missed makes nothing late; `only_for` names the complaints it is for."""

    name: str
    starts: Moment
    term: Term
    met_by: tuple[Moment, ...]
    extension: Extension | None = None
    is_chance: bool = False
    only_for: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One provision, in our own words; `checked_against_text` says whether somebody compared it with the original."""

    id: str
    kind: Kind
    words: str
    checked_against_text: bool
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A rule book: its clauses, how many stages it has, and its own business days where it does not use the team's."""

    key: str
    name: str
    clauses: tuple[Clause, ...]
    stages: int = 1
    different_reviewer: bool = False
    business: Calendar | None = None


@dataclass(frozen=True, slots=True)
class ProfileClock:
    """One clock of one case; without `due_at` what starts it has not happened yet."""

    clause: Clause
    clock: Clock
    due_at: datetime | None
    met_at: datetime | None

    @property
    def name(self) -> str:
        """What is due, with the complaints it is for: "Final response, if it is about a payment"."""
        return f"{self.clock.name}, if {self.clock.only_for}" if self.clock.only_for else self.clock.name

    def is_late(self, now: datetime) -> bool:
        """Whether it was met after its time, or its time has passed unmet; a missed chance is never late."""
        return self.due_at is not None and not self.clock.is_chance and (self.met_at or now) > self.due_at


def clocks(profile: Profile, times: Mapping[Moment, datetime], calendar: Calendar) -> tuple[ProfileClock, ...]:
    """Every clock of a profile for one case, given when each moment first happened.

    Business days are the profile's own where it names some, else the team's.
    """
    days = profile.business or calendar
    return tuple(
        ProfileClock(clause, clock, clock_due(clock, times, days), _met_at(clock, times))
        for clause in profile.clauses
        for clock in clause.clocks
    )


def clock_due(clock: Clock, times: Mapping[Moment, datetime], calendar: Calendar) -> datetime | None:
    """When a clock runs out, with its extension when that was told in time; None before it has started."""
    started_at = times.get(clock.starts)
    if started_at is None:
        return None
    first_due = due(clock.term, calendar, started_at)
    told_at = times.get(clock.extension.told_by) if clock.extension else None
    if clock.extension and told_at and first_due and told_at <= first_due:
        return due(clock.extension.term, calendar, started_at)
    return first_due


def moments_counted(profile: Profile) -> frozenset[Moment]:
    """Every moment that a clock of the profile starts from, is met by, or is made longer by."""
    every = [clock for clause in profile.clauses for clock in clause.clocks]
    longer = {clock.extension.told_by for clock in every if clock.extension}
    return frozenset(longer.union(*({clock.starts, *clock.met_by} for clock in every)))


@cache
def profile_of(key: str) -> Profile:
    """The profile with this key; ValueError when there is none."""
    if key not in PROFILES:
        raise ValueError(f"There is no profile “{key}”. There are: {', '.join(PROFILES)}.")
    return parse_profile(
        key, tomllib.loads(files("amends.method").joinpath("profiles", f"{key}.toml").read_text("utf-8"))
    )


def parse_profile(key: str, data: dict[str, Any]) -> Profile:
    """The profile in a TOML file; a name nobody knows is a TypeError, a value nobody knows a ValueError."""
    business = Calendar.from_data(data.pop("business")) if "business" in data else None
    clauses = tuple(_clause(**row) for row in data.pop("clause"))
    return Profile(key=key, clauses=clauses, business=business, **data)


def _clause(
    id: str,
    kind: str,
    words: str,
    checked_against_text: bool,
    clock: tuple[dict[str, Any], ...] = (),
) -> Clause:
    if (kind == Kind.CLOCK) != bool(clock):
        raise ValueError(f"{id}: a clause of the kind clock has clocks, and no other has.")
    return Clause(id, Kind(kind), words.strip(), checked_against_text, tuple(_clock(**row) for row in clock))


def _clock(
    *,
    name: str,
    starts: str,
    within: dict[str, Any],
    met_by: list[str],
    extended: dict[str, Any] | None = None,
    **rest: Any,
) -> Clock:
    extension = Extension(_term(extended), Moment(extended["told_by"])) if extended else None
    return Clock(name, Moment(starts), _term(within), tuple(Moment(one) for one in met_by), extension, **rest)


def _term(row: dict[str, Any]) -> Term:
    return Term(row["amount"], Unit(row["unit"]))


def _met_at(clock: Clock, times: Mapping[Moment, datetime]) -> datetime | None:
    return min((times[moment] for moment in clock.met_by if moment in times), default=None)
