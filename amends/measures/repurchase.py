"""Whether people whose complaint was put right buy again as people like them who never complained."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from math import sqrt
from random import Random

from amends.measures.distributions import normal_quantile
from amends.measures.figure import Figure, share
from amends.measures.pool import Pool
from amends.measures.retention import FEWEST_PAIRS, TENURE_BANDS, Matched, Pair, tenure_band
from amends.measures.survival import Life

# Who bought nothing for half a year counts as gone on its last day ([J]: a business with rarer purchases needs more).
QUIET = timedelta(days=180)
RECENCY = (30, 90)


@dataclass(frozen=True)
class Buyer:
    """Somebody and their purchases in one currency, by day: the days in order, and what each cost in cents."""

    id: str
    currency: str
    days: tuple[date, ...]
    cents: tuple[int, ...]

    @cached_property
    def spent(self) -> tuple[int, ...]:
        """What was spent up to each purchase."""
        return tuple(accumulate(self.cents))

    def bought_between(self, start: date, end: date) -> bool:
        """Whether anything was bought after the first day, up to the last."""
        return bisect_right(self.days, start) < bisect_right(self.days, end)


@dataclass(frozen=True, slots=True)
class PutRight:
    """Somebody whose complaint was put right, and the day their case was closed."""

    buyer: Buyer
    on: date


@dataclass(frozen=True, slots=True)
class Twins:
    """Each person put right beside one alike who never complained, from the same day; and who had nobody alike."""

    pairs: tuple[tuple[PutRight, Buyer], ...]
    alone: tuple[PutRight, ...]


def alike(buyer: Buyer, on: date) -> Hashable | None:
    """What two people share on a day: currency, tenure band, how long ago they bought, what they spent by doublings.

    None for somebody who was no customer then: never bought, or nothing for QUIET. E56 asks for deciles of value;
    doublings need no knowledge of all others.
    """
    before = bisect_right(buyer.days, on)
    if not before or on - buyer.days[before - 1] >= QUIET:
        return None
    recency = bisect_left(RECENCY, (on - buyer.days[before - 1]).days)
    return buyer.currency, tenure_band(buyer.days[0], on), recency, (buyer.spent[before - 1] // 100).bit_length()


def changes(buyer: Buyer, on: date) -> date | None:
    """The first day after this one on which `alike` may say something else of them; None if none is known."""
    before = bisect_right(buyer.days, on)
    coming = [buyer.days[before]] if before < len(buyer.days) else []
    if before:
        last, first = buyer.days[before - 1], buyer.days[0]
        coming += [last + timedelta(days=days + 1) for days in RECENCY]
        coming += [last + QUIET, *(first + timedelta(days=days) for days in TENURE_BANDS)]
    return min((day for day in coming if day > on), default=None)


def twins(put_right: Iterable[PutRight], others: Iterable[Buyer], *, seed: int = 1) -> Twins:
    """A twin for each, used once, drawn by a seeded chance among those alike on the day the case was closed (E56)."""
    drawn = sorted(others, key=lambda one: (one.id, one.currency))
    Random(seed).shuffle(drawn)  # noqa: S311
    pool = Pool(drawn, alike, changes)
    pairs: list[tuple[PutRight, Buyer]] = []
    alone: list[PutRight] = []
    for one in sorted(put_right, key=lambda one: (one.on, one.buyer.id)):
        wanted = alike(one.buyer, one.on)
        found = pool.take(wanted, one.on) if wanted is not None else None
        if found is None:
            alone.append(one)
        else:
            pairs.append((one, found))
    return Twins(tuple(pairs), tuple(alone))


def lives(found: Twins, *, until: date) -> Matched:
    """How long both of each pair stayed, from the day of the case: whoever is quiet for QUIET has left then."""
    pairs = [Pair(_life(one.buyer, one.on, until), _life(other, one.on, until)) for one, other in found.pairs]
    return Matched(tuple(pairs), ())


def _life(buyer: Buyer, since: date, until: date) -> Life:
    gone = buyer.days[bisect_right(buyer.days, until) - 1] + QUIET
    return Life((min(gone, until) - since).days, gone <= until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """How many bought again within so many days, of both sides of the pairs that could be followed so long."""

    days: int
    put_right: Figure
    twin: Figure
    value: float
    low: float
    high: float

    @property
    def can_tell(self) -> bool:
        """Whether there are pairs enough."""
        return self.put_right.can_tell

    @property
    def words(self) -> str:
        """The difference in a sentence."""
        if not self.can_tell:
            return f"Too few to tell: {self.put_right.n:,} of the {FEWEST_PAIRS} pairs needed."
        points = f"{100 * self.value:+.0f} points ({100 * self.low:+.0f} to {100 * self.high:+.0f})"
        beside = (
            f"{100 * self.put_right.value:.0f} % beside {100 * self.twin.value:.0f} % of people like them: {points}"
        )
        return beside if self.low > 0 or self.high < 0 else f"{beside}; no difference can be told"


def bought_again(found: Twins, *, until: date, days: int = 180) -> Again:
    """Who bought again within these days, of pairs that could be followed so long, with a paired interval.

    The interval is Wald's after one is added to each of the two counts of pairs that differ and two to their number
    (Bonett & Price 2012); how often it covers is simulated in tests/measures.
    """
    long = timedelta(days=days)
    followed = [pair for pair in found.pairs if pair[0].on + long <= until]
    mine = [one.buyer.bought_between(one.on, one.on + long) for one, _ in followed]
    theirs = [other.bought_between(one.on, one.on + long) for one, other in followed]
    value, low, high = paired_difference(mine, theirs)
    n = len(followed)
    return Again(
        days=days,
        put_right=share("Put right", sum(mine), n, noun="pairs", fewest=FEWEST_PAIRS),
        twin=share("People like them", sum(theirs), n, noun="pairs", fewest=FEWEST_PAIRS),
        value=value,
        low=low,
        high=high,
    )


def paired_difference(mine: Sequence[bool], theirs: Sequence[bool]) -> tuple[float, float, float]:
    """The difference of two shares in pairs and its 95 % interval, within -1 and 1 (Bonett & Price 2012)."""
    n = len(mine)
    only_mine = sum(a and not b for a, b in zip(mine, theirs, strict=True))
    only_theirs = sum(b and not a for a, b in zip(mine, theirs, strict=True))
    one, other = (only_mine + 1) / (n + 2), (only_theirs + 1) / (n + 2)
    reach = normal_quantile(0.975) * sqrt((one + other - (one - other) ** 2) / (n + 2))
    middle = one - other
    value = (only_mine - only_theirs) / n if n else 0.0
    return value, max(-1.0, middle - reach), min(1.0, middle + reach)
