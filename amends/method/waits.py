"""How long people really wait: the time within which eight in ten are through, and how many make a promise's target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

ENOUGH = 20
DAYS_BACK = 90
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait: how long, and whether it is over; one that goes on is at least so long."""

    span: timedelta
    over: bool = True


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of a period: how many, the time that covers eight in ten, the share within a target.

    The figures are None when there are too few to tell; `p80` also when so many still wait that nobody can know it.
    """

    count: int
    p80: timedelta | None
    within: float | None

    @property
    def are_enough(self) -> bool:
        """Whether there are enough to say anything."""
        return self.count >= ENOUGH


def waits_of(waits: Sequence[Wait], target: timedelta) -> Waits:
    """The waits of a period against a target; below twenty it is too few to tell (twenty is our judgement)."""
    if len(waits) < ENOUGH:
        return Waits(len(waits), None, None)
    return Waits(len(waits), covering(waits, 0.8), _through_by(waits, target))


def covering(waits: Sequence[Wait], share: float) -> timedelta | None:
    """The shortest time within which at least this share is through, or None while too many still wait.

    Waits that go on count for as long as they have gone on (Kaplan and Meier 1958), so neither leaving them out nor
    taking them for finished makes us look quicker.
    """
    return next((span for span, through in _curve(waits) if through >= share - _ROUNDING), None)


def _through_by(waits: Sequence[Wait], target: timedelta) -> float:
    return max((through for span, through in _curve(waits) if span <= target), default=0.0)


def _curve(waits: Sequence[Wait]) -> Iterator[tuple[timedelta, float]]:
    """For each wait that is over, shortest first, the share of all that is through by then."""
    still = 1.0
    for number, wait in enumerate(sorted(waits, key=lambda one: (one.span, not one.over))):
        if wait.over:
            still *= 1 - 1 / (len(waits) - number)
            yield wait.span, 1 - still
