"""What else may have made complaints fewer: other names for them, a fall everywhere, another volume."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from amends.measures.ratio import Ratio, rate_ratio
from amends.measures.snapshot import Series, Snapshot
from amends.measures.verdict import Why
from amends.measures.weeks import Total, Week, spread, total, widening

VOLUME_MOVED = 0.2


def doubts(snapshot: Snapshot, ratio: Ratio) -> Why | None:
    """Why a fall is not yet a success: complaints named otherwise, or a like fall where nothing was changed."""
    risen = [one for one in snapshot.neighbours if _compare(snapshot, one.weeks).low > 1]
    if risen and _compare(snapshot, _added(snapshot.weeks, risen)).high >= 1:
        return Why.RELABELLED
    there = _compare(snapshot, snapshot.elsewhere.weeks) if snapshot.elsewhere else None
    if there and there.high < 1 and ratio.high >= there.low:
        return Why.FELL_ELSEWHERE
    return None


def remarks(snapshot: Snapshot, ratio: Ratio, before: Total, after: Total) -> tuple[str, ...]:
    """A sentence on the claim, and one for each thing beside the cause that moved."""
    return (
        *_claim(snapshot, ratio),
        *(_moved(snapshot, one) for one in snapshot.neighbours if _compare(snapshot, one.weeks).low > 1),
        *(_moved(snapshot, one) for one in [snapshot.elsewhere] if one),
        *_volume(snapshot, before, after),
    )


def _claim(snapshot: Snapshot, ratio: Ratio) -> tuple[str, ...]:
    """What became of the claimed fall."""
    if snapshot.claimed_fall is None:
        return ()
    claimed = f"A fall by {100 * snapshot.claimed_fall:.0f} % was claimed"
    if ratio.low >= 1:
        return (f"{claimed}; there was none.",)
    if ratio.low > 1 - snapshot.claimed_fall:
        return (f"{claimed}; it was smaller{', if there was any' if ratio.high >= 1 else ''}.",)
    if ratio.high < 1 - snapshot.claimed_fall:
        return (f"{claimed}; it was greater.",)
    if ratio.high >= 1:
        return (f"{claimed}; these figures rule out neither that nor no fall at all.",)
    return (f"{claimed}; these figures agree with it.",)


def _compare(snapshot: Snapshot, weeks: Sequence[Week]) -> Ratio:
    before, after = snapshot.before(weeks), snapshot.after(weeks)
    return rate_ratio(total(after), total(before), phi=widening(spread(before, after)))


def _added(weeks: Iterable[Week], others: Iterable[Series]) -> tuple[Week, ...]:
    """The weeks of a cause with the counts of others added; the exposure stays the cause's."""
    more: dict[object, int] = defaultdict(int)
    for series in others:
        for one in series.weeks:
            more[one.starts_on] += one.count
    return tuple(Week(one.starts_on, one.count + more[one.starts_on], one.exposure) for one in weeks)


def _moved(snapshot: Snapshot, series: Series) -> str:
    found = _compare(snapshot, series.weeks)
    return f"{series.name}: {found.value:.2f} times its rate before ({found.low:.2f} to {found.high:.2f})."


def _volume(snapshot: Snapshot, before: Total, after: Total) -> tuple[str, ...]:
    if not snapshot.counted_in or not before.weeks or not after.weeks:
        return ()
    moved = (after.exposure / after.weeks) / (before.exposure / before.weeks) - 1
    if abs(moved) < VOLUME_MOVED:
        return ()
    way = "more" if moved > 0 else "fewer"
    return (f"There were {100 * abs(moved):.0f} % {way} {snapshot.counted_in} a week than before.",)
