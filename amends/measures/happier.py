"""Who was how satisfied after a failure, each beside somebody alike, also in what they had answered before."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from amends.measures.paradox import Paradox, Person, paradox
from amends.measures.pool import Pool
from amends.measures.repurchase import QUIET, Buyer, PutRight, alike, changes

Answers = Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class Rated:
    """A buyer and how satisfied they said they were, in order of the days."""

    buyer: Buyer
    answers: Answers


@dataclass(frozen=True, slots=True)
class Failed:
    """Somebody for whom something went wrong, and the day their case was closed."""

    rated: Rated
    on: date


@dataclass(frozen=True, slots=True)
class Compared:
    """How many answered before and after, and how much higher they score than people like them without a failure."""

    answered: int
    gap: Paradox


def around(answers: Answers, on: date, within: timedelta = QUIET) -> tuple[int, int] | None:
    """The last answer up to a day, and the first after it within so long; None unless there are both."""
    before = [value for day, value in answers if day <= on]
    after = [value for day, value in answers if on < day <= on + within]
    return (before[-1], after[0]) if before and after else None


def happier(failed: Iterable[Failed], others: Iterable[Rated], *, seed: int = 1) -> Compared:
    """Each beside one person, used once, who was alike on that day and had answered the same before (E55).

    Compared without matching, loyal people, who complain more, make a paradox out of nothing.
    """
    drawn = sorted(others, key=lambda one: (one.buyer.id, one.buyer.currency))
    Random(seed).shuffle(drawn)  # noqa: S311
    pool = Pool(drawn, _alike, _changes)
    mine: list[Person] = []
    theirs: list[Person] = []
    answered = 0
    for one in sorted(failed, key=lambda one: (one.on, one.rated.buyer.id)):
        said = around(one.rated.answers, one.on)
        if said is None:
            continue
        mine.append(Person(answered, said[1]))
        wanted = _alike(one.rated, one.on)
        twin = pool.take(wanted, one.on) if wanted is not None else None
        other = around(twin.answers, one.on) if twin is not None else None
        theirs += [Person(answered, other[1])] if other else []
        answered += 1
    return Compared(answered, paradox(mine, theirs, seed=seed))


def _alike(one: Rated, on: date) -> Hashable | None:
    """What two people share on a day: how they bought and what they had answered; None without an answer after it."""
    bought, said = alike(one.buyer, on), around(one.answers, on)
    return (bought, said[0]) if bought is not None and said is not None else None


def _changes(one: Rated, on: date) -> date | None:
    """The first day after this one on which `_alike` may say something else; None if none is known."""
    bought = changes(one.buyer, on)
    coming = [bought] if bought is not None else []
    coming += [at for day, _ in one.answers for at in (day - QUIET, day) if at > on]
    return min(coming, default=None)


def as_put_right(failed: Iterable[Failed]) -> list[PutRight]:
    """The same people as far as buying goes."""
    return [PutRight(one.rated.buyer, one.on) for one in failed]
