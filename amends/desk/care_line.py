"""The small line of one's own last seven days, as points of a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.method.exposure import BREAK_AT

WIDTH, HEIGHT, ROOM = 320, 64, 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line in a box of 320 by 64, where a break is suggested, and the same in words."""

    points: str
    break_y: str
    words: str


def line(values: Sequence[float]) -> Line:
    """The drawing of values from the earliest to now."""
    top = max(BREAK_AT * 1.25, *values)
    step = WIDTH / (len(values) - 1)
    points = " ".join(f"{number * step:.1f},{_y(value, top)}" for number, value in enumerate(values))
    return Line(points, _y(BREAK_AT, top), _words(values))


def _y(value: float, top: float) -> str:
    return f"{HEIGHT - ROOM - value / top * (HEIGHT - 2 * ROOM):.1f}"


def _words(values: Sequence[float]) -> str:
    """How the line runs, for who does not see it."""
    now, most = values[-1], max(values)
    if most < 1:
        return "Over the last seven days there was little to carry."
    if now >= most * 0.9:
        return "Over the last seven days you carry the most now."
    left = "more than half" if now > most / 2 else "less than half"
    return f"You carried more earlier in the last seven days: {left} of it is left."
