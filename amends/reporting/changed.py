"""What was changed about a cause, and what the product's own review said of it: no more than its page says."""

from amends.measures.verdict import Outcome
from amends.prevention.models import Cause, Change

CAME_BACK = "came_back"
VERDICTS = {
    Outcome.WORKED.value: "It worked.",
    Outcome.CANNOT_TELL.value: "We cannot tell yet whether it worked.",
    Outcome.WORSE.value: "It got worse.",
    CAME_BACK: "It had worked, and then it came back.",
    "": "",
}


def change_of(cause: Cause) -> tuple[str, str]:
    """The change made last against a cause in words with what is known of it; else one agreed; else two empty words."""
    changes = list(cause.changes.all())
    made = [one for one in changes if one.made_at]
    if made:
        last = max(made, key=lambda one: (one.made_at, one.pk))
        return last.in_words(), _verdict(last)
    return (changes[-1].in_words(), "") if changes else ("", "")


def _verdict(change: Change) -> str:
    """Only a change that was proven is said to have worked."""
    if hasattr(change, "regression"):
        return CAME_BACK
    if hasattr(change, "proof"):
        return Outcome.WORKED.value
    review = next((one for one in change.verdicts.all() if one.review), None)
    worse = review is not None and review.outcome == Outcome.WORSE.value
    return Outcome.WORSE.value if worse else Outcome.CANNOT_TELL.value
