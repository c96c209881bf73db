"""Who was how satisfied after a failure, each beside somebody alike, also in what they had answered before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from amends.measures.paradox import Paradox, Person, paradox
from amends.measures.repurchase import QUIET, Buyer, PutRight, alike

Answers = Sequence[tuple[date, int]]
# So many are looked at for a twin; who has none among them counts as alone, so that no page is kept waiting.
MOST_TRIED = 5000


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
    pool = sorted(others, key=lambda one: (one.buyer.id, one.buyer.currency))
    Random(seed).shuffle(pool)  # noqa: S311
    mine: list[Person] = []
    theirs: list[Person] = []
    answered = 0
    for one in sorted(failed, key=lambda one: (one.on, one.rated.buyer.id)):
        said = around(one.rated.answers, one.on)
        if said is None:
            continue
        at = _twin(one, said[0], pool)
        mine.append(Person(answered, said[1]))
        if at is not None:
            other = around(pool.pop(at).answers, one.on)
            theirs += [Person(answered, other[1])] if other else []
        answered += 1
    return Compared(answered, paradox(mine, theirs, seed=seed))


def _twin(one: Failed, before: int, pool: Sequence[Rated]) -> int | None:
    wanted = alike(one.rated.buyer, one.on)
    if wanted is None:
        return None
    tried = enumerate(islice(pool, MOST_TRIED))
    return next(
        (at for at, other in tried if _fits(other, one.on, before) and alike(other.buyer, one.on) == wanted), None
    )


def _fits(other: Rated, on: date, before: int) -> bool:
    said = around(other.answers, on)
    return said is not None and said[0] == before


def as_put_right(failed: Iterable[Failed]) -> list[PutRight]:
    """The same people as far as buying goes."""
    return [PutRight(one.rated.buyer, one.on) for one in failed]
