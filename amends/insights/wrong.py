""" "What goes wrong most?": kinds of issue and causes by count, harm and money, with how sure their order is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Where
from django.db.models import Count, F, FloatField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast

from amends.cases.case import Case
from amends.cases.issue import CATEGORIES, Issue
from amends.cases.learned import kinds_here
from amends.insights.answer import (
    TOO_FEW,
    Answer,
    Bar,
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
)
from amends.insights.scope import Scope
from amends.measures import pareto as measure
from amends.method.money import written
from amends.prevention.models import Cause
from amends.recovery.fulfilment import Fulfilment, worked

WEIGHTS = {"count": "How often", "harm": "How grave", "money": "What it cost"}
DRAWN = 10


@dataclass(frozen=True, slots=True)
class _Weighing:
    """What an issue weighs, as the database reckons it, and how a sum of it is written."""

    rows: "QuerySet[Issue]"
    weight: Any
    head: str
    written: Callable[[float], str]


def answer(scope: Scope) -> Answer:
    """The kinds and the causes behind most of the trouble, by the weight chosen."""
    weighing = _weighing(scope)
    heaps = _heaps(weighing, "category", "kind")
    kinds = measure.pareto(heaps)
    return Answer(_sentence(kinds, _kind_names(kinds), scope), lambda: _ground(scope, weighing, heaps, kinds))


def _ground(scope: Scope, weighing: _Weighing, of_kinds: list[measure.Heap], kinds: Sequence[measure.Bar]) -> Ground:
    of_causes = _heaps(_caused(weighing), "attribution__cause_id")
    causes = measure.pareto(of_causes)
    sums = {one.cause: (one.issues, one.weight) for one in (*of_kinds, *of_causes)}
    names = {**_kind_names(kinds), **_cause_names()}
    return Ground(
        charts=tuple(
            chart
            for chart in (
                _chart("What went wrong", kinds, names),
                _chart("Why it went wrong", causes, names),
            )
            if chart
        ),
        tables=(
            _table("kinds", "What went wrong", kinds, names, sums, weighing),
            _table("causes", "Why it went wrong", causes, names, sums, weighing),
        ),
        notes=_notes(scope),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases with issues of a kind ("kind:delivery.late"), of a cause ("cause:3"), without one, or unconfirmed."""
    what, _, which = of.partition(":")
    rows, title = issues(scope), ""
    if what == "kind":
        category, _, kind = which.partition(".")
        rows, title = rows.filter(category=category, kind=kind), kind_name(which)
    elif what == "cause" and is_number(which):
        rows, title = rows.filter(attribution__cause_id=int(which)), _cause_names().get(of, "")
    elif of == "no-cause":
        rows, title = rows.filter(attribution=None), "No cause named yet"
    elif of == "unconfirmed":
        rows, title = unconfirmed(scope), "Proposed and not confirmed"
    return Found(title, Case.objects.filter(pk__in=rows.values("case"))) if title else None


def issues(scope: Scope) -> "QuerySet[Issue]":
    """What went wrong, as a person or the customer said; what Amends proposed and nobody confirmed is left out."""
    return scope.rows(_standing().exclude(source="reading", hearing=None), "raised_at")


def unconfirmed(scope: Scope) -> "QuerySet[Issue]":
    """What Amends proposed and nobody has confirmed."""
    return scope.rows(_standing().filter(source="reading", hearing=None), "raised_at")


def _standing() -> "QuerySet[Issue]":
    return Issue.objects.filter(withdrawal=None, merger=None).order_by()


def _weighing(scope: Scope) -> _Weighing:
    rows = issues(scope)
    if scope.by == "harm":
        return _Weighing(rows, Cast("case__severity", FloatField()), "Points", lambda points: f"{points:,.0f}")
    if scope.by == "money":
        currency = main_currency(scope)
        rows = rows.annotate(cost=Subquery(_cost(currency))).filter(cost__gt=0)
        return _Weighing(rows, F("cost"), "Cost", lambda cents: written(round(cents), currency))
    return _Weighing(rows, Value(1.0), "", str)


def main_currency(scope: Scope) -> str:
    """The currency most remedies of the cases asked about are in: sums in two of them cannot be added up."""
    most = (
        Fulfilment.objects.filter(case__in=scope.cases())
        .order_by()
        .values("currency")
        .annotate(n=Count("pk"))
        .order_by("-n", "currency")
        .first()
    )
    return most["currency"] if most else "EUR"


def _cost(currency: str) -> "QuerySet[Any]":
    """What making one issue right cost, in cents: a remedy for several is shared out evenly among them."""
    through: QuerySet[Any] = Fulfilment.issues.through.objects.order_by()
    among = through.filter(fulfilment=OuterRef("pk")).values("fulfilment").annotate(n=Count("pk")).values("n")
    amount = Where(When(amount_cents=0, then=F("remedy__cost_cents")), default=F("amount_cents"))
    paid = worked().filter(currency=currency, issues=OuterRef("pk")).order_by()
    shared = Cast(amount, FloatField()) / Subquery(among)
    sums: QuerySet[Any] = paid.values("issues").annotate(sum=Sum(shared, output_field=FloatField())).values("sum")
    return sums


def _caused(weighing: _Weighing) -> _Weighing:
    return _Weighing(weighing.rows.exclude(attribution=None), weighing.weight, weighing.head, weighing.written)


