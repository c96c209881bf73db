"""Looking whether a change worked: once a week while it is watched, and on its review day, which alone can prove it."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.core.cache import cache

from amends.cases.errors import AlreadyDone, NotPossible
from amends.cases.ledger import SYSTEM, record, writing
from amends.errors import AmendsError
from amends.measures.change_test import judge
from amends.measures.control_chart import limits, scatter
from amends.measures.early import early_warning
from amends.measures.figure import difference, share
from amends.measures.snapshot import Snapshot
from amends.measures.verdict import Outcome
from amends.measures.weeks import Total, Week, total
from amends.prevention.claim import Claim, effective_on
from amends.prevention.models import Change
from amends.prevention.verdict import Proof, Regression, Verdict
from amends.prevention.weeks import counts_of, linked_in, snapshot_of, tally_of, window_of
from amends.team.models import User

EVERY = timedelta(days=7)
TOGETHER = 8
FEWEST_TO_COMPARE = 20
WAITS = timedelta(days=14)  # [J]: no source for how late figures may come

log = logging.getLogger(__name__)


def look(change: Change, now: datetime) -> Verdict:
    """Judge a change by its figures as they are now and keep both; on or after its review day, once and for all.

    Raises NotPossible before the change is in place or without a claim, AlreadyDone after the review.
    """
    with writing():
        claim = claim_of(change)
        if Verdict.objects.filter(change=change, review=True).exists():
            raise AlreadyDone("This change had its review. Its verdict stands with the figures of that day.")
        if change.made_at is None:
            raise NotPossible(f"“{change.what}” is not in place yet, so there is nothing to look at.")
        snapshot = snapshot_of(change, claim, tally_of(change, claim, now.date()), now)
        found = judge(snapshot)
        verdict = Verdict.objects.create(
            change=change,
            at=now,
            review=now.date() > claim.review_date,
            outcome=found.outcome.value,
            snapshot=snapshot.as_json(),
            found=found.as_json(),
            warning=early_warning(snapshot),
            linked=[*linked_in(snapshot.before()), *linked_in(snapshot.after())],
        )
        words = found.outcome.value.replace("_", " ")
        record("change_looked_at", None, SYSTEM, now, change=change.pk, verdict=verdict.pk, outcome=words)
    return verdict


def prove(change: Change, *, by: User | None, now: datetime) -> Proof:
    """Write down that a change is proven, which only its review can earn.

    Raises NotPossible with what is missing: the claim, the review day, a verdict that it worked, or complaints since
    that nobody has linked to a cause.
    """
    with writing():
        if Proof.objects.filter(change=change).exists():
            raise AlreadyDone("This change is proven already.")
        claim = claim_of(change)
        verdict = Verdict.objects.filter(change=change, review=True).first()
        if verdict is None:
            raise NotPossible(
                f"Not proven yet: its review is on {claim.review_date:%-d %B %Y}, fixed before anybody looked. "
                "The verdict of that day counts."
            )
        if verdict.outcome != Outcome.WORKED.value:
            raise NotPossible(f"Not proven: {verdict.words}")
        doubt = fewer_linked(verdict)
        if doubt:
            raise NotPossible(f"Not proven: {doubt}")
        proof = Proof.objects.create(change=change, verdict=verdict, by=by, at=now)
        record("change_proven", None, by or SYSTEM, now, change=change.pk, verdict=verdict.pk)
    return proof


def claim_of(change: Change) -> Claim:
    """What a change claims; raises NotPossible where it claims nothing."""
    claim = Claim.objects.filter(change=change).first()
    if claim is None:
        raise NotPossible("This change claims nothing, so nothing can be proven. State its claim first.")
    return claim


def fewer_linked(verdict: Verdict) -> str:
    """A sentence when clearly fewer complaints were linked to a cause since than before; then a fall proves nothing."""
    linked_before, before, linked_since, since = verdict.linked
    earlier = share("before", linked_before, before, noun="issues", fewest=FEWEST_TO_COMPARE)
    later = share("since", linked_since, since, noun="issues", fewest=FEWEST_TO_COMPARE)
    gap = difference(later, earlier)
    if not gap.is_clear or gap.value >= 0:
        return ""
    return (
        f"since the change {100 * later.value:.0f} % of the issues were linked to a cause, {100 * earlier.value:.0f} % "
        "before. Who links fewer sees fewer."
    )


def judge_those_due(now: datetime) -> int:
    """Look at every watched change whose week or review has come, and at what was proven; returns how many."""
    watched = Change.objects.exclude(made_at=None).exclude(claim=None).select_related("cause", "claim")
    open_ones = watched.exclude(verdicts__review=True).distinct()
    seen = sum(_one(_look_if_due, change, now) for change in open_ones)
    proven = watched.exclude(proof=None).filter(regression=None)
    return seen + sum(_one(came_back, change, now) for change in proven if _first_today(change, now))


def _one(judged: Callable[[Change, datetime], bool], change: Change, now: datetime) -> bool:
    """Judge one change; what cannot be reckoned is told in the log and never stops the next."""
    try:
        return judged(change, now)
    except (AmendsError, ArithmeticError):
        log.exception("Change %s could not be judged", change.pk)
        return False


def _first_today(change: Change, now: datetime) -> bool:
    """Whether this process has not looked at a proven change today: figures come by the week."""
    return bool(cache.add(f"amends.proven.{change.pk}.{now.date()}", True, timeout=EVERY.total_seconds()))


def _look_if_due(change: Change, now: datetime) -> bool:
    last = change.verdicts.last()
    is_review = now.date() > change.claim.review_date
    since = effective_on(change, change.claim)
    if since is None or since >= change.claim.review_date or (last and not is_review and now - last.at < EVERY):
        return False
    if is_review and _figures_may_come(change, now):
        return False
    with writing():
        verdict = look(change, now)
        if verdict.review and verdict.outcome == Outcome.WORKED.value and not fewer_linked(verdict):
            prove(change, by=None, now=now)
    return True


def _figures_may_come(change: Change, now: datetime) -> bool:
    """Whether weeks since the change lack their figures and the review can wait for them a little."""
    since = effective_on(change, change.claim)
    unknown = [one for one in window_of(change, change.claim, now.date()).unknown if since and one >= since]
    return bool(unknown) and now.date() <= change.claim.review_date + WAITS


def came_back(change: Change, now: datetime) -> bool:
    """Whether a week since the review, or eight together, bring more than what proved the change leads to expect.

    The limits are those of the control chart: predictive, so they know how little the proof rests on, and a week or
    eight lie above them by chance about once in 740 (E57). Eight is [J]. Written down once.
    """
    kept = Snapshot.from_json(change.proof.verdict.snapshot)
    held, since = kept.after(), _weeks_since(change, kept, now)
    found = next((one for one in _stretches(since) if total(one).count > _most(held, total(one))), None)
    if found is None:
        return False
    counted = total(found)
    when = f"in the week of {found[0].starts_on:%-d %B}"
    when = when if len(found) == 1 else f"in the {len(found)} weeks from {found[0].starts_on:%-d %B}"
    words = f"It came back: {counted.count:,} {when}, where at most {_most(held, counted):,} would be usual."
    with writing():
        weeks = [[one.starts_on.isoformat(), one.count, one.exposure] for one in since]
        Regression.objects.create(change=change, at=now, weeks=weeks, words=words)
        record("change_regressed", None, SYSTEM, now, change=change.pk, owner=change.owner_id)
    return True


def _stretches(weeks: tuple[Week, ...]) -> Iterator[tuple[Week, ...]]:
    """Each week alone, and each eight that follow on each other, by their last week."""
    for end in range(1, len(weeks) + 1):
        yield weeks[end - 1 : end]
        if end >= TOGETHER:
            yield weeks[end - TOGETHER : end]


def _most(held: tuple[Week, ...], counted: Total) -> int:
    whole = total(held)
    return limits(whole.count, whole.exposure, counted.exposure, phi=scatter(held))[1]


def _weeks_since(change: Change, kept: Snapshot, now: datetime) -> tuple[Week, ...]:
    window = window_of(change, change.claim, now.date(), last=now.date())
    mondays = tuple(one for one in window.mondays if one > kept.review_on)
    counts = counts_of(mondays).get(change.cause_id, Counter())
    return tuple(Week(one, counts.get(one, 0), float(window.exposure[one])) for one in mondays)
