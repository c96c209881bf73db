"""Legal hold: while somebody has a reason to keep everything, nothing about a customer is erased (STD-G01)."""

from datetime import datetime

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.customers.models import Customer
from amends.privacy.models import LegalHold
from amends.team.models import User
from amends.team.permissions import Right


def place_hold(customer: Customer, reason: str, *, by: User, now: datetime) -> LegalHold:
    """Order that nothing about this customer may be erased until somebody lifts it.

    Raises Incomplete without a reason, AlreadyDone while one stands or when they were erased.
    """
    check_may(by, customer)
    _check(reason)
    with writing():
        if standing_hold(customer) is not None:
            raise AlreadyDone("There is a legal hold on this customer already.")
        if hasattr(customer, "erasure"):
            raise AlreadyDone("This customer was erased, so there is nothing left to keep.")
        made = LegalHold.objects.create(customer=customer, by=by, at=now, reason=reason.strip())
        for case in noted_on(customer):
            record("hold_placed", case, by, now, customer=customer.pk)
    return made


def lift_hold(customer: Customer, reason: str, *, by: User, now: datetime) -> LegalHold:
    """Lift the hold on this customer; raises Incomplete without a reason, AlreadyDone when there is none."""
    check_may(by, customer)
    _check(reason)
    with writing():
        hold = standing_hold(customer)
        if hold is None:
            raise AlreadyDone("There is no legal hold on this customer.")
        hold.lifted_by, hold.lifted_at, hold.lifted_because = by, now, reason.strip()
        hold.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
        for case in noted_on(customer):
            record("hold_lifted", case, by, now, customer=customer.pk)
    return hold


def standing_hold(customer: Customer) -> LegalHold | None:
    """The hold that stands, or None."""
    return LegalHold.objects.select_related("by").filter(customer=customer, lifted_at=None).first()


def noted_on(customer: Customer) -> list[int | None]:
    """The cases in whose history it is told what was done with a customer; no case where they have none."""
    return [*customer.cases.order_by("pk").values_list("pk", flat=True)] or [None]


def check_may(by: User, customer: Customer) -> None:
    """Raise NotAllowed for people without the right, and where a complaint of this customer is another team's."""
    if not by.can(Right.ERASE):
        raise NotAllowed(f"Your role cannot do this: {Right.ERASE.value}. Ask a lead.")
    if not by.can(Right.SEE_ALL_TEAMS) and customer.cases.exclude(team_id=by.team_id).exists():
        raise NotAllowed("A complaint of this customer is with another team. Ask an administrator.")


def _check(reason: str) -> None:
    if not reason.strip():
        raise Incomplete("Write down why, in words that name nobody.", "reason")
