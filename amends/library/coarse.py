"""What of a case a study keeps to be found by: only what at least three closed cases share (k-anonymity).

Three is our judgement, with no evidence for the number; a finer value is made coarser, then left out.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.recovery.fulfilment import standing

SHARED_BY = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """The category, cause, remedies and severity by number, and the period ("2026-Q3", "2026" or "")."""

    category: str
    cause: int | None
    remedies: tuple[int, ...]
    severity: int | None
    period: str


def kept_of(case: Case) -> Kept:
    """What a study of this case may keep: each value, beside the category, is one that three closed cases share."""
    issue = case.open_issues().exclude(category="").first()
    alike = Case.objects.filter(closure__isnull=False)
    if issue is not None:
        alike = alike.filter(pk__in=alike.filter(issues__category=issue.category).values("pk"))
    cause = case.open_issues().filter(attribution__isnull=False).values_list("attribution__cause", flat=True).first()
    remedies = dict.fromkeys(standing(case).values_list("remedy", flat=True))
    return Kept(
        category=issue.category if issue and _many(alike) else "",
        cause=cause if cause and _many(alike.filter(issues__attribution__cause=cause)) else None,
        remedies=tuple(one for one in remedies if _many(alike.filter(fulfilments__remedy=one))),
        severity=case.severity if _many(alike.filter(severity=case.severity)) else None,
        period=_period(case, alike),
    )


def _period(case: Case, alike: "QuerySet[Case]") -> str:
    """The quarter in which three alike began, else the year, else nothing."""
    year, quarter = case.opened_at.year, (case.opened_at.month + 2) // 3
    of_year = alike.filter(opened_at__year=year)
    if _many(of_year.filter(opened_at__quarter=quarter)):
        return f"{year}-Q{quarter}"
    return str(year) if _many(of_year) else ""


def _many(cases: "QuerySet[Case]") -> bool:
    return len(cases.values_list("pk", flat=True).distinct()[:SHARED_BY]) == SHARED_BY
