"""The method's scorecard: each of its lines as a share of the cases it was owed to, never by person."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from amends.cases.closure import Exemption
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
from amends.insights.line import FEWEST, Line, cases_of, closed, issues
from amends.insights.said import bad_news, for_leads, said_notes, said_table, stops_table
from amends.insights.scope import Scope
from amends.insights.standard import STANDARD, standard_notes, standard_table
from amends.measures.figure import Figure
from amends.method.steps import Step
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment


def answer(scope: Scope) -> Answer:
    """Every line of the method with its share, and the one that is done least often."""
    figures = {key: one.figure(scope) for key, one in LINES.items()}
    return Answer(_sentence(list(figures.values()), scope), lambda: _ground(figures, scope))


def _ground(figures: dict[str, Figure], scope: Scope) -> Ground:
    bars = tuple(share_bar(one.name, one) for one in figures.values() if one.can_tell)
    says = "The share that had each line of the method done, with its 95 % interval."
    return Ground(
        charts=(Bars("Line by line", says, bars, whole=True),) if bars else (),
        tables=(
            _table(figures),
            said_table(figures, scope),
            for_leads(),
            stops_table(scope.now),
            standard_table({**figures, **{key: one.figure(scope) for key, one in STANDARD.items()}}),
        ),
        notes=(
            Cell("Issues of cases closed in the period, whoever closed them; a letter counts unless it never left."),
            Cell("What changes is not owed for an issue that was refused with reasons."),
            Cell("The first answer to what we said back; no answer is not counted."),
            Cell("Each gate passed without a step has its reason: see Overrides."),
            *said_notes(),
            *standard_notes(),
            bad_news(BESIDE["right"].figure(scope)),
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases in which a line was done ("done:apologised"), or was not ("not:apologised")."""
    return cases_of({**LINES, **STANDARD, **BESIDE}, scope, of)


def _owed_change(scope: Scope) -> "QuerySet[Issue]":
    return issues(scope).filter(refusal=None)


def _said(step: Step) -> Exists:
    return Exists(Coverage.objects.filter(ALIVE, issue=OuterRef("pk"), step=step.value))


def _first_answers(scope: Scope) -> "QuerySet[Understanding]":
    earlier = Understanding.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
    return scope.rows(Understanding.objects.filter(~Exists(earlier)).order_by(), "at")


def _agreed_to(scope: Scope) -> "QuerySet[Fulfilment]":
    return scope.rows(Fulfilment.objects.filter(entitlement=False).order_by(), "at")


def _asked_again(scope: Scope) -> "QuerySet[FollowUp]":
    return scope.rows(FollowUp.objects.order_by(), "due_at")


def _answered(scope: Scope) -> "QuerySet[FollowUp]":
    return scope.rows(FollowUp.objects.filter(still_right__isnull=False).order_by(), "done_at")


BESIDE = {"right": Line("Said, when asked again, that it is still right", "answers", _answered, Q(still_right=True))}
LINES = {
    "listened": Line("Listened: a person confirmed what went wrong", "issues", issues, Q(hearing__isnull=False)),
    "apologised": Line("Apologised, for each issue", "issues", issues, _said(Step.APOLOGISE)),
    "reflected": Line("Said back in the customer’s words", "issues", issues, _said(Step.REFLECT)),
    "understood": Line("Understood at the first try", "answers", _first_answers, Q(agreed=True)),
    "owned": Line("Owned what went wrong", "issues", issues, _said(Step.ACKNOWLEDGE)),
    "agreed": Line("Agreed before it was delivered", "deliveries", _agreed_to, Q(acceptance__at__lte=F("at"))),
    "prevented": Line("Told what changes", "issues", _owed_change, _said(Step.PREVENT)),
    "asked": Line(
        "Asked again when it was due", "follow-ups", _asked_again, Q(letter__isnull=False) | Q(done_at__isnull=False)
    ),
    "gates": Line(
        "Closed without passing a gate",
        "closed cases",
        closed,
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
