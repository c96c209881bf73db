"""The banner of a case whose trouble came back: what was tried before, where, and how often."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.method.facts import Facts
from amends.recovery.recurrence import tried_before
from amends.team.models import User


@dataclass(frozen=True, slots=True)
class Tried:
    """One remedy that did not hold."""

    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """One issue that failed again: why we know, the earlier case if the reader may open it, and what was tried."""

    number: int
    issue: str
    why: str
    words: str
    earlier: int | None
    tried: tuple[Tried, ...]


def came_back(issues: list[Issue], facts: Facts, user: User) -> list[CameBack]:
    """What came back among the issues of a case, one entry for each; empty, and costing nothing, for most."""
    begun_again = {issue.id for issue in facts.issues if issue.reopened_at}
    return [_entry(issue, user) for issue in issues if issue.pk in begun_again or hasattr(issue, "recurrence")]


def _entry(issue: Issue, user: User) -> CameBack:
    reopened = list(issue.reopenings.all())
    known = getattr(issue, "recurrence", None)
    earlier = known.earlier.case_id if known else None
    seen = earlier is not None and Case.objects.visible_to(user).filter(pk=earlier).exists()
    tried = tuple(Tried(one.title, one.at) for one in tried_before([issue.pk]))
    why = known.get_why_display() if known else reopened[-1].get_why_display()
    words = reopened[-1].words if reopened else ""
    return CameBack(issue.pk, issue.summary, why, words, earlier if seen else None, tried)
