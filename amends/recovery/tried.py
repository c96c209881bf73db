"""What was tried for these issues before and did not hold."""

from collections.abc import Iterable

from amends.cases.issue import Issue
from amends.recovery.recurrence import tried_before


def failed_kinds(issues: Iterable[int]) -> frozenset[str]:
    """The kinds of remedy delivered for these issues, or for the same before, that turned out not to hold (E16)."""
    return frozenset(one.remedy.kind for one in tried_before(issues))


def failed_twice(issues: Iterable[int]) -> bool:
    """Whether we failed this customer twice here: it came back, or a promise of ours was broken (E16)."""
    rows = Issue.objects.filter(pk__in=list(issues))
    return (rows.exclude(recurrence=None) | rows.exclude(broken_promise=None) | rows.exclude(reopenings=None)).exists()
