"""Whether people whose failure was put right are happier than people who never had one, with a warning."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import fmean, stdev

from amends.measures.distributions import student_quantile

FEWEST_MATCHED = 50
WARNING = (
    "Even where it is real, this was found for satisfaction and not for buying again, recommending or reputation "
    "(de Matos 2007): it is no reason to let things go wrong. Read it beside retention."
)


@dataclass(frozen=True, slots=True)
class Person:
    """What a person must share with their match (tenure band, value decile, earlier score), and the score now."""

    alike: Hashable
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paradox:
    """How much higher recovered people score than matched people without a failure, on the scale of the score."""

    value: float
    low: float
    high: float
    pairs: int
    unmatched: int

    @property
    def can_tell(self) -> bool:
        """Whether there are pairs enough."""
        return self.pairs >= FEWEST_MATCHED

    @property
    def words(self) -> str:
        """What can be said, always with the warning."""
        if not self.can_tell:
            return f"Too few to tell, {self.pairs:,} of the {FEWEST_MATCHED} pairs needed."
        between = f"({self.low:+.2f} to {self.high:+.2f}, {self.pairs:,} pairs)"
        if self.low > 0:
            return f"Recovered people score {self.value:+.2f} {between} beside people like them. {WARNING}"
        if self.high < 0:
            return f"Recovery does not make it up: recovered people score {self.value:+.2f} {between}. {WARNING}"
        return f"No difference can be told: {self.value:+.2f} {between}. {WARNING}"


def paradox(recovered: Sequence[Person], unharmed: Sequence[Person], *, seed: int = 1) -> Paradox:
    """The mean difference over pairs that are alike before the failure, with its t interval (E55).

    Compared without matching, loyal people, who complain more, make a paradox out of nothing.
    """
    chance = Random(seed)  # noqa: S311
    pool: dict[Hashable, list[Person]] = defaultdict(list)
    for one in unharmed:
        pool[one.alike].append(one)
    for group in pool.values():
        chance.shuffle(group)
    gaps = [one.score - pool[one.alike].pop().score for one in recovered if pool[one.alike]]
    value = fmean(gaps) if gaps else 0.0
    reach = _reach(gaps) if len(gaps) > 1 else float("inf")
    return Paradox(
        value=value, low=value - reach, high=value + reach, pairs=len(gaps), unmatched=len(recovered) - len(gaps)
    )


def _reach(gaps: Sequence[float]) -> float:
    """Half the t interval; when all are equal, as if one lay one step off: no width would claim what nobody knows."""
    root = sqrt(len(gaps))
    return student_quantile(0.975, len(gaps) - 1) * (stdev(gaps) or 1 / root) / root
