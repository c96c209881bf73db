"""One line of a scorecard: what is counted, in which rows, and which of them had it done; never by person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import Combinable

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.issue import Issue
from amends.insights.answer import Found
from amends.insights.scope import Scope
from amends.measures.figure import Figure, share

FEWEST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the method: what is counted, in which rows, and which of them had it done."""

    title: str
    noun: str
    rows: Callable[[Scope], "QuerySet[Any]"]
    done: Q | Combinable

    def figure(self, scope: Scope) -> Figure:
        """The share that had it done."""
        rows = self.rows(scope)
        found = rows.annotate(is_done=_as_condition(self.done)).aggregate(
            n=Count("pk"), done=Count("pk", filter=Q(is_done=True))
        )
        return share(self.title, found["done"], found["n"], noun=self.noun, fewest=FEWEST)


def cases_of(lines: Mapping[str, Line], scope: Scope, of: str) -> Found | None:
    """The cases in which a line was done ("done:apologised"), or was not ("not:apologised")."""
    what, _, key = of.partition(":")
    line = lines.get(key)
    if line is None or what not in ("done", "not"):
        return None
    rows = line.rows(scope).annotate(is_done=_as_condition(line.done)).filter(is_done=what == "done")
    title = line.title if what == "done" else f"{line.title}: not done"
    return Found(title, Case.objects.filter(pk__in=rows.values("case")))


def _as_condition(done: Q | Combinable) -> Any:
    return ExpressionWrapper(done, BooleanField()) if isinstance(done, Q) else done


def issues(scope: Scope) -> "QuerySet[Issue]":
    """The issues of cases closed in the time asked about, without those taken off or merged."""
    rows = Issue.objects.filter(withdrawal=None, merger=None).order_by()
    return scope.rows(rows, "case__closure__at")


def closed(scope: Scope) -> "QuerySet[Closure]":
    """The closings of the time asked about."""
    return scope.rows(Closure.objects.order_by(), "at")
