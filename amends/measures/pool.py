"""Who is alike on a day that moves on: everybody stands in the group of that day, and is looked at when it changes."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

Someone = TypeVar("Someone")


class Pool(Generic[Someone]):
    """People in a fixed order, each taken once.

    `group` says what somebody shares with others on a day, or None; `changes` on which later day that may become
    something else. So nobody is looked at on days on which nothing changes for them.
    """

    def __init__(
        self,
        people: Sequence[Someone],
        group: Callable[[Someone, date], Hashable | None],
        changes: Callable[[Someone, date], date | None],
    ) -> None:
        self._people, self._group, self._changes = people, group, changes
        self._stands: dict[int, Hashable | None] = dict.fromkeys(range(len(people)))
        self._waiting: dict[Hashable, list[int]] = defaultdict(list)
        self._due = [(date.min, number) for number in self._stands]
        heapify(self._due)

    def take(self, wanted: Hashable, on: date) -> Someone | None:
        """The first in order who is in this group on a day, and is in no group afterwards; None if nobody is.

        Days come in order: a day before the last one asked about is answered as that one.
        """
        self._move_to(on)
        line = self._waiting[wanted]
        while line:
            number = heappop(line)
            if self._stands.get(number) == wanted:
                del self._stands[number]
                return self._people[number]
        return None

    def _move_to(self, on: date) -> None:
        while self._due and self._due[0][0] <= on:
            number = heappop(self._due)[1]
            if number not in self._stands:
                continue
            group = self._group(self._people[number], on)
            if group is not None and group != self._stands[number]:
                heappush(self._waiting[group], number)
            self._stands[number] = group
            later = self._changes(self._people[number], on)
            if later is not None:
                heappush(self._due, (later, number))
