"""What the volume behind a claim could ever show: said before anybody hopes for a verdict."""

from datetime import date

from amends.measures.power import power
from amends.measures.weeks import FEWEST_FOR_SPREAD, Total, total
from amends.prevention.claim import Claim, effective_on
from amends.prevention.models import Change
from amends.prevention.weeks import Tally, before

OFTEN = 0.8
NO_EXPOSURE = (
    "It is counted in weeks alone. Were there fewer orders, visits or users, it would look as if the change had worked."
)


def what_it_could_show(change: Change, claim: Claim, tally: Tally, today: date) -> tuple[str, ...]:
    """Sentences on what this claim can show by its review: how surely the drop it expects, and the least drop.

    The weeks to come are taken to bring as many orders, visits or users as those before; a change that is overdue
    cannot be in place before today.
    """
    since = effective_on(change, claim) or max(change.due_date, today)
    earlier = total(before(tally.weeks(change.cause_id), change, claim, since))
    unknown = tally.window.unknown
    said = [_unknown(unknown, claim)] if unknown else []
    said += [] if claim.exposure else [NO_EXPOSURE]
    to_come = max(0, (claim.review_date - since).days // 7)
    return (*said, *_in_words(earlier, to_come, claim))


def least_drop(before: Total, exposure: float) -> float | None:
    """The least drop that would be seen eight times in ten, as a share; None where not even its end would be."""
    if power(before, exposure, ratio=0.0) < OFTEN:
        return None
    low, high = 0.0, 1.0
    while high - low > 0.005:
        middle = (low + high) / 2
        low, high = (low, middle) if power(before, exposure, ratio=1 - middle) >= OFTEN else (middle, high)
    return high


def _unknown(weeks: tuple[date, ...], claim: Claim) -> str:
    count = "One week is" if len(weeks) == 1 else f"{len(weeks)} weeks are"
    return f"{count} left out: no {claim.exposure} are known for {weeks[0]:%-d %B %Y}{' and later' * (len(weeks) > 1)}."


def _in_words(before: Total, to_come: int, claim: Claim) -> list[str]:
    if before.weeks < FEWEST_FOR_SPREAD:
        return [f"Only {before.weeks} weeks before can be used, {FEWEST_FOR_SPREAD} are needed: it can never be told."]
    if not before.count:
        return ["No such complaint came in the weeks before, so none can become fewer: it can never be told."]
    exposure = before.exposure / before.weeks * to_come
    if not to_come:
        return ["No whole week lies between the change and its review: it can never be told."]
    chance = power(before, exposure, ratio=1 - claim.drop_percent / 100)
    counted = f"{before.exposure:,.0f} {claim.exposure}" if claim.exposure else f"{before.weeks} weeks"
    first = (
        f"{before.count:,} such complaints in {counted} before, and about {to_come} weeks to come: a drop of "
        f"{claim.drop_percent} % would be seen {100 * chance:.0f} % of the time."
    )
    least = least_drop(before, exposure)
    if least is None:
        return [first, "Even if they stopped altogether, it would often not be seen. A later review sees more."]
    return [first, f"Eight times in ten, a drop of {100 * least:.0f} % or more would be seen."]
