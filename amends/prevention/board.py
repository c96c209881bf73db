"""The prevention board: each cause stands where its latest change is, and moves there by what is known of it."""

from dataclasses import dataclass

from amends.measures.verdict import Outcome
from amends.prevention.models import Cause, Change
from amends.prevention.tree import ISSUES

COLUMNS = {
    "understand": ("To understand", "Causes that nobody has agreed a change for stand here."),
    "agreed": ("Change agreed", "Changes with an owner and a day stand here."),
    "watching": ("Watching", "Changes that are in place stand here until their review."),
    "proven": ("Proven", "What its review has shown to work stands here."),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One cause on the board: what changes and what is known of that; `again` says why it was opened again."""

    cause: Cause
    change: Change | None
    again: str

    @property
    def warning(self) -> str:
        """Since when more came than before, as the last look found while it is watched; "" of nothing."""
        looks = list(self.change.verdicts.all()) if self.change else []
        return first_sentence(looks[-1].warning) if looks and not looks[-1].review else ""

    @property
    def stands(self) -> str:
        """How its latest change stands, as a short sentence."""
        change = self.change
        if change is None:
            return ""
        if hasattr(change, "proof"):
            return f"Worked, by the review of {change.claim.review_date:%-d %B %Y}."
        if not hasattr(change, "claim"):
            return "It claims nothing yet, so nothing can be proven."
        review = next((one for one in change.verdicts.all() if one.review), None)
        if review:
            short = "The review: it did not do what was claimed."
            return short if review.fell_short else "The review could not tell whether it worked."
        return f"Review on {change.claim.review_date:%-d %B %Y}."


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its causes, the most cases first."""

    key: str
    title: str
    empty: str
    cards: tuple[Card, ...]


def board_of() -> list[Column]:
    """The columns of the board; each cause carries `cases`, the number of issues that stand behind it.

    Left out are causes out of use, and wider ones that only hold others.
    """
    causes = (
        Cause.objects.filter(retirement=None)
        .select_related("owner")
        .prefetch_related("changes__claim", "changes__proof", "changes__regression", "changes__verdicts", "below")
        .annotate(cases=ISSUES)
        .order_by("-cases", "name")
    )
    placed = [(stage_of(cause), _card(cause)) for cause in causes if not _only_holds(cause)]
    return [
        Column(key, title, empty, tuple(card for stage, card in placed if stage == key))
        for key, (title, empty) in COLUMNS.items()
    ]


def _only_holds(cause: Cause) -> bool:
    return bool(cause.below.all()) and not (cause.cases or cause.changes.all())  # type: ignore[attr-defined]


def stage_of(cause: Cause) -> str:
    """The column of a cause: it is opened again when its change made it worse, or stopped holding."""
    changes = list(cause.changes.all())
    latest = latest_of(cause)
    if latest is None:
        return "understand"
    if any(change.made_at is None for change in changes):
        return "agreed"
    if why_again(latest):
        return "understand"
    return "proven" if hasattr(latest, "proof") else "watching"


def latest_of(cause: Cause) -> Change | None:
    """The change a cause stands by: one that is still to be made, else the one made last."""
    changes = sorted(cause.changes.all(), key=lambda one: (one.made_at is None, one.made_at or one.agreed_at, one.pk))
    return changes[-1] if changes else None


def why_again(change: Change) -> str:
    """Why a change that is in place is not enough: it came back, or its review found it worse; "" where it may be."""
    if hasattr(change, "regression"):
        return str(change.regression.words)
    review = next((one for one in change.verdicts.all() if one.review), None)
    return review.words if review and review.outcome == Outcome.WORSE.value else ""


def _card(cause: Cause) -> Card:
    latest = latest_of(cause)
    made = latest if latest and latest.made_at else None
    return Card(cause, latest, first_sentence(why_again(made)) if made else "")


def first_sentence(words: str) -> str:
    """The first sentence of several."""
    return words.partition(". ")[0].rstrip(".") + "." if words else ""
