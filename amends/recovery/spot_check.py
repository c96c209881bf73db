"""A sample of what was granted on the spot, picked by a rule nobody can steer, and looked at by somebody else."""

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.sample import SpotCheck
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current


def pick(done: Fulfilment, now: datetime) -> SpotCheck | None:
    """Put a remedy that nobody approved before into the sample, or leave it out; inside the change that delivers it.

    The share is the policy's (E71: trust first, look at a part afterwards); the draw is a hash of the number.
    """
    if done.acceptance is not None and done.acceptance.offer.approval_id is not None:
        return None
    if SpotCheck.objects.filter(fulfilment=done).exists() or not drawn(done.pk, current().sample_share):
        return None
    made = SpotCheck.objects.create(fulfilment=done, picked_at=now)
    record("spot_check_picked", done.case_id, "system", now, fulfilment=done.pk)
    return made


def drawn(number: int, share: float) -> bool:
    """Whether this number falls into a share from 0 to 1, the same answer every time."""
    digest = hashlib.sha256(f"spot check {number}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64


def to_look_at(user: User) -> QuerySet[SpotCheck]:
    """What waits to be looked at by this person: of cases they can see, granted by others, oldest first."""
    rows = SpotCheck.objects.filter(at=None).exclude(
        Q(fulfilment__by=user) | Q(fulfilment__acceptance__offer__made_by=user)
    )
    if not user.can(Right.SEE_ALL_TEAMS):
        rows = rows.filter(fulfilment__case__team=user.team_id)
    return rows.select_related(
        "fulfilment__by", "fulfilment__remedy", "fulfilment__case__customer", "fulfilment__acceptance__offer__made_by"
    )


def look_at(check: SpotCheck, *, fair: bool, words: str, by: User, now: datetime) -> None:
    """Write down whether a granted remedy was fair; raises NotAllowed for those who granted it, AlreadyDone the
    second time, Incomplete for a no without words."""
    with writing():
        check = SpotCheck.objects.select_related("fulfilment__acceptance__offer", "fulfilment__case").get(pk=check.pk)
        if check.at is not None:
            raise AlreadyDone("Somebody looked at this before.")
        if not by.can(Right.SPOT_CHECK):
            raise NotAllowed("Your role does not look at remedies afterwards. Ask a lead.")
        if by.pk in _hands(check.fulfilment):
            raise NotAllowed("You granted this yourself. Somebody else looks at it.")
        if not fair and not words.strip():
            raise Incomplete("Say what would have been fair, so that everybody can learn from it.", "words")
        check.by, check.at, check.fair, check.words = by, now, fair, words.strip()
        check.save()
        record("spot_checked", check.fulfilment.case_id, by, now, fulfilment=check.fulfilment_id, fair=fair)


def _hands(done: Fulfilment) -> set[int]:
    """Who granted or carried out this remedy."""
    return {done.by_id, done.acceptance.offer.made_by_id} if done.acceptance else {done.by_id}
