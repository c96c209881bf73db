"""Whether customers whose complaint was put right stay as long as people like them who had none."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from amends.measures.figure import Figure
from amends.measures.survival import Life, LogRank, log_rank, stayed_for

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

HORIZONS = (90, 180, 365)
TENURE_BANDS = (90, 365, 3 * 365)
FEWEST_PAIRS = 50
RESAMPLES = 1000
_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer as far as staying goes: segment, decile of earlier value, first day, and the last if they left."""

    id: str
    segment: str
    decile: int
    since: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recovered:
    """A customer and the day their case was closed: from then on both clocks run."""

    customer: Customer
    closed_on: date


@dataclass(frozen=True, slots=True)
class Pair:
    """One recovered customer and one like them without a complaint, each followed from the same calendar day."""

    recovered: Life
    control: Life


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs, and the recovered customers for whom nobody alike was left."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Recovered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How many more of the recovered than of their controls stay so many days, with its bootstrap interval."""

    days: int
    recovered: Figure
    control: Figure
    value: float
    low: float
    high: float
    pairs: int

    @property
    def can_tell(self) -> bool:
        """Whether there are pairs enough, and enough of both followed so long."""
        return self.pairs >= FEWEST_PAIRS and self.recovered.can_tell and self.control.can_tell

    @property
    def words(self) -> str:
        """The gap in a sentence."""
        if not self.can_tell:
            return f"After {self.days} days: too few to tell, {self.pairs:,} of the {FEWEST_PAIRS} pairs needed."
        points = f"{100 * self.value:+.0f} points ({100 * self.low:+.0f} to {100 * self.high:+.0f})"
        told = "" if self.low > 0 or self.high < 0 else "; no difference can be told"
        return (
            f"After {self.days} days {100 * self.recovered.value:.0f} % of the recovered and "
            f"{100 * self.control.value:.0f} % of their controls are customers: {points}{told}."
        )


@dataclass(frozen=True, slots=True)
class Retention:
    """The gaps at each horizon, the log-rank test over all days, and who could not be matched."""

    gaps: tuple[Gap, ...]
    test: LogRank
    unmatched: int


def matched(recovered: Sequence[Recovered], others: Sequence[Customer], *, until: date, seed: int = 1) -> Matched:
    """Each recovered customer beside one alike: same segment, decile and tenure band on the day the case closed (E56).

    A control must still be a customer on that day, is used once, and is drawn by a seeded chance; both are followed
    from that calendar day until `until`, so nobody gains time in which they could not have left.
    """
    pool: dict[tuple[str, int], list[Customer]] = defaultdict(list)
    for one in sorted(others, key=lambda one: one.id):
        pool[one.segment, one.decile].append(one)
    chance = Random(seed)  # noqa: S311
    pairs: list[Pair] = []
    unmatched: list[Recovered] = []
    for case in sorted(recovered, key=lambda one: (one.closed_on, one.customer.id)):
        alike = pool[case.customer.segment, case.customer.decile]
        fitting = [one for one in alike if _fits(one, case)]
        if not fitting:
            unmatched.append(case)
            continue
        control = chance.choice(fitting)
        alike.remove(control)
        pairs.append(Pair(*(_life(one, case.closed_on, until) for one in (case.customer, control))))
    return Matched(tuple(pairs), tuple(unmatched))


def retention(found: Matched, *, seed: int = 1) -> Retention:
    """The difference in staying after 90, 180 and 365 days, each with a bootstrap interval over pairs (seeded)."""
    recovered, controls = [one.recovered for one in found.pairs], [one.control for one in found.pairs]
    gaps = tuple(gap_after(found.pairs, days, seed=seed) for days in HORIZONS) if found.pairs else ()
    return Retention(gaps, log_rank(recovered, controls), len(found.unmatched))


def gap_after(pairs: Sequence[Pair], days: int, *, seed: int = 1) -> Gap:
    """The difference in staying so many days, with a percentile interval over 1,000 draws of pairs (seeded)."""
    import numpy as np

    recovered, controls = [one.recovered for one in pairs], [one.control for one in pairs]
    one, other = stayed_for(recovered, days), stayed_for(controls, days)
    chance = np.random.default_rng(seed)
    n = len(recovered)
    drawn = []
    for _ in range(RESAMPLES // _AT_ONCE):
        weights = chance.multinomial(n, np.full(n, 1 / n), size=_AT_ONCE).astype(float)
        drawn.append(_stayed(recovered, weights, days) - _stayed(controls, weights, days))
    low, high = np.quantile(np.concatenate(drawn), [0.025, 0.975])
    value = one.value - other.value
    return Gap(
        days=days,
        recovered=one,
        control=other,
        value=value,
        low=min(float(low), value),
        high=max(float(high), value),
        pairs=n,
    )


def tenure_band(since: date, on: date) -> int:
    """Which band of tenure a customer is in on a day: under 90 days, a year, three years, longer (bands [J])."""
    return bisect_right(TENURE_BANDS, (on - since).days)


def _fits(control: Customer, case: Recovered) -> bool:
    there = control.since <= case.closed_on and (control.left_on is None or control.left_on > case.closed_on)
    alike = tenure_band(control.since, case.closed_on) == tenure_band(case.customer.since, case.closed_on)
    return there and alike and control.id != case.customer.id


def _life(customer: Customer, since: date, until: date) -> Life:
    left = customer.left_on is not None and customer.left_on <= until
    end = customer.left_on if left and customer.left_on else until
    return Life(max(0, (end - since).days), left)


def _stayed(lives: Sequence[Life], weights: "npt.NDArray[np.float64]", days: int) -> "npt.NDArray[np.float64]":
    """Kaplan-Meier's share at one day for each row of weights."""
    import numpy as np

    order = sorted(range(len(lives)), key=lambda one: lives[one].days)
    ends = np.array([lives[one].days for one in order])
    left = np.array([lives[one].left for one in order], dtype=float)
    sorted_weights = weights[:, order]
    there = np.cumsum(sorted_weights[:, ::-1], axis=1)[:, ::-1]
    first = np.unique(ends, return_index=True)[1]
    at_risk = there[:, first]
    lost = np.add.reduceat(sorted_weights * left, first, axis=1)
    kept = 1 - lost / np.where(at_risk > 0, at_risk, 1)
    return np.asarray(np.prod(kept[:, ends[first] <= days], axis=1))
