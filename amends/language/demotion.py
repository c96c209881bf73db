"""A check that is put aside too often steps down by itself: from counts to the level each check has now."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.language.brief import LADDER, Level, Rung


@dataclass(frozen=True, slots=True)
class Count:
    """In how many letters a check spoke up at one level, and in how many of them it was put aside."""

    shown: int = 0
    put_aside: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """How often a check may be put aside: in no more than this share of its letters, once there are so many.

    Out of the box more than 40 % of at least 30; both are judgement [J], no study says where the line is.
    """

    share: float
    fewest: int


NEVER = Count()


def is_spent(count: Count, budget: Budget) -> bool:
    """Whether a check was put aside too often: exactly the share, or one letter too few, is not too often."""
    return count.shown >= budget.fewest and count.put_aside > round(budget.share * count.shown, 6)


def level_now(own: Level, counts: Mapping[Rung, Count], budget: Budget) -> Rung:
    """The level of a check: its own, and one lower for each level at which it was put aside too often.

    Every level is counted by itself, so one step down begins a new count, and "quiet" (not shown) is the end.
    """
    for level in LADDER[LADDER.index(own) : -1]:
        if not is_spent(counts.get(level, NEVER), budget):
            return level
    return LADDER[-1]


def stepped_down(
    own: Mapping[str, Level], counts: Mapping[str, Mapping[Rung, Count]], budget: Budget
) -> dict[str, Rung]:
    """The level of each check that is not at its own any more, by its number."""
    now = {number: level_now(level, counts.get(number, {}), budget) for number, level in own.items()}
    return {number: level for number, level in now.items() if level != own[number]}