def _heaps(weighing: _Weighing, *names: str) -> list[measure.Heap]:
    weight = weighing.weight
    rows = weighing.rows.values(*names).annotate(
        issues=Count("pk"), sum=Sum(weight), squares=Sum(weight * weight, output_field=FloatField())
    )
    return [
        measure.Heap(
            cause=_key([row[name] for name in names]), issues=row["issues"], weight=row["sum"], squares=row["squares"]
        )
        for row in rows
    ]


def _key(values: Sequence[Any]) -> str:
    return f"kind:{values[0]}.{values[1]}" if len(values) > 1 else f"cause:{values[0]}"


def kind_name(which: str) -> str:
    """ "Delivery: late" for "delivery.late"; what has no kind yet says so."""
    name, _, kind = which.partition(".")
    known = kinds_here().get(name)
    title = known.title if known else CATEGORIES.get(name, "Not sorted")
    words = known.kinds.get(kind, kind.replace("_", " ")) if known else kind
    return f"{title}: {words[0].lower()}{words[1:]}" if words else f"{title}, kind not named"


def _kind_names(bars: Sequence[measure.Bar]) -> dict[str, str]:
    return {one.cause: kind_name(one.cause.partition(":")[2]) for one in bars}


def _cause_names() -> dict[str, str]:
    return {f"cause:{pk}": name for pk, name in Cause.objects.values_list("pk", "name")}


def _sentence(bars: Sequence[measure.Bar], names: dict[str, str], scope: Scope) -> str:
    if not bars:
        return f"Nothing that went wrong has been confirmed {scope.period.words}."
    first = bars[0].share
    if not first.can_tell:
        return f"Too few to tell what goes wrong most: {counted(first.n, 'issue')}, at least {first.fewest} are needed."
    rivals = [names[one.cause] for one in bars if one.best == 1]
    if len(rivals) == 1:
        weight = {"harm": " of the harm", "money": " of the cost"}.get(scope.by, "")
        return f"Most of all “{rivals[0]}”: {percent(first.value)}{weight} ({between(first)}) of {first.n:,} issues."
    others = listed([f"“{one}”" for one in rivals[1:]]) if len(rivals) < 4 else f"{len(rivals) - 1} other kinds"
    return f"“{rivals[0]}” comes first with {percent(first.value)}, but cannot be told apart from {others}."


def _chart(title: str, bars: Sequence[measure.Bar], names: dict[str, str]) -> Bars | None:
    if not bars or not bars[0].share.can_tell:
        return None
    drawn = tuple(
        Bar(names[one.cause], one.share.value, one.share.low, one.share.high, percent(one.share.value), one.is_sure)
        for one in bars[:DRAWN]
    )
    rest = f" The first {DRAWN} of {len(bars)} are drawn." if len(bars) > DRAWN else ""
    return Bars(title, f"Shares with their 95 % intervals; pale where the place in the order is not sure.{rest}", drawn)


def _table(
    key: str,
    caption: str,
    bars: Sequence[measure.Bar],
    names: dict[str, str],
    sums: dict[str, tuple[int, float]],
    weighing: _Weighing,
) -> Table:
    weight = [Head(weighing.head)] if weighing.head else []
    heads = (
        Head("Kind of issue" if key == "kinds" else "Cause", num=False),
        Head("Place"),
        Head("Issues"),
        *weight,
        Head("Share"),
        Head("Between"),
        Head("Up to here"),
    )
    return Table(key, caption, heads, tuple(_row(one, names, sums[one.cause], weighing) for one in bars))


def _row(one: measure.Bar, names: dict[str, str], sums: tuple[int, float], weighing: _Weighing) -> tuple[Cell, ...]:
    issues_, weight = sums
    weighed = [Cell(weighing.written(weight))] if weighing.head else []
    first = [Cell(names[one.cause]), Cell(_place(one), faint=not one.is_sure or not one.share.can_tell)]
    count = Cell(f"{issues_:,}", one.cause)
    if not one.share.can_tell:
        return (*first, count, *weighed, Cell(TOO_FEW, faint=True), Cell("–", faint=True), Cell("–", faint=True))
    share = Cell(percent(one.share.value)), Cell(between(one.share)), Cell(percent(one.cumulative))
    return (*first, count, *weighed, *share)


def _place(one: measure.Bar) -> str:
    if not one.share.can_tell:
        return "–"
    return str(one.rank) if one.is_sure else f"{one.best} to {one.worst}"


def _notes(scope: Scope) -> tuple[Cell, ...]:
    nameless = issues(scope).filter(attribution=None).count()
    proposed = unconfirmed(scope).count()
    notes = []
    if nameless:
        notes.append(Cell(f"{counted(nameless, 'issue')} without a cause yet, left out of the causes.", "no-cause"))
    if proposed:
        notes.append(
            Cell(f"{counted(proposed, 'issue')} proposed by Amends and not confirmed, left out.", "unconfirmed")
        )
    if scope.by == "harm":
        notes.append(Cell("How grave: each issue counts with the severity of its case, 1 to 4."))
    if scope.by == "money":
        notes.append(
            Cell(
                f"What it cost: remedies delivered, in {main_currency(scope)}; one for several issues is shared evenly."
            )
        )
    return tuple(notes)
