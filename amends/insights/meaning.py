""" "Do we mean the same by our causes?": what two people named for the same issues, the second without the first."""

from collections import Counter

from django.db.models import F, Q, QuerySet

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
    percent,
    share_bar,
    share_cells,
)
from amends.insights.scope import Scope
from amends.measures.figure import Figure, share
from amends.measures.kappa import kappa
from amends.prevention.coding import ONE_IN, SecondCoding
from amends.prevention.models import Attribution, Cause

FEWEST = 10  # [J]: for one cause, as for one remedy
NONE = 0
_Pair = tuple[int, int]


def answer(scope: Scope) -> Answer:
    """How often both named the same, beyond chance; which two causes are confused most, and how sure each is."""
    pairs = _pairs(scope)
    return Answer(_sentence(pairs, scope), lambda: _ground(pairs, scope))


def _ground(pairs: list[_Pair], scope: Scope) -> Ground:
    names = {NONE: "None of them", **dict(Cause.objects.values_list("pk", "name"))}
    causes = _causes(pairs)
    bars = tuple(share_bar(names[pk], one) for pk, one in causes if one.can_tell)
    says = "Of the issues that either of two people linked to a cause, the share that both did; 95 % intervals."
    return Ground(
        charts=(Bars("Named by both", says, bars, whole=True),) if bars else (),
        tables=(_confused(pairs, names), _by_cause(pairs, causes, names)),
        notes=_notes(scope),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases of which two people named the causes "pair:3:5" (0: none of them), or either named "either:3"."""
    what, *which = of.split(":")
    if not all(is_number(one) for one in which) or len(which) != {"pair": 2, "either": 1}.get(what):
        return None
    numbers = [int(one) or None for one in which]
    names = [_name(one) for one in numbers]
    if not all(names):
        return None
    rows = _codings(scope)
    if what == "pair":
        one, other = numbers
        rows = rows.filter(Q(first=one, cause=other) | Q(first=other, cause=one))
    else:
        rows = rows.filter(Q(first=numbers[0]) | Q(cause=numbers[0]))
    title = f"“{names[0]}” and “{names[-1]}”" if what == "pair" else f"“{names[0]}” by either"
    return Found(title, Case.objects.filter(pk__in=rows.values("issue__case")))


def _codings(scope: Scope) -> "QuerySet[SecondCoding]":
    rows: QuerySet[SecondCoding] = SecondCoding.objects.filter(issue__withdrawal=None, issue__merger=None).order_by()
    return scope.rows(rows, "at", case="issue__case")


def _pairs(scope: Scope) -> list[_Pair]:
    return [(first, second or NONE) for first, second in _codings(scope).values_list("first", "cause")]


def _name(cause: int | None) -> str:
    if cause is None:
        return "None of them"
    return Cause.objects.filter(pk=cause).values_list("name", flat=True).first() or ""


def _sentence(pairs: list[_Pair], scope: Scope) -> str:
    if not pairs:
        return f"Nobody has named a cause a second time {scope.period.words}, so nobody knows."
    agreement = kappa(pairs)
    if not agreement.can_tell:
        return (
            f"Too few to tell whether we mean the same: two people named the cause of {counted(len(pairs), 'issue')}, "
            f"at least {agreement.fewest} are needed."
        )
    alike = share("", sum(one == other for one, other in pairs), len(pairs), noun="issues", fewest=1)
    return (
        f"Two people name the same cause for {percent(alike.value)} of {len(pairs):,} issues ({between(alike)}). Kappa "
        f"is {agreement.value:.2f} ({agreement.range}): 0 would be chance, 1 always the same."
    )


def _confused(pairs: list[_Pair], names: dict[int, str]) -> Table:
    """The pairs of causes two people named for one issue, the most often confused first."""
    apart = Counter(
        tuple(sorted(pair, key=lambda one: (one == NONE, names[one]))) for pair in pairs if len({*pair}) > 1
    )
    ordered = sorted(apart.items(), key=lambda row: (-row[1], names[row[0][0]], names[row[0][1]]))
    rows = tuple(
        (Cell(names[one]), Cell(names[other]), Cell(f"{many:,}", f"pair:{one}:{other}"))
        for (one, other), many in ordered
    )
    heads = Head("One said", num=False), Head("The other said", num=False), Head("Issues")
    return Table("confused", "What we confuse", heads, rows, "Nothing was named differently.")


def _causes(pairs: list[_Pair]) -> list[tuple[int, Figure]]:
    """For each cause the share that both named of what either did, the least first."""
    both = Counter(one for one, other in pairs if one == other)
    either = Counter(cause for pair in pairs for cause in {*pair} if cause != NONE)
    figures = [(cause, share("", both[cause], many, noun="issues", fewest=FEWEST)) for cause, many in either.items()]
    return sorted(figures, key=lambda row: (not row[1].can_tell, row[1].value, -row[1].n, row[0]))


def _by_cause(pairs: list[_Pair], causes: list[tuple[int, Figure]], names: dict[int, str]) -> Table:
    rows = tuple((Cell(names[pk]), Cell(f"{one.n:,}", f"either:{pk}"), *share_cells(one)) for pk, one in causes)
    heads = Head("Cause", num=False), Head("Named by either"), Head("By both"), Head("Between")
    return Table("agreed", "How sure each cause is", heads, rows, "Nothing was named twice yet.")


def _notes(scope: Scope) -> tuple[Cell, ...]:
    notes = [
        Cell(
            f"One in {ONE_IN} linked issues, by its number and not by choice, is named a second time by somebody who "
            "sees the customer's words and not what the first named. Nobody is compared with anybody."
        )
    ]
    rows = scope.rows(Attribution.objects.exclude(proposed=None).order_by(), "at", case="issue__case")
    shown, taken = rows.count(), rows.filter(proposed=F("cause")).count()
    if shown:
        figure = share("", taken, shown, noun="issues", fewest=FEWEST)
        told = (
            f"taken for {percent(figure.value)} ({between(figure)})" if figure.can_tell else "too few to tell how good"
        )
        notes.append(Cell(f"Amends proposed a cause for {counted(shown, 'linked issue')}: {told}."))
    return tuple(notes)
