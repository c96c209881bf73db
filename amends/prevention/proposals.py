"""Which cause an issue may have, for people to say: from what was read of it and from earlier issues like it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.language.alike import Named, guess
from amends.prevention.models import Attribution, Cause
from amends.team.models import User

NEWEST = 600  # [J]: enough to be like, few enough to be compared while a page is made


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cause for one issue, and the earlier issues that speak for it, of cases the person may see."""

    cause: Cause
    like: tuple[Issue, ...]


def proposals(issues: Sequence[Issue], person: User) -> dict[int, Proposal]:
    """The cause proposed for each of these issues, by number; none where nothing speaks for one clearly.

    What a cause is called and when it counts speak for it too, so that there is something before anything was linked.
    """
    if not issues:
        return {}
    causes = {one.pk: one for one in Cause.objects.filter(retirement=None)}
    named = [*_earlier(issues), *(Named(one.pk, 0, f"{one.name} {one.definition}") for one in causes.values())]
    found = {one.pk: guess(_told(one), _marks(one.category, one.kind), named) for one in issues}
    seen = _seen([number for one in found.values() if one for number in one.like], person)
    return {
        pk: Proposal(causes[one.of], tuple(seen[number] for number in one.like if number in seen))
        for pk, one in found.items()
        if one
    }


def _earlier(issues: Sequence[Issue]) -> list[Named]:
    """The newest issues people linked to a cause that is in use; those of erased customers have no words left."""
    rows: QuerySet[Attribution] = Attribution.objects.filter(
        cause__retirement=None,
        issue__withdrawal=None,
        issue__merger=None,
        issue__case__customer__erasure=None,
        issue__category__in={one.category for one in issues},
    ).exclude(issue__in=[one.pk for one in issues])
    columns = ("cause", "issue", "issue__words", "issue__summary", "issue__category", "issue__kind")
    newest = rows.order_by("-at", "-pk").values_list(*columns)[:NEWEST]
    return [
        Named(cause, issue, words or summary, _marks(category, kind))
        for cause, issue, words, summary, category, kind in newest
    ]


def _told(issue: Issue) -> str:
    return issue.words or issue.summary


def _marks(category: str, kind: str) -> tuple[str, ...]:
    return (category, f"{category}.{kind}") if kind else (category,)


def _seen(numbers: Sequence[int], person: User) -> dict[int, Issue]:
    rows = Issue.objects.filter(pk__in=numbers, case__in=Case.objects.visible_to(person))
    return {one.pk: one for one in rows}
