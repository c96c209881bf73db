"""Letters nobody writes by hand: when a rule may send one, and when a machine would be answering a machine."""

from datetime import datetime, timedelta

from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.message import Message

MOST_A_DAY = 3
DAY = timedelta(days=1)


def may_write_by_itself(case: Case, now: datetime) -> None:
    """Raise NotPossible when a rule may not write to this customer now (RFC 3834, invariant 15).

    Never to a machine or to somebody erased, and at most three automatic letters a day to one address ([J]: no source
    for the three).
    """
    check_reachable(case)
    last = case.messages.filter(outgoing=False).order_by("-at", "-pk").first()
    if last is not None and last.automatic:
        raise NotPossible(
            "The last message came from a machine, and a machine never answers a machine. Write yourself."
        )
    sent = Message.objects.filter(case__address=case.address, outgoing=True, at__gt=now - DAY).exclude(automatic="")
    if sent.count() >= MOST_A_DAY:
        raise NotPossible(f"{case.address} had {MOST_A_DAY} automatic letters today already. Write yourself.")


def check_reachable(case: Case) -> None:
    """Raise NotPossible when the customer was erased: there is nobody left to write to."""
    if case.is_erased:
        raise NotPossible("This customer was erased, so no letter can reach them any more.")
