"""What was tried for these issues before and did not hold."""

from collections.abc import Iterable

from amends.cases.issue import Issue
from amends.recovery.recurrence import Ineffective, Recurrence


def failed_kinds(issues: Iterable[int]) -> frozenset[str]:
    """The kinds of remedy delivered for these issues, or for the same before, that turned out not to hold (E16)."""
    wanted = list(issues)
    earlier = Recurrence.objects.filter(issue__in=wanted).values("earlier")
    of_these = Issue.objects.filter(pk__in=wanted) | Issue.objects.filter(pk__in=earlier)
    rows = Ineffective.objects.filter(fulfilment__issues__in=of_these)
    return frozenset(rows.values_list("fulfilment__remedy__kind", flat=True))


def failed_twice(issues: Iterable[int]) -> bool:
    """Whether we failed this customer twice here: it came back, or a promise of ours was broken (E16)."""
    rows = Issue.objects.filter(pk__in=list(issues))
    return (rows.exclude(recurrence=None) | rows.exclude(broken_promise=None) | rows.exclude(reopenings=None)).exists()
