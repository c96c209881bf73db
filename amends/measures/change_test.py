"""Whether a change made complaints fewer: a verdict that only the figures kept with it decide."""

from collections.abc import Sequence

from amends.measures.control_chart import SCATTERED
from amends.measures.exposure import poisson_interval
from amends.measures.placebo import can_place, placebo
from amends.measures.power import power
from amends.measures.ratio import Ratio, rate_ratio, shuffled
from amends.measures.side_checks import doubts, remarks
from amends.measures.snapshot import Snapshot
from amends.measures.verdict import Avoided, Measured, Outcome, Proof, Verdict, Why
from amends.measures.weeks import FEWEST_FOR_SPREAD, Total, Week, spread, total

LEVEL = 0.05


def judge(snapshot: Snapshot) -> Verdict:
    """The verdict on a change; the same snapshot gives the same verdict on every machine and day.

    "Worked" is said when the whole 95 % interval of the rate ratio lies below 1, the test agrees, and no side check
    stands against it; "worse" when it lies above 1 and the test agrees; else "cannot tell", with the reason.
    """
    before, after = snapshot.before(), snapshot.after()
    missing = _missing(snapshot, before, after)
    if missing and not (before and after):
        return Verdict(outcome=Outcome.CANNOT_TELL, why=missing, counted_in=snapshot.counted_in)
    measured = measure(before, after, seed=snapshot.seed)
    outcome, why = (Outcome.CANNOT_TELL, missing) if missing else outcome_of(measured)
    doubt = doubts(snapshot, measured.ratio) if outcome is Outcome.WORKED else None
    return Verdict(
        outcome=Outcome.CANNOT_TELL if doubt else outcome,
        why=doubt or why,
        counted_in=snapshot.counted_in,
        measured=measured,
        remarks=remarks(snapshot, measured.before, measured.after),
    )


def measure(before: Sequence[Week], after: Sequence[Week], *, seed: int = 1) -> Measured:
    """Every number of a before and an after: ratio, scatter, test, power and complaints avoided."""
    earlier, later = total(before), total(after)
    phi = spread(before, after)
    widened = phi if phi > SCATTERED else 1.0
    ratio = rate_ratio(later, earlier, phi=widened)
    proof, p = _tested(before, after, ratio, phi, seed)
    return Measured(
        before=earlier,
        after=later,
        ratio=ratio,
        phi=phi,
        proof=proof,
        p=p,
        power=power(earlier, later.exposure, phi=widened),
        avoided=avoided(earlier, later, phi=widened),
    )


def outcome_of(measured: Measured) -> tuple[Outcome, Why]:
    """What the interval and the test say together; neither is enough alone."""
    low, high = measured.ratio.low, measured.ratio.high
    if low <= 1 <= high:
        return Outcome.CANNOT_TELL, Why.WIDE
    if measured.p > LEVEL:
        return Outcome.CANNOT_TELL, Why.MOVES_ANYWAY if measured.proof is Proof.PLACEBO else Why.SCATTER
    return (Outcome.WORKED if high < 1 else Outcome.WORSE), Why.CLEAR


def avoided(before: Total, after: Total, *, phi: float = 1.0) -> Avoided:
    """How many fewer came than the rate before leads to expect, from the intervals of both counts (MOVER)."""
    times = after.exposure / before.exposure
    expected, expected_low, expected_high = (phi * times * one for one in _with_interval(before.count / phi))
    seen, seen_low, seen_high = (phi * one for one in _with_interval(after.count / phi))
    value = expected - seen
    return Avoided(
        value,
        value - ((expected - expected_low) ** 2 + (seen_high - seen) ** 2) ** 0.5,
        value + ((expected_high - expected) ** 2 + (seen - seen_low) ** 2) ** 0.5,
    )


def _missing(snapshot: Snapshot, before: Sequence[Week], after: Sequence[Week]) -> Why | None:
    """The first thing without which no verdict is given."""
    if snapshot.taken_on < snapshot.review_on:
        return Why.TOO_EARLY
    if len(before) < FEWEST_FOR_SPREAD:
        return Why.SHORT_BEFORE
    if not after:
        return Why.NOTHING_AFTER
    return None if total((*before, *after)).count else Why.NO_COMPLAINTS


def _tested(before: Sequence[Week], after: Sequence[Week], ratio: Ratio, phi: float, seed: int) -> tuple[Proof, float]:
    """Which test suits, and its probability: a placebo where the past is long, shuffled weeks where they scatter."""
    if can_place(len(before), len(after)):
        return Proof.PLACEBO, placebo(before, after)
    if phi > SCATTERED:
        return Proof.SHUFFLE, shuffled(after, before, seed=seed)
    return Proof.EXACT, ratio.p


def _with_interval(count: float) -> tuple[float, float, float]:
    return count, *poisson_interval(count)
