"""Writing down that a customer wants nothing linked to them, and that they no longer mind."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.loyalty.no_linking import NoLinking
from amends.loyalty.post import PostMatch
from amends.loyalty.referral import referrals_of
from amends.team.models import User
from amends.team.permissions import Right


def stop_linking(case: Case, *, by: User, now: datetime) -> None:
    """Link nothing to the customer of a case from now on, and take away what is linked.

    A post stays, as one about no case of ours. Raises AlreadyDone for a second wish.
    """
    _may(by)
    with writing():
        if NoLinking.objects.filter(customer=case.customer_id).exists():
            raise AlreadyDone("They asked for this before, and nothing is linked to them.")
        NoLinking.objects.create(customer_id=case.customer_id, by=by, at=now)
        PostMatch.objects.filter(case__customer=case.customer_id).update(case=None)
        referrals_of(case.customer).delete()
        record("linking_stopped", case.pk, by, now)


def allow_linking(case: Case, *, by: User, now: datetime) -> None:
    """The customer no longer minds; raises NotPossible when they never did."""
    _may(by)
    with writing():
        gone, _ = NoLinking.objects.filter(customer=case.customer_id).delete()
        if not gone:
            raise NotPossible("Nothing hinders it: they did not ask for it.")
        record("linking_allowed", case.pk, by, now)


def _may(by: User) -> None:
    if not by.can(Right.WORK_CASES):
        raise NotAllowed("A customer's wish is written down by the people who write to them.")
