"""An issue that was put right and is not: it begins again with its history, and the case with more care."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Least

from amends.cases.assignment import Assignment
from amends.cases.case import Case
from amends.cases.closure import open_again
from amends.cases.errors import Incomplete
from amends.cases.issue import Issue
from amends.cases.ledger import record
from amends.cases.reopening import IssueReopening, Why
from amends.team.models import User

WORST = 4


def begin_again(issue: Issue, words: str, *, why: Why, by: User | None, now: datetime) -> IssueReopening:
    """Let one issue begin again inside a larger change: only what comes after this moment counts (F11).

    `by` is empty when the customer said so on their page. Raises Incomplete without words.
    """
    if not words.strip():
        raise Incomplete("Say what is not right, in a few words.", "words")
    made = IssueReopening.objects.create(issue=issue, at=now, by=by, words=words.strip(), why=why)
    actor: User | str = by or f"customer:{issue.case.customer_id}"
    record("issue_reopened", issue.case_id, actor, now, issue=issue.pk, why=Why(why).label)
    return made


def bring_back(case: Case, actor: "User | str", now: datetime) -> None:
    """The case opens again with one more degree of severity, and goes to its owner, if they are still here."""
    open_again(case, actor, now)
    Assignment.objects.filter(case=case, to__is_active=False).delete()
    raise_severity(case, 1)


def raise_severity(case: Case, by: int = 0, at_least: int = 1) -> None:
    """Make a case more severe by so much, or at least so severe; never above 4."""
    if by:
        Case.objects.filter(pk=case.pk).update(severity=Least(F("severity") + by, WORST))
    Case.objects.filter(pk=case.pk, severity__lt=at_least).update(severity=at_least)
    case.refresh_from_db(fields=["severity"])
