"""The cases nobody has yet, as routing knows them: whether each is hard, what it is about, in which language."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from amends.cases.boundary import Boundary
from amends.cases.issue import Issue
from amends.cases.message import Message
from amends.cases.standing import Standing
from amends.cases.understand import FEELINGS
from amends.method.routing import Contact
from amends.team.models import Team

HARD_SEVERITY = 3
LOOKED_AT = 100


def waiting_for(team: Team, now: datetime) -> list[Contact]:
    """The cases of a team that nobody has, the ones due first; the first hundred."""
    rows = list(Standing.objects.filter(team=team).unassigned().select_related("case")[:LOOKED_AT])
    cases = [row.pk for row in rows]
    topics, spoken, bounded = _topics(cases), _languages(cases), _bounded(cases)
    return [
        Contact(
            case=row.pk,
            hard=is_hard(row) or row.pk in bounded,
            topics=frozenset(topics[row.pk]),
            language=spoken.get(row.pk, ""),
            late=row.due_at is not None and row.due_at < now,
        )
        for row in rows
    ]


def is_hard(row: Standing) -> bool:
    """Whether a case is a hard one by its own flags: severity 3 or more, very upset, or failed twice (E44, [J])."""
    return row.case.severity >= HARD_SEVERITY or row.feeling == FEELINGS[3] or row.for_a_lead


def _topics(cases: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    issues = Issue.objects.filter(case__in=cases, withdrawal=None, merger=None).exclude(category="")
    for case, category in issues.values_list("case_id", "category"):
        found[case].add(category)
    return found


def _languages(cases: Iterable[int]) -> dict[int, str]:
    """The language each customer wrote in last, where reading knew it."""
    said = Message.objects.filter(case__in=cases, outgoing=False, reading__isnull=False)
    return {case: language or "" for case, language in said.values_list("case_id", "reading__language")}


def _bounded(cases: Iterable[int]) -> set[int]:
    """Those in which a boundary had to be drawn."""
    return set(Boundary.objects.filter(case__in=cases).values_list("case_id", flat=True))
