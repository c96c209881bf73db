"""Many rows a handful at a time, so that never all of them are in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")


def handfuls(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in their order, so many at a time; the last handful may be smaller."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
