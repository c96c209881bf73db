"""The curve of a round: temper, being heard and agreement after each turn, as figures and as places in a drawing."""

from dataclasses import dataclass

from amends.rehearsal.round import Round
from amends.rehearsal.state import State

SERIES = (("Temper", "anger"), ("Heard", "heard"), ("Agreement", "agreement"))
LEFT, RIGHT, TOP, BOTTOM = 34, 352, 10, 170


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, its values 0 to 100 at the start and after each turn, and their places."""

    label: str
    values: tuple[int, ...]
    places: tuple[tuple[float, float], ...]

    @property
    def points(self) -> str:
        """The places as a polyline takes them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.places)


def curve_of(played: Round) -> tuple[Series, ...]:
    """Return the three lines of a round."""
    return tuple(_series(label, name, played.states) for label, name in SERIES)


def _series(label: str, name: str, course: tuple[State, ...]) -> Series:
    values = tuple(round(100 * getattr(state, name)) for state in course)
    step = (RIGHT - LEFT) / max(1, len(values) - 1)
    places = tuple(
        (round(LEFT + at * step, 1), round(BOTTOM - value / 100 * (BOTTOM - TOP), 1)) for at, value in enumerate(values)
    )
    return Series(label, values, places)
