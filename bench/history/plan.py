"""Who complains when, and about what: drawn before anything happens, from the seed alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import exp
from random import Random

from bench.history.clock import DAY, ZONE, monday
from bench.history.script import CALL_BACK, Script, Trouble

MADE, AGREED, REVIEW = 40, 36, 68
COMES_AGAIN, TWO_THINGS = 0.11, 0.05
ORDERS, GROWTH, WINTER = 1000, 0.0015, (11, 12)
LAST_DAY = 4


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mail to come: when, of whom, and what went wrong, with what it is about."""

    number: int
    at: datetime
    name: str
    address: str
    trouble: Trouble
    second: Trouble | None
    details: dict[str, str]


def orders(week: int, begun: datetime, dice: Random) -> int:
    """How many orders a week brought: growing slowly, more before Christmas."""
    season = 1.25 if begun.month in WINTER else 1.0
    return round(ORDERS * (1 + GROWTH) ** week * season * dice.uniform(0.94, 1.06))


def weeks_of_orders(begins: datetime, weeks: int, seed: int) -> list[int]:
    """The orders of each week."""
    dice = Random(f"orders {seed}")
    return [orders(week, monday(begins, week), dice) for week in range(weeks)]


def complaints(script: Script, begins: datetime, weeks: int, seed: int) -> list[Complaint]:
    """Every complaint of so many weeks, in the order of time; the last week ends on its Friday noon."""
    dice, people = Random(f"complaints {seed}"), People(script, Random(f"people {seed}"))
    ordered = weeks_of_orders(begins, weeks, seed)
    drawn = []
    for week, count in enumerate(ordered):
        for trouble in script.troubles:
            rate = trouble.weekly if week < MADE else trouble.since
            begun, many = monday(begins, week), _poisson(rate * count / ORDERS, dice)
            drawn += [(_moment(begun, dice, last=week == weeks - 1), trouble) for _ in range(many)]
    drawn.sort(key=lambda one: one[0])
    return [_complaint(number, at, trouble, script, people, dice) for number, (at, trouble) in enumerate(drawn, 1)]


def _complaint(
    number: int, at: datetime, trouble: Trouble, script: Script, people: "People", dice: Random
) -> Complaint:
    name, address = people.one(trouble, at)
    has_second = trouble.name != CALL_BACK and dice.random() < TWO_THINGS
    second = script.trouble(CALL_BACK) if has_second else None
    return Complaint(number, at, name, address, trouble, second, script.details(trouble, dice))


class People:
    """The customers so far: mostly somebody new, now and then one who was here before."""

    def __init__(self, script: Script, dice: Random) -> None:
        self.script, self.dice = script, dice
        self.known: dict[str, tuple[str, datetime]] = {}

    def one(self, trouble: Trouble, at: datetime) -> tuple[str, str]:
        """The name and the address of somebody who writes now, not twice in three weeks."""
        rested = [address for address, (_, last) in self.known.items() if at - last > timedelta(weeks=3)]
        if rested and self.dice.random() < COMES_AGAIN:
            address = self.dice.choice(rested)
            name = self.known[address][0]
        else:
            name, address = self._new()
        self.known[address] = name, at
        return name, address

    def _new(self) -> tuple[str, str]:
        while True:
            first, last = self.script.one("first_names", self.dice), self.script.one("last_names", self.dice)
            address = f"{first}.{last}@letters.example".lower().replace("'", "")
            if address not in self.known:
                return f"{first} {last}", address


def _moment(begun: datetime, dice: Random, *, last: bool) -> datetime:
    """Some moment of a week, more often on a working day and in the evening."""
    day = dice.choices(range(7), weights=(18, 16, 15, 15, 14, 12, 10))[0]
    clock = timedelta(minutes=dice.triangular(8 * 60, 21.5 * 60, 18 * 60))
    if last and day >= LAST_DAY:
        day, clock = dice.randrange(LAST_DAY), min(clock, timedelta(hours=17))
    local = datetime.combine(begun.astimezone(ZONE).date() + day * DAY, time(), tzinfo=ZONE) + clock
    return local.astimezone(UTC).replace(microsecond=0)


def _poisson(mean: float, dice: Random) -> int:
    """How many of something rare there are (Knuth's product of uniform numbers)."""
    least, product, count = exp(-mean), dice.random(), 0
    while product > least:
        product *= dice.random()
        count += 1
    return count
