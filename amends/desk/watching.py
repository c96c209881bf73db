"""What the page of one change shows: its verdict in words first, then the chart, and what could ever be shown."""

from dataclasses import dataclass
from datetime import datetime

from amends.desk.watched_weeks import WatchedWeeks, watched_weeks
from amends.measures.change_test import judge
from amends.measures.snapshot import Snapshot
from amends.measures.weeks import Week
from amends.prevention.board import first_sentence
from amends.prevention.claim import Claim, can_restate, effective_on, trigger_window
from amends.prevention.could import what_it_could_show
from amends.prevention.judge import fewer_linked
from amends.prevention.models import Change
from amends.prevention.verdict import Verdict
from amends.prevention.weeks import counts_of, snapshot_of, weeks_of, window_of


@dataclass(frozen=True, slots=True)
class Watching:
    """One change as it is watched: its claim, the sentence that comes first, the chart, and what could be shown."""

    claim: Claim | None
    sentence: str
    kind: str
    more: tuple[str, ...]
    weeks: WatchedWeeks | None
    review: Verdict | None
    may_state: bool

    @property
    def first(self) -> str:
        """Its first sentence: what a reader has to know."""
        return first_sentence(self.sentence)

    @property
    def rest(self) -> str:
        """The sentences after it, with the numbers."""
        return self.sentence.removeprefix(self.first).strip()


def watching(change: Change, now: datetime) -> Watching:
    """What is known of a change now; after its review, what was known on that day."""
    claim = getattr(change, "claim", None)
    if claim is None:
        return Watching(None, _unclaimed(change), "", (), None, None, True)
    review = change.verdicts.filter(review=True).first()
    figures = _figures(change, claim, review, now)
    sentence, kind = _verdict(change, review, figures)
    return Watching(
        claim=claim,
        sentence=sentence,
        kind=kind,
        more=_more(change, claim, review, now),
        weeks=_drawn(change, claim, figures, now),
        review=review,
        may_state=can_restate(change, claim),
    )


def _figures(change: Change, claim: Claim, review: Verdict | None, now: datetime) -> Snapshot | None:
    """The figures of its review, or those of today; None while none count, or when its review came too early."""
    if review:
        return Snapshot.from_json(review.snapshot)
    since = effective_on(change, claim)
    return snapshot_of(change, claim, now) if since and since < claim.review_date else None


def _unclaimed(change: Change) -> str:
    made = "is in place" if change.made_at else "is agreed"
    return (
        f"This change {made} and claims nothing yet, so nobody can ever say whether it worked. State its claim below."
    )


def _verdict(change: Change, review: Verdict | None, figures: Snapshot | None) -> tuple[str, str]:
    if hasattr(change, "regression"):
        return change.regression.words, "warn"
    if review:
        return review.words, {"worked": "good", "worse": "warn"}.get(review.outcome, "")
    if change.made_at is None:
        return "It is not in place yet. Its weeks count from the day it is.", ""
    if figures is None:
        return "Its review day came before it was in place. State the claim again, with a later day.", "warn"
    return judge(figures).words, ""


def _more(change: Change, claim: Claim, review: Verdict | None, now: datetime) -> tuple[str, ...]:
    if review is None:
        return what_it_could_show(change, claim, now.date())
    doubt = fewer_linked(review)
    return (f"It is not called proven: {doubt}",) if doubt else ()


def _drawn(change: Change, claim: Claim, figures: Snapshot | None, now: datetime) -> WatchedWeeks | None:
    begins, ends = trigger_window(change, claim)
    weeks = figures.weeks if figures else _weeks(change, claim, now)
    out = {one.starts_on for one in weeks if one.starts_on <= ends and one.ends_on >= begins}
    if not weeks:
        return None
    since = effective_on(change, claim) or now.date()
    before = tuple(one for one in weeks if one.ends_on < since and one.starts_on not in out)
    made = change.made_at.date() if change.made_at else None
    return watched_weeks(weeks, before, counted_in=claim.exposure, changed_on=made, left_out=out)


def _weeks(change: Change, claim: Claim, now: datetime) -> tuple[Week, ...]:
    window = window_of(change, claim, now.date())
    return weeks_of(window, counts_of(window.mondays).get(change.cause_id) or {})
