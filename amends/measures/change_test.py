"""Whether a change made complaints fewer: a verdict that only the figures kept with it decide."""

from collections.abc import Sequence

from amends.measures.exposure import poisson_interval
from amends.measures.placebo import placebo, weeks_needed
from amends.measures.power import power
from amends.measures.ratio import rate_ratio, shuffled
from amends.measures.side_checks import doubts, remarks
from amends.measures.snapshot import Snapshot
from amends.measures.verdict import Avoided, Compared, Measured, Outcome, Proof, Verdict, Why
from amends.measures.weeks import FEWEST_FOR_SPREAD, SCATTERED, Total, Week, spread, total, widening

LEVEL = 0.05


def judge(snapshot: Snapshot) -> Verdict:
    """The verdict on a change; the same snapshot gives the same verdict on every machine and day.

    "Worked" is said when the whole 95 % interval of the rate ratio lies below 1, the test agrees, and no side check
    stands against it; "worse" when it lies above 1 and the test agrees; else "cannot tell", with the reason. A reason
    of its own is that the interval leaves no room for the fall that was claimed.
    """
    before, after = snapshot.before(), snapshot.after()
    missing = _missing(snapshot, before, after)
    if missing and not (before and after):
        return Verdict(outcome=Outcome.CANNOT_TELL, why=missing, counted_in=snapshot.counted_in)
    found = compare(before, after, seed=snapshot.seed)
    outcome, why = (Outcome.CANNOT_TELL, missing) if missing else outcome_of(found)
    if why is Why.WIDE and _falls_short(snapshot, found):
        why = Why.NOT_AS_CLAIMED
    doubt = doubts(snapshot, found.ratio) if outcome is Outcome.WORKED else None
    earlier, later = total(before), total(after)
    return Verdict(
        outcome=Outcome.CANNOT_TELL if doubt else outcome,
        why=doubt or why,
        counted_in=snapshot.counted_in,
        measured=Measured(
            before=earlier,
            after=later,
            compared=found,
            power=power(earlier, later.exposure, phi=widening(found.phi)),
            avoided=avoided(earlier, later, phi=widening(found.phi)),
        ),
        remarks=(*remarks(snapshot, found.ratio, earlier, later), *_short_past(found, later)),
    )


def compare(before: Sequence[Week], after: Sequence[Week], *, seed: int = 1) -> Compared:
    """The ratio of the rates, the scatter of the weeks, and the test that suits them.

    A placebo where the past is long enough, shuffled weeks where they scatter, else the exact test (E60, E61).
    """
    phi = spread(before, after)
    ratio = rate_ratio(total(after), total(before), phi=widening(phi))
    proof, p = Proof.EXACT, ratio.p
    if len(before) >= weeks_needed(len(after)):
        proof, p = Proof.PLACEBO, placebo(before, after)
    elif phi > SCATTERED:
        proof, p = Proof.SHUFFLE, shuffled(after, before, seed=seed)
    return Compared(ratio, phi, proof, p, went_on(before, after))


def went_on(before: Sequence[Week], after: Sequence[Week]) -> bool:
    """Whether the second half of the baseline already differed clearly from the first, and after it no faster ([J])."""
    first, second = before[: len(before) // 2], before[len(before) // 2 :]
    phi = widening(spread(first, second, after))
    earlier = rate_ratio(total(second), total(first), phi=phi)
    since = rate_ratio(total(after), total(second), phi=phi)
    fell_on = earlier.high < 1 and since.high >= earlier.low
    rose_on = earlier.low > 1 and since.low <= earlier.high
    return (fell_on and since.value < 1) or (rose_on and since.value > 1)


def outcome_of(found: Compared) -> tuple[Outcome, Why]:
    """What the interval and the test say together; neither is enough alone."""
    low, high = found.ratio.low, found.ratio.high
    if low <= 1 <= high:
        return Outcome.CANNOT_TELL, Why.WIDE
    if found.p > LEVEL:
        return Outcome.CANNOT_TELL, Why.MOVES_ANYWAY if found.proof is Proof.PLACEBO else Why.SCATTER
    if found.went_on:
        return Outcome.CANNOT_TELL, Why.WENT_ON
    return (Outcome.WORKED if high < 1 else Outcome.WORSE), Why.CLEAR


def _falls_short(snapshot: Snapshot, found: Compared) -> bool:
    """Whether the claimed fall lies outside the interval, though what happened instead cannot be told."""
    return snapshot.claimed_fall is not None and found.ratio.low > 1 - snapshot.claimed_fall


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


def _short_past(found: Compared, after: Total) -> tuple[str, ...]:
    """What a clear ratio leaves open when there is no room for a placebo."""
    if found.proof is Proof.PLACEBO or found.ratio.low <= 1 <= found.ratio.high:
        return ()
    return (
        "The past is too short to see whether it moves by itself, with a season for instance: "
        f"{weeks_needed(after.weeks)} weeks before would tell.",
    )


def _with_interval(count: float) -> tuple[float, float, float]:
    return count, *poisson_interval(count)
