"""What the page of one change shows: its verdict in words first, then the chart, and what could ever be shown."""

from dataclasses import dataclass, replace
from datetime import datetime

from amends.desk.watched_weeks import WatchedWeeks, watched_weeks
from amends.measures.change_test import judge
from amends.measures.snapshot import Snapshot
from amends.measures.weeks import Week
from amends.prevention.board import first_sentence
from amends.prevention.claim import Claim, can_restate, effective_on
from amends.prevention.could import what_it_could_show
from amends.prevention.judge import fewer_linked
from amends.prevention.models import Change
from amends.prevention.verdict import Verdict
from amends.prevention.weeks import before, snapshot_of, tally_of, triggered


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
    found = _reviewed(change, claim, review) if review else _going_on(change, claim, now)
    return replace(found, sentence=change.regression.words, kind="warn") if hasattr(change, "regression") else found


def _unclaimed(change: Change) -> str:
    made = "is in place" if change.made_at else "is agreed"
    return (
        f"This change {made} and claims nothing yet, so nobody can ever say whether it worked. State its claim below."
    )


def _reviewed(change: Change, claim: Claim, review: Verdict) -> Watching:
    doubt = fewer_linked(review)
    kept = Snapshot.from_json(review.snapshot)
    return Watching(
        claim=claim,
        sentence=review.words,
        kind={"worked": "good", "worse": "warn"}.get(review.outcome, ""),
        more=(f"It is not called proven: {doubt}",) if doubt else (),
        weeks=_weeks(change, claim, kept.weeks, kept.before()),
        review=review,
        may_state=can_restate(change, claim),
    )


def _going_on(change: Change, claim: Claim, now: datetime) -> Watching:
    tally = tally_of(change, claim, now.date())
    since, weeks = effective_on(change, claim), tally.weeks(change.cause_id)
    if since is None:
        sentence, kind = "It is not in place yet. Its weeks count from the day it is.", ""
    elif since >= claim.review_date:
        sentence, kind = "Its review day came before it was in place. State the claim again, with a later day.", "warn"
    else:
        sentence, kind = judge(snapshot_of(change, claim, tally, now)).words, ""
    return Watching(
        claim=claim,
        sentence=sentence,
        kind=kind,
        more=(*_warned(change), *what_it_could_show(change, claim, tally, now.date())),
        weeks=_weeks(change, claim, weeks, before(weeks, change, claim, since or now.date())),
        review=None,
        may_state=can_restate(change, claim),
    )


def _warned(change: Change) -> tuple[str, ...]:
    """What the last look warned of, with how often such a warning is wrong."""
    last = change.verdicts.last()
    return (last.warning,) if last and last.warning else ()


def _weeks(change: Change, claim: Claim, weeks: tuple[Week, ...], baseline: tuple[Week, ...]) -> WatchedWeeks | None:
    if not weeks:
        return None
    made = change.made_at.date() if change.made_at else None
    out = triggered(weeks, change, claim)
    return watched_weeks(weeks, baseline, counted_in=claim.exposure, changed_on=made, left_out=out)
