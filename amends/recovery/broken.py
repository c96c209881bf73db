"""A promise whose time has passed: it is broken, and that is an issue of its own, owed an apology of its own."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import open_again
from amends.cases.issue import Issue
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.standing import stand
from amends.recovery.keep import open_promises
from amends.recovery.promise import BrokenPromise, Promise
from amends.team.calendar import zone_of

SEVERITY = 3
LONGEST = 120


def break_overdue(now: datetime) -> int:
    """Break every promise whose time has passed; returns how many. Each in its own transaction, so none is lost."""
    overdue = open_promises().filter(due_at__lt=now).values_list("pk", flat=True)
    return sum(break_promise(pk, now) for pk in list(overdue))


def break_promise(pk: int, now: datetime) -> bool:
    """Write down that a promise was broken, with the issue that this is; False where it no longer is (invariant 16).

    The case opens again if it was closed, and is at least serious: a second failure weighs more than the first (E16).
    """
    with writing():
        promise = open_promises().filter(pk=pk, due_at__lt=now).select_related("case__team", "case__customer").first()
        if promise is None:
            return False
        case = promise.case
        open_again(case, SYSTEM, now)
        issue = _issue(promise, now)
        BrokenPromise.objects.create(promise=promise, issue=issue, at=now)
        Case.objects.filter(pk=case.pk, severity__lt=SEVERITY).update(severity=SEVERITY)
        case.severity = max(case.severity, SEVERITY)
        record("promise_broken", case.pk, SYSTEM, now, promise=promise.pk, issue=issue.pk)
        stand(case, now)
    return True


def _issue(promise: Promise, now: datetime) -> Issue:
    zone = zone_of(promise.case.team)
    due = f"{promise.due_at.astimezone(zone):%-d %B, %H:%M}"
    words = promise.words if len(promise.words) <= LONGEST else f"{promise.words[:LONGEST].rpartition(' ')[0]}…"
    return Issue.objects.create(
        case=promise.case,
        raised_at=now,
        summary=f"We promised “{words}” by {due} and did not keep it",
        words=promise.words,
        category="expectation_promise",
        source="promise",
    )
