"""What can be said of a change: worked, worse or cannot tell, why, in words, and with every number behind it."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import isinf
from typing import Any

from amends.measures.power import power_words
from amends.measures.ratio import Ratio
from amends.measures.weeks import Total


class Outcome(StrEnum):
    """What the figures say."""

    WORKED = "worked"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


class Proof(StrEnum):
    """Which test spoke beside the interval."""

    EXACT = "exact_conditional_midp"
    SHUFFLE = "permute_weeks"
    PLACEBO = "placebo_in_time"


class Why(StrEnum):
    """Why the outcome is what it is; each value is its sentence."""

    CLEAR = "The whole interval lies on one side."
    TOO_EARLY = "The review day, fixed before anybody looked, has not come yet."
    SHORT_BEFORE = "Fewer than 12 weeks before the change can be used, without the window that made us act."
    NOTHING_AFTER = "No whole week has passed between the change and the review."
    NO_COMPLAINTS = "There was no such complaint before the change that could have become fewer."
    WIDE = "The interval reaches from fewer to more: this volume does not tell."
    NOT_AS_CLAIMED = "The interval has no room for the fall claimed; whether there was any, this volume does not tell."
    SCATTER = "The weeks scatter so much that chance alone makes such a difference."
    WENT_ON = "It already moved that way before the change, and did not clearly move faster since."
    MOVES_ANYWAY = "Earlier weeks, in which nothing was changed, moved as much."
    RELABELLED = (
        "A neighbouring cause rose; taken together nothing clearly fell. Complaints may only be named otherwise."
    )
    FELL_ELSEWHERE = "It fell where nothing was changed as well, and not clearly less."


@dataclass(frozen=True, slots=True)
class Avoided:
    """How many complaints fewer came than at the rate before, with its 95 % interval; below nought they are more."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Compared:
    """The ratio of two rates, the scatter of the weeks (phi), the test made with its probability, and earlier movement.

    `went_on` says that the rate already moved that way before, and not clearly slower.
    """

    ratio: Ratio
    phi: float
    proof: Proof
    p: float
    went_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Every number behind a verdict."""

    before: Total
    after: Total
    compared: Compared
    power: float
    avoided: Avoided


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of a change, why, its numbers where there are any, and remarks on what else moved."""

    outcome: Outcome
    why: Why
    counted_in: str
    measured: Measured | None = None
    remarks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The verdict as a person reads it, with the interval and what this volume could show."""
        match self.outcome:
            case Outcome.WORKED:
                first = "It worked."
            case Outcome.WORSE:
                first = "It became worse."
            case Outcome.CANNOT_TELL if self.why is Why.NOT_AS_CLAIMED:
                first = f"It did not do what was claimed. {self.why}"
            case Outcome.CANNOT_TELL:
                first = f"We cannot tell yet. {self.why}"
        return " ".join([first, *self._numbers(), *self.remarks])

    def _numbers(self) -> list[str]:
        found = self.measured
        if found is None:
            return []
        sentences = [
            f"{found.after.count:,} in {self._exposure(found.after)} since the change, "
            f"{found.before.count:,} in {self._exposure(found.before)} before: "
            f"{found.compared.ratio.value:.2f} times the rate ({_between(found.compared.ratio)})."
        ]
        if self.outcome is Outcome.WORKED:
            less = found.avoided
            sentences.append(f"About {less.value:,.0f} complaints were avoided ({less.low:,.0f} to {less.high:,.0f}).")
        return [*sentences, power_words(found.power)]

    def _exposure(self, whole: Total) -> str:
        return f"{whole.exposure:,.0f} {self.counted_in}" if self.counted_in else f"{whole.weeks:,} weeks"

    def as_json(self) -> dict[str, Any]:
        """The verdict as lists, strings and numbers; an end that is not known is null."""
        plain: dict[str, Any] = {**_finite(asdict(self)), "words": self.words}
        return plain


def _between(ratio: Ratio) -> str:
    return f"{ratio.low:.2f} or more" if isinf(ratio.high) else f"{ratio.low:.2f} to {ratio.high:.2f}"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    if isinstance(value, StrEnum):
        return value.name.lower() if isinstance(value, Why) else value.value
    return None if isinstance(value, float) and isinf(value) else value
