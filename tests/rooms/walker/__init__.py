"""Random people doing random things to a few complaints, often the next right thing and often the wrong one."""

from collections.abc import Callable

from tests.rooms.walker import customers, letters, remedies, rulings, time
from tests.rooms.walker.walk import Walk

Move = Callable[[Walk], object]
MOVES: dict[str, Move] = {
    name: move
    for room in (customers, letters, remedies, rulings, time)
    for name, move in vars(room).items()
    if getattr(move, "__module__", "") == room.__name__ and not name.startswith("_")
}
