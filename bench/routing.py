"""Whether spreading hard contacts costs anybody a longer wait: days of a made-up team, under four rules.

Usage: python -m bench.routing [DAYS]. Each rule sees the same contacts. 15 % are hard, people are busy 80 % of an
eight-hour day, contacts come by chance and take ten minutes in the mean (exponential), nobody gives up (E48).
"""

from __future__ import annotations

import random
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import groupby
from statistics import fmean, stdev

from amends.method.exposure import Contact as Felt
from amends.method.exposure import Felt as How
from amends.method.exposure import exposure
from amends.method.routing import Contact, Person, next_for, who

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = 8 * 60.0
EACH, HARD, BUSY, STRONG = 10.0, 0.15, 0.80, 0.3
IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Call:
    """One contact of a day: when it comes, how long it takes, in minutes, and whether it is hard."""

    at: float
    lasts: float
    hard: bool


@dataclass(slots=True)
class Worker:
    """One person of a day: what they were given, and since when they are free."""

    number: int
    given: list[bool] = field(default_factory=list)
    felt: list[Felt] = field(default_factory=list)
    free_since: float = 0.0

    def person(self, now: float) -> Person:
        """As the rule sees them."""
        carried = exposure(self.felt, [], _time(now)).score if self.felt else 0.0
        free = _time(self.free_since)
        return Person(name=f"{self.number:03}", carries=carried, given=tuple(self.given), free_since=free)

    @property
    def longest_row(self) -> int:
        """The most hard contacts they were given one after the other."""
        return max((len(list(run)) for hard, run in groupby(self.given) if hard), default=0)


@dataclass(frozen=True, slots=True)
class Rule:
    """`pick` says who of the free gets a contact, `pull` which of those that wait somebody gets, by its place."""

    name: str
    pick: Callable[[Call, Sequence[Worker], float, random.Random], Worker]
    pull: Callable[[Worker, Sequence[Call], float], int] = lambda _worker, _queue, _now: 0


def _strong(call: Call, free: Sequence[Worker], _now: float, _dice: random.Random) -> Worker:
    """The same third takes the hard ones whenever one of them is free."""
    able = [one for one in free if one.number < STRONG * 100 and call.hard] or free
    return min(able, key=lambda one: one.free_since)


def _least(call: Call, free: Sequence[Worker], now: float, _dice: random.Random) -> Worker:
    chosen = who(_contact(0, call), [one.person(now) for one in free])
    assert chosen is not None
    return next(one for one in free if f"{one.number:03}" == chosen.name)


def _spared(worker: Worker, queue: Sequence[Call], now: float) -> int:
    chosen = next_for(worker.person(now), [_contact(place, call) for place, call in enumerate(queue)])
    assert chosen is not None
    return chosen.case


RULES = (
    Rule("the strong ones get the hard ones", _strong),
    Rule("longest idle", lambda _call, free, _now, _dice: min(free, key=lambda one: one.free_since)),
    Rule("at random", lambda _call, free, _now, dice: dice.choice(free)),
    Rule("Amends: least exposed, no third in a row", _least, _spared),
)


def a_day(people: int, dice: random.Random) -> list[Call]:
    """The contacts of one day for so many people."""
    calls, at = [], 0.0
    while (at := at + dice.expovariate(BUSY * people / EACH)) < DAY:
        calls.append(Call(at, dice.expovariate(1 / EACH), dice.random() < HARD))
    return calls


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one day: its waits in minutes, also of the hard ones, and what each person got of those."""

    waits: tuple[float, ...]
    hard_waits: tuple[float, ...]
    hard: tuple[int, ...]
    rows: tuple[int, ...]


def play(calls: Sequence[Call], people: int, rule: Rule, dice: random.Random) -> Played:
    """One day under a rule: a contact goes to somebody free at once, or waits until somebody is."""
    workers = [Worker(number * 100 // people) for number in range(people)]
    free, busy, queue, waits = list(workers), [], deque[Call](), []

    def give(call: Call, worker: Worker, now: float, order: int) -> None:
        waits.append((now - call.at, call.hard))
        worker.given.append(call.hard)
        heappush(busy, (now + call.lasts, order, worker, call))

    def ended() -> None:
        now, order, worker, call = heappop(busy)
        worker.free_since = now
        if call.hard:
            worker.felt.append(Felt(_time(now), How.ANGRY, round(call.lasts)))
        if queue:
            place = rule.pull(worker, queue, now)
            following = queue[place]
            del queue[place]
            give(following, worker, now, order + len(calls))
        else:
            free.append(worker)

    for order, call in enumerate(calls):
        while busy and busy[0][0] <= call.at:
            ended()
        if free:
            worker = rule.pick(call, free, call.at, dice)
            free.remove(worker)
            give(call, worker, call.at, order)
        else:
            queue.append(call)
    while queue:
        ended()
    return Played(
        waits=tuple(wait for wait, _ in waits),
        hard_waits=tuple(wait for wait, hard in waits if hard),
        hard=tuple(sum(one.given) for one in workers),
        rows=tuple(one.longest_row for one in workers),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule over many days: hard contacts of the busiest, share of days with three in a row, fairness, mean waits.

    `waits` are the means of the days in minutes, `hard_wait` is the mean over all hard contacts.
    """

    busiest: float
    three: float
    fair: float
    waits: tuple[float, ...]
    hard_wait: float

    def longer_than(self, other: Outcome) -> tuple[float, float]:
        """How many minutes longer the mean wait is than under another rule, and half the width of its 95 % interval."""
        gaps = [mine - theirs for mine, theirs in zip(self.waits, other.waits, strict=True)]
        return fmean(gaps), 1.96 * stdev(gaps) / len(gaps) ** 0.5


def outcome(people: int, days: int, rule: Rule, seed: int = 1) -> Outcome:
    """So many days of so many people under a rule; the same seed brings the same contacts to every rule."""
    dice, coin = random.Random(seed), random.Random(seed + 1)
    played = [play(a_day(people, dice), people, rule, coin) for _ in range(days)]
    rows = [row for day in played for row in day.rows]
    return Outcome(
        busiest=fmean(max(day.hard) for day in played),
        three=sum(row >= IN_A_ROW for row in rows) / len(rows),
        fair=fmean(_jain(day.hard) for day in played),
        waits=tuple(fmean(day.waits) for day in played),
        hard_wait=fmean(wait for day in played for wait in day.hard_waits),
    )


def _jain(counts: Sequence[int]) -> float:
    """Jain's index of fairness: 1 when all have the same, 1/n when one has everything."""
    squares = sum(count * count for count in counts)
    return sum(counts) ** 2 / (len(counts) * squares) if squares else 1.0


def _contact(number: int, call: Call) -> Contact:
    return Contact(number, hard=call.hard)


def _time(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def main(arguments: list[str]) -> int:
    """Print the table for teams of 5, 10 and 25."""
    days = int(arguments[0]) if arguments else 300
    heads = ["People", "Rule", "Hard ones of the busiest, a day", "Days with three in a row", "Fairness (Jain)"]
    heads += ["Mean wait", "of hard ones", "Longer than longest idle"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for people in (5, 10, 25):
        found = {rule.name: outcome(people, days, rule) for rule in RULES}
        for name, one in found.items():
            gap, half = one.longer_than(found["longest idle"])
            print(
                f"| {people} | {name} | {one.busiest:.1f} | {100 * one.three:.1f} % | {one.fair:.2f} "
                f"| {fmean(one.waits):.2f} min | {one.hard_wait:.2f} min | {gap:+.2f} ± {half:.2f} min |"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
