"""Figures about people that no reader can take apart into one person: what may be told of a group, and when not."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST = 5
ROUND_TO = 5
MOST_OF_ONE = 0.5
WEEK = timedelta(days=7)
SILENT = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Told:
    """One week of a group as it was told: rounded, and never told again otherwise; `group` seals who was in it."""

    week: date
    group: str
    about: int


def tell(counts: Mapping[str, int], group: str, week: date, earlier: Sequence[Told]) -> Told | None:
    """What may be told of a group's week, None where it could give somebody away.

    `counts` has a number for everybody who was in the group the whole week, `group` a seal over exactly those people,
    and `earlier` is what was told before. Told only of five people or more, none of whom made more than half of it, and
    only while the group is the one that was last told of: one person more or fewer, and the difference of two
    weeks could be that person. After four weeks of silence a group may begin anew. The sum is rounded to five.
    """
    total = sum(counts.values())
    if len(counts) < FEWEST or max(counts.values()) > MOST_OF_ONE * total:
        return None
    near = [one for one in earlier if abs(one.week - week) < SILENT + WEEK]
    if any(one.group != group or one.week == week for one in near):
        return None
    return Told(week, group, rounded(total))


def rounded(count: int) -> int:
    """To the nearest five."""
    return (count + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def is_apart(groups: Sequence[Collection[str]]) -> bool:
    """Whether whatever can be reckoned from a figure of each of these groups is about five people or more.

    Sums and differences of figures cannot tell apart two people who are in exactly the same groups. So it is enough
    that nobody shares their groups with fewer than four others.
    """
    where = Counter(
        frozenset(number for number, group in enumerate(groups) if one in group) for one in set().union(*groups)
    )
    return all(count >= FEWEST for count in where.values())


def tellable(
    whole: Collection[str], parts: Mapping[str, Collection[str]], earlier: Sequence[Collection[str]]
) -> list[str] | None:
    """The parts of a group that may be told beside the whole, the largest first; None when not even the whole may be.

    `earlier` are the groups of what was told before, which a reader can still put beside it.
    """
    told = [*earlier, whole]
    if len(whole) < FEWEST or not is_apart(told):
        return None
    chosen: list[str] = []
    for key in sorted(parts, key=lambda key: (-len(parts[key]), key)):
        if len(parts[key]) >= FEWEST and is_apart([*told, parts[key]]):
            told.append(parts[key])
            chosen.append(key)
    return chosen


def share_told(done: int, of: int) -> int | None:
    """About how many of a group have done something, None below five people; in fives, and never nobody or everybody.

    Three or more counts give each answer: what is told of five people is “about 0” for 0 to 2 and “about 5” for 3 to
    5, so that no answer says of everybody what they did.
    """
    return min(rounded(done), of // ROUND_TO * ROUND_TO) if of >= FEWEST else None


def stands_apart(people: frozenset[int], things: frozenset[str], earlier: Iterable[tuple[int, str]]) -> bool:
    """Whether a figure about these people and things may be told beside earlier ones: no pair of both was in one.

    So nobody is in two figures about one thing, and no two figures differ by one person.
    """
    return not any(person in people and thing in things for person, thing in earlier)
