"""An early warning about a watched change: more than before came since about some week, long before the review."""

from collections.abc import Sequence
from datetime import date

from amends.measures.control_chart import FEWEST_BASELINE, scatter
from amends.measures.cusum import sums, watch
from amends.measures.errors import ChartNeedsMore
from amends.measures.snapshot import Snapshot
from amends.measures.weeks import Week, total

_ROUNDING = 1e-9


def early_warning(snapshot: Snapshot) -> str:
    """What a Poisson CUSUM says of the weeks since the change, in a sentence with its false alarms; "" of nothing.

    It is silent where fewer than 8 weeks came before, or where these scatter more than chance: there it would warn
    wrongly more often than it says (E59, docs/measures.md).
    """
    before = snapshot.before()
    known = total(before)
    if len(before) < FEWEST_BASELINE or not known.count or scatter(before) > 1:
        return ""
    try:
        watched = watch(known.count / known.weeks)
    except ChartNeedsMore:
        return ""
    after = snapshot.after()
    began = begun(sums(watched, after, rate=known.rate), after, watched.warns_at)
    if began is None:
        return ""
    return (
        f"An early warning: more came than before, since about the week of {began:%-d %B %Y}. {watched.words} "
        f"What is usual is known from {len(before)} weeks only, so it errs more often than that."
    )


def begun(so_far: Sequence[float], weeks: Sequence[Week], warns_at: float) -> date | None:
    """The Monday of the week from which the sum rose to its latest warning; None where it never warned."""
    warned = [at for at, one in enumerate(so_far) if one >= warns_at - _ROUNDING]
    if not warned:
        return None
    last = warned[-1]
    calm = [at for at in range(last) if so_far[at] <= 0 or at in warned]
    return weeks[calm[-1] + 1 if calm else 0].starts_on
