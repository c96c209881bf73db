""" "Do our remedies work?": how often each held, against which cause, and what customers said when asked again."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from amends.cases.case import Case
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
    is_number,
    listed,
    percent,
    share_bar,
    share_cells,
)
from amends.insights.scope import Scope
from amends.measures.figure import Figure, share
from amends.prevention.models import Cause
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment, worked
from amends.recovery.remedy import Remedy

FEWEST = 10
HELD, RIGHT = "Held", "Still right when asked"


def answer(scope: Scope) -> Answer:
    """Per remedy the share that held, per cause and remedy the same, and what was said at follow-up."""
    held = _held(deliveries(scope), "remedy__name", "remedy_id")
    sums = [sum(one["back"] for one in held), sum(one["n"] for one in held)]
    overall = _share("Remedies that held", sums[1] - sums[0], sums[1])
    each = [(one["remedy__name"], _share("", one["n"] - one["back"], one["n"])) for one in held]
    return Answer(_sentence(overall, each, scope), lambda: _ground(scope, held, each))


def _ground(scope: Scope, held: list[dict[str, Any]], each: list[tuple[str, Figure]]) -> Ground:
    bars = tuple(share_bar(name, figure) for name, figure in each if figure.can_tell)
    says = f"The share of each remedy that held, with its 95 % interval; remedies delivered {FEWEST} times or more."
    return Ground(
        charts=(Bars("Remedies that held", says, bars, whole=True),) if bars else (),
        tables=(_by_remedy(held, _said(scope)), _by_cause(scope)),
        notes=(
            Cell("A remedy did not hold when the same came back or the issue began again. Young ones may still."),
            Cell("Deliveries that failed are left out. No answer to a follow-up is no yes and is not counted."),
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases with deliveries ("done:REMEDY:CAUSE"), those that came back ("back:…"), those asked ("right:…")."""
    what, *which = of.split(":")
    known = what in ("done", "back", "right", "wrong") and 1 <= len(which) <= 2 and all(is_number(one) for one in which)
    remedy = Remedy.objects.filter(pk=int(which[0])).first() if known else None
    if remedy is None:
        return None
    if what in ("right", "wrong"):
        rows: QuerySet[Any] = answers(scope).filter(case__fulfilments__remedy=remedy, still_right=what == "right")
        title = f"{remedy.name}: {'still right' if what == 'right' else 'not right'} when asked"
        return Found(title, Case.objects.filter(pk__in=rows.values("case")))
    rows = deliveries(scope).filter(remedy=remedy)
    if len(which) == 2:
        rows = rows.filter(issues__attribution__cause_id=int(which[1]))
    rows = rows.exclude(ineffective=None) if what == "back" else rows
    title = f"{remedy.name}: {'came back' if what == 'back' else 'delivered'}"
    return Found(title, Case.objects.filter(pk__in=rows.values("case")))


def deliveries(scope: Scope) -> "QuerySet[Fulfilment]":
    """The remedies carried out in the period that arrived."""
    return scope.rows(worked().order_by(), "at")


def answers(scope: Scope) -> "QuerySet[FollowUp]":
    """What customers said in the period when asked whether it is still right."""
    return scope.rows(FollowUp.objects.exclude(done_at=None).order_by(), "done_at")


def _held(rows: "QuerySet[Fulfilment]", *names: str) -> list[dict[str, Any]]:
    back = Count("pk", filter=Q(ineffective__isnull=False), distinct=True)
    counted_ = rows.values(*names).annotate(n=Count("pk", distinct=True), back=back)
    return sorted(counted_, key=lambda one: (-one["n"], *(str(one[name]) for name in names)))


def _said(scope: Scope) -> dict[int, tuple[int, int]]:
    """For each remedy: how many answered when asked again, and how many of them that it is still right."""
    rows = answers(scope).filter(case__fulfilments__isnull=False).values("case__fulfilments__remedy")
    found = rows.annotate(n=Count("pk", distinct=True), right=Count("pk", filter=Q(still_right=True), distinct=True))
    return {one["case__fulfilments__remedy"]: (one["right"], one["n"]) for one in found}


def _share(name: str, count: int, of: int, noun: str = "deliveries") -> Figure:
    return share(name, count, of, noun=noun, fewest=FEWEST)


def _sentence(overall: Figure, remedies: list[tuple[str, Figure]], scope: Scope) -> str:
    if not overall.n:
        return f"No remedy was delivered {scope.period.words}."
    if not overall.can_tell:
        return f"Too few to tell: {counted(overall.n, 'remedy', 'remedies')} delivered, at least {FEWEST} are needed."
    told = f"{percent(overall.value)} ({between(overall)}) of {overall.n:,} remedies held so far."
    poor = [name for name, figure in remedies if figure.can_tell and figure.high < overall.low]
    return f"{told} Less often than the rest: {listed(poor)}." if poor else f"{told} None stands out from the others."


def _by_remedy(held: list[dict[str, Any]], said: dict[int, tuple[int, int]]) -> Table:
    heads = (
        Head("Remedy", num=False),
        Head("Delivered"),
        Head("Came back"),
        Head(HELD),
        Head("Between"),
        Head(RIGHT),
        Head("Between"),
    )
    return Table("remedies", "Each remedy", heads, tuple(_remedy_row(one, said) for one in held))


def _remedy_row(one: dict[str, Any], said: dict[int, tuple[int, int]]) -> tuple[Cell, ...]:
    pk = one["remedy_id"]
    right, asked = said.get(pk, (0, 0))
    return (
        Cell(one["remedy__name"]),
        *_counts(one, str(pk)),
        *share_cells(_share(HELD, one["n"] - one["back"], one["n"])),
        *share_cells(_share(RIGHT, right, asked, "answers"), f"right:{pk}"),
    )


def _counts(one: dict[str, Any], which: str) -> tuple[Cell, Cell]:
    back = Cell(f"{one['back']:,}", f"back:{which}" if one["back"] else "")
    return Cell(f"{one['n']:,}", f"done:{which}"), back


def _by_cause(scope: Scope) -> Table:
    names = dict(Cause.objects.values_list("pk", "name"))
    rows = deliveries(scope).filter(issues__attribution__isnull=False)
    held = _held(rows, "issues__attribution__cause", "remedy__name", "remedy_id")
    held.sort(key=lambda one: (names[one["issues__attribution__cause"]], -one["n"], one["remedy__name"]))
    heads = (
        Head("Cause", num=False),
        Head("Remedy", num=False),
        Head("Delivered"),
        Head("Came back"),
        Head(HELD),
        Head("Between"),
    )
    return Table("causes", "Each remedy against each cause", heads, tuple(_cause_row(one, names) for one in held))


def _cause_row(one: dict[str, Any], names: dict[int, str]) -> tuple[Cell, ...]:
    cause = one["issues__attribution__cause"]
    return (
        Cell(names[cause]),
        Cell(one["remedy__name"]),
        *_counts(one, f"{one['remedy_id']}:{cause}"),
        *share_cells(_share(HELD, one["n"] - one["back"], one["n"])),
    )
