"""The banner of a case whose trouble came back: what was tried before, where, and how often."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.issue import Issue
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

    issue: str
    why: str
    words: str
    earlier: int | None
    tried: tuple[Tried, ...]


def came_back(case: Case, user: User) -> list[CameBack]:
    """What came back in this case, one entry for each issue; empty for most."""
    again = case.open_issues().exclude(recurrence=None, reopenings=None).distinct()
    rows = again.select_related("recurrence__earlier").prefetch_related("reopenings")
    return [_entry(issue, user) for issue in rows]


def _entry(issue: Issue, user: User) -> CameBack:
    reopened = list(issue.reopenings.all())
    known = getattr(issue, "recurrence", None)
    earlier = known.earlier.case_id if known else None
    seen = earlier is not None and Case.objects.visible_to(user).filter(pk=earlier).exists()
    tried = tuple(Tried(one.title, one.at) for one in tried_before([issue.pk]))
    why = known.get_why_display() if known else reopened[-1].get_why_display()
    words = reopened[-1].words if reopened else ""
    return CameBack(issue.summary, why, words, earlier if seen else None, tried)
