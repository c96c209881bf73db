"""The method's scorecard: each of its lines as a share of the cases it was owed to, never by person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from amends.cases.case import Case
from amends.cases.closure import Closure, Exemption
from amends.cases.issue import Issue
from amends.cases.message import Coverage, Understanding
from amends.cases.questions import ALIVE
from amends.insights.answer import (
    Answer,
    Bars,
    Cell,
    Found,
    Ground,
    Head,
    Table,
    between,
    counted,
    percent,
    share_bar,
    share_cells,
)
from amends.insights.scope import Scope
from amends.measures.figure import Figure, share
from amends.method.steps import Step
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment

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


def answer(scope: Scope) -> Answer:
    """Every line of the method with its share, and the one that is done least often."""
    figures = {key: one.figure(scope) for key, one in LINES.items()}
    return Answer(_sentence(list(figures.values()), scope), lambda: _ground(figures))


def _ground(figures: dict[str, Figure]) -> Ground:
    bars = tuple(share_bar(one.name, one) for one in figures.values() if one.can_tell)
    says = "The share that had each line of the method done, with its 95 % interval."
    return Ground(
        charts=(Bars("Line by line", says, bars, whole=True),) if bars else (),
        tables=(_table(figures),),
        notes=(
            Cell("Issues of cases closed in the period, whoever closed them; a letter counts unless it never left."),
            Cell("What changes is not owed for an issue that was refused with reasons."),
            Cell("The first answer to what we said back; no answer is not counted."),
            Cell("Each gate passed without a step has its reason: see Overrides."),
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases in which a line was done ("done:apologised"), or was not ("not:apologised")."""
    what, _, key = of.partition(":")
    line = LINES.get(key)
    if line is None or what not in ("done", "not"):
        return None
    rows = line.rows(scope).annotate(is_done=_as_condition(line.done)).filter(is_done=what == "done")
    title = line.title if what == "done" else f"{line.title}: not done"
    return Found(title, Case.objects.filter(pk__in=rows.values("case")))


def _as_condition(done: Q | Combinable) -> Any:
    return ExpressionWrapper(done, BooleanField()) if isinstance(done, Q) else done


def _issues(scope: Scope) -> "QuerySet[Issue]":
    rows = Issue.objects.filter(withdrawal=None, merger=None).order_by()
    return scope.rows(rows, "case__closure__at")


def _owed_change(scope: Scope) -> "QuerySet[Issue]":
    return _issues(scope).filter(refusal=None)


def _said(step: Step) -> Exists:
    return Exists(Coverage.objects.filter(ALIVE, issue=OuterRef("pk"), step=step.value))


def _first_answers(scope: Scope) -> "QuerySet[Understanding]":
    earlier = Understanding.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
    return scope.rows(Understanding.objects.filter(~Exists(earlier)).order_by(), "at")


def _agreed_to(scope: Scope) -> "QuerySet[Fulfilment]":
    return scope.rows(Fulfilment.objects.filter(entitlement=False).order_by(), "at")


def _asked_again(scope: Scope) -> "QuerySet[FollowUp]":
    return scope.rows(FollowUp.objects.order_by(), "due_at")


def _closed(scope: Scope) -> "QuerySet[Closure]":
    return scope.rows(Closure.objects.order_by(), "at")


LINES = {
    "listened": Line("Listened: a person confirmed what went wrong", "issues", _issues, Q(hearing__isnull=False)),
    "apologised": Line("Apologised, for each issue", "issues", _issues, _said(Step.APOLOGISE)),
    "reflected": Line("Said back in the customer’s words", "issues", _issues, _said(Step.REFLECT)),
    "understood": Line("Understood at the first try", "answers", _first_answers, Q(agreed=True)),
    "owned": Line("Owned what went wrong", "issues", _issues, _said(Step.ACKNOWLEDGE)),
    "agreed": Line("Agreed before it was delivered", "deliveries", _agreed_to, Q(acceptance__at__lte=F("at"))),
    "prevented": Line("Told what changes", "issues", _owed_change, _said(Step.PREVENT)),
    "asked": Line(
        "Asked again when it was due", "follow-ups", _asked_again, Q(letter__isnull=False) | Q(done_at__isnull=False)
    ),
    "gates": Line(
        "Closed without passing a gate",
        "closed cases",
        _closed,
        ~Exists(Exemption.objects.filter(case=OuterRef("case"))),
    ),
}


def _sentence(figures: list[Figure], scope: Scope) -> str:
    known = [one for one in figures if one.can_tell]
    if not known:
        most = max(figures, key=lambda one: one.n)
        return f"Too few to tell: {most.n:,} {most.noun} {scope.period.words}, at least {FEWEST} are needed."
    weakest = min(known, key=lambda one: one.value)
    if weakest.value == 1:
        return f"{counted(len(known), 'line')} of the method can be told, and each was done every time."
    whole = f"{percent(weakest.value)} ({between(weakest)}) of {weakest.n:,} {weakest.noun}"
    return f"Done least often: “{weakest.name}”, {whole}. {_all_done(known)}"


def _all_done(known: list[Figure]) -> str:
    whole = sum(one.value == 1 for one in known)
    return f"{whole} of {counted(len(known), 'line')} that can be told were done every time."


def _table(figures: dict[str, Figure]) -> Table:
    heads = (
        Head("Line of the method", num=False),
        Head("Counted"),
        Head("Done"),
        Head("Share"),
        Head("Between"),
        Head("Not done"),
    )
    return Table("lines", "Line by line", heads, tuple(_row(*one) for one in figures.items()))


def _row(key: str, figure: Figure) -> tuple[Cell, ...]:
    done = round(figure.value * figure.n)
    missed = figure.n - done
    return (
        Cell(figure.name),
        Cell(f"{figure.n:,} {figure.noun}"),
        Cell(f"{done:,}", f"done:{key}" if done else ""),
        *share_cells(figure),
        Cell(f"{missed:,}", f"not:{key}" if missed else ""),
    )
