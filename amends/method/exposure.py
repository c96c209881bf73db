"""How much somebody has carried lately, from what they said of their contacts themselves, and when a break is offered.

The figures are a starting point to be argued with, not a measure of a person: the shape follows E44 to E46, the
numbers in it are judgement ([J]). Nothing here reads a voice, a face or anybody's words (E47).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FAST_HALF_LIFE = timedelta(minutes=90)
SLOW_HALF_LIFE = timedelta(hours=20)
SLOW_GAIN = 0.3
USUAL_MINUTES = 15
CHOSEN = 0.5
BREAK_AT = 6.0
HARD_POINTS = 2
HARD_WITHIN = timedelta(minutes=60)
HARD_ENOUGH = 3
LONG_STRETCH = timedelta(hours=2)
AWAY = timedelta(minutes=5)
BREAK_MINUTES, AFTER_ABUSE_MINUTES, MOST_MINUTES = 10, 15, 20


class Felt(StrEnum):
    """How a contact was, as the person says in one tap."""

    CALM = "calm"
    UPSET = "upset"
    ANGRY = "angry"
    DISTRESSING = "distressing"
    ABUSIVE = "abusive"


POINTS: dict[Felt, int] = {Felt.CALM: 0, Felt.UPSET: 1, Felt.ANGRY: 2, Felt.DISTRESSING: 3, Felt.ABUSIVE: 4}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: when it ended, how it was, how long it took, and whether the person had chosen the case."""

    at: datetime
    felt: Felt
    minutes: int = USUAL_MINUTES
    chosen: bool = False

    @property
    def points(self) -> float:
        """The points of this contact, 0 to 8: what it was, times how long, halved when it was chosen (E44)."""
        lasted = min(2.0, max(0.5, self.minutes / USUAL_MINUTES))
        return POINTS[self.felt] * lasted * (CHOSEN if self.chosen else 1.0)

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return self.at - timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Rest:
    """One break: from when to when."""

    began_at: datetime
    ended_at: datetime

    @property
    def leaves(self) -> float:
        """The part of the fast load a break of this length leaves; the effect is small (E46), the numbers are [J]."""
        minutes = (self.ended_at - self.began_at) / timedelta(minutes=1)
        return 0.5 if minutes >= 20 else 0.65 if minutes >= 10 else 1.0


@dataclass(frozen=True, slots=True)
class Exposure:
    """What is carried at one moment: the load of these hours, and what is left of it until the next morning (E45)."""

    fast: float = 0.0
    slow: float = 0.0

    @property
    def score(self) -> float:
        """Both together, never below nought."""
        return self.fast + self.slow

    def later(self, span: timedelta) -> "Exposure":
        """What is left of it after a time in which nothing happened."""
        return Exposure(self.fast * 0.5 ** (span / FAST_HALF_LIFE), self.slow * 0.5 ** (span / SLOW_HALF_LIFE))


def exposure(contacts: Sequence[Contact], rests: Sequence[Rest], now: datetime) -> Exposure:
    """What somebody carries now, from their contacts and the breaks that are over; the order given does not matter."""
    felt, last = Exposure(), now
    for at, change in sorted(_changes(contacts, rests, now), key=lambda one: (one[0], one[1].points, one[1].leaves)):
        felt = felt.later(at - last) if felt.score else felt
        felt = Exposure((felt.fast + change.points) * change.leaves, felt.slow + SLOW_GAIN * change.points)
        last = at
    return felt.later(now - last)


@dataclass(frozen=True, slots=True)
class _Change:
    points: float = 0.0
    leaves: float = 1.0


def _changes(contacts: Sequence[Contact], rests: Sequence[Rest], now: datetime) -> list[tuple[datetime, _Change]]:
    told = [(one.at, _Change(points=one.points)) for one in contacts if one.at <= now]
    return told + [(one.ended_at, _Change(leaves=one.leaves)) for one in rests if one.ended_at <= now]


@dataclass(frozen=True, slots=True)
class Offered:
    """A break to offer: why, as a sentence to the person, and for how many minutes."""

    why: str
    minutes: int


def break_to_offer(contacts: Sequence[Contact], rests: Sequence[Rest], now: datetime) -> Offered | None:
    """The break to offer now, None when no rule says so; only what came after the latest break is looked at.

    An abusive contact counts for an hour, the evidence names no end ([J]).
    """
    rested = max((one.ended_at for one in rests if one.ended_at <= now), default=None)
    since = [one for one in contacts if one.at <= now and (rested is None or one.at > rested)]
    recent = [one for one in since if one.at > now - HARD_WITHIN]
    if any(one.felt is Felt.ABUSIVE for one in recent):
        return Offered("Somebody was abusive to you. That was not about you.", AFTER_ABUSE_MINUTES)
    if sum(POINTS[one.felt] >= HARD_POINTS for one in recent) >= HARD_ENOUGH:
        return Offered("You have had three hard conversations within an hour.", BREAK_MINUTES)
    if since and exposure(contacts, rests, now).score >= BREAK_AT:
        return Offered("You have carried a lot today.", BREAK_MINUTES)
    if busy_since(since, now) <= now - LONG_STRETCH:
        return Offered("You have been at it for two hours without a pause.", BREAK_MINUTES)
    return None


def busy_since(contacts: Sequence[Contact], now: datetime) -> datetime:
    """Since when one contact followed another with less than five minutes between; `now` when none does."""
    began = now
    for one in sorted(contacts, key=lambda one: one.at, reverse=True):
        if one.at <= began - AWAY:
            break
        began = min(began, one.began_at)
    return began
