""" "What goes wrong most?": kinds of issue and causes by count, harm and money, with how sure their order is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, FloatField, Sum

from amends.cases.case import Case
from amends.cases.issue import CATEGORIES
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
from amends.insights.per import PER, per
from amends.insights.scope import Scope
from amends.insights.weighing import Weighing, in_known_weeks, issues, unconfirmed, weighing_of
from amends.measures import pareto as measure
from amends.measures.exposure import weighed_rate
from amends.prevention.models import Cause
from amends.prevention.tree import inside, roots

WEIGHTS = {"count": "How often", "harm": "How grave", "money": "What it cost"}
CAPTIONS = {"kinds": "What went wrong", "causes": "Why it went wrong", "groups": "By wider cause"}
DRAWN = 10


def answer(scope: Scope) -> Answer:
    """The kinds and the causes behind most of the trouble, by the weight chosen; as a rate where it can be one."""
    weighing = weighing_of(scope)
    heaps = _heaps(weighing, "category", "kind")
    kinds = measure.pareto(heaps)
    sums = {one.cause: one for one in heaps}
    sentence = _sentence(kinds, _kind_names(kinds), sums, weighing, scope)
    return Answer(sentence, lambda: _ground(scope, weighing, heaps, kinds))


def _ground(scope: Scope, weighing: Weighing, of_kinds: list[measure.Heap], kinds: Sequence[measure.Bar]) -> Ground:
    causes = _heaps(_caused(weighing), "attribution__cause_id")
    heaps = {"kinds": of_kinds, "causes": causes, "groups": _wider(causes)}
    bars = {"kinds": kinds, "causes": measure.pareto(causes), "groups": measure.pareto(heaps["groups"])}
    sums = {one.cause: one for some in heaps.values() for one in some}
    names = {**_kind_names(kinds), **_cause_names()}
    charts = [_chart(CAPTIONS[key], bars[key], names) for key in ("kinds", "causes")]
    return Ground(
        charts=tuple(one for one in charts if one),
        tables=tuple(_table(key, some, names, sums, weighing) for key, some in bars.items() if some or key != "groups"),
        notes=_notes(scope, weighing),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases with issues of a kind ("kind:delivery.late"), of a cause ("cause:3", "group:3" with those below it),
    without one, or unconfirmed."""
    what, _, which = of.partition(":")
    rows, title = in_known_weeks(issues(scope), per(scope)), ""
    if what == "kind":
        category, _, kind = which.partition(".")
        rows, title = rows.filter(category=category, kind=kind), kind_name(which)
    elif what == "cause" and is_number(which):
        rows, title = rows.filter(attribution__cause_id=int(which)), _cause_names().get(of, "")
    elif what == "group" and is_number(which):
        rows = rows.filter(attribution__cause_id__in=inside(int(which)))
        title = _cause_names().get(of, "")
    elif of == "no-cause":
        rows, title = rows.filter(attribution=None), "No cause named yet"
    elif of == "unconfirmed":
        rows, title = in_known_weeks(unconfirmed(scope), per(scope)), "Proposed and not confirmed"
    return Found(title, Case.objects.filter(pk__in=rows.values("case"))) if title else None


def _caused(weighing: Weighing) -> Weighing:
    return replace(weighing, rows=weighing.rows.exclude(attribution=None))


def _wider(causes: Sequence[measure.Heap]) -> list[measure.Heap]:
    """The same heaps under the cause at the top above each; nothing where no cause stands below another."""
    above = roots()
    if all(one == top for one, top in above.items()):
        return []
    together: dict[str, measure.Heap] = {}
    for one in causes:
        key = f"group:{above[int(one.cause.partition(':')[2])]}"
        known = together.get(key, measure.Heap(cause=key, issues=0, weight=0.0, squares=0.0))
        together[key] = measure.Heap(
            cause=key,
            issues=known.issues + one.issues,
            weight=known.weight + one.weight,
            squares=known.squares + one.squares,
        )
    return list(together.values())


def _heaps(weighing: Weighing, *names: str) -> list[measure.Heap]:
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
    names = dict(Cause.objects.values_list("pk", "name"))
    return {f"{what}:{pk}": name for what in ("cause", "group") for pk, name in names.items()}


def _sentence(
    bars: Sequence[measure.Bar],
    names: dict[str, str],
    sums: dict[str, measure.Heap],
    weighing: Weighing,
    scope: Scope,
) -> str:
    if not bars:
        return f"Nothing that went wrong has been confirmed {scope.period.words}."
    first = bars[0].share
    if not first.can_tell:
        return f"Too few to tell what goes wrong most: {counted(first.n, 'issue')}, at least {first.fewest} are needed."
    rivals = [names[one.cause] for one in bars if one.best == 1]
    if len(rivals) == 1:
        weight = {"harm": " of the harm", "money": " of the cost"}.get(scope.by, "")
        part = f"{percent(first.value)}{weight} ({between(first)})"
        if not weighing.per:
            return f"Most of all “{rivals[0]}”: {part} of {first.n:,} issues."
        rate, ends = _weight_cells(bars[0].cause, sums[bars[0].cause], weighing)
        points = " points of harm" if scope.by == "harm" else ""
        return f"Most of all “{rivals[0]}”: {rate.text}{points} {weighing.per.words} ({ends.text}), {part}."
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
    key: str, bars: Sequence[measure.Bar], names: dict[str, str], sums: dict[str, measure.Heap], weighing: Weighing
) -> Table:
    first = Head("Kind of issue" if key == "kinds" else "Cause", num=False), Head("Place")
    heads = (*first, *_weight_heads(weighing), Head("Share"), Head("Between"), Head("Up to here"))
    return Table(key, CAPTIONS[key], heads, tuple(_row(one, names, sums[one.cause], weighing) for one in bars))


def _weight_heads(weighing: Weighing) -> tuple[Head, ...]:
    """Where it is known what they are counted in, a rate with its interval stands in the place of every count."""
    if weighing.per:
        of = f"{weighing.head or 'Issues'} {weighing.per.words}"
        return Head(of), Head("Between")
    return (Head("Issues"), Head(weighing.head)) if weighing.head else (Head("Issues"),)


def _row(one: measure.Bar, names: dict[str, str], heap: measure.Heap, weighing: Weighing) -> tuple[Cell, ...]:
    first = Cell(names[one.cause]), Cell(_place(one), faint=not one.is_sure or not one.share.can_tell)
    weight = _weight_cells(one.cause, heap, weighing)
    if not one.share.can_tell:
        return (*first, *weight, Cell(TOO_FEW, faint=True), Cell("–", faint=True), Cell("–", faint=True))
    share = Cell(percent(one.share.value)), Cell(between(one.share)), Cell(percent(one.cumulative))
    return (*first, *weight, *share)


def _weight_cells(of: str, heap: measure.Heap, weighing: Weighing) -> tuple[Cell, ...]:
    if weighing.per:
        rate = weighed_rate("", heap.weight, heap.squares, weighing.per.count, per=PER, of=weighing.per.name)
        ends = f"{weighing.written(rate.low)} to {weighing.written(rate.high)}"
        return Cell(weighing.written(rate.value), of), Cell(ends)
    count = Cell(f"{heap.issues:,}", of)
    return (count, Cell(weighing.written(heap.weight))) if weighing.head else (count,)


def _place(one: measure.Bar) -> str:
    if not one.share.can_tell:
        return "–"
    return str(one.rank) if one.is_sure else f"{one.best} to {one.worst}"


def _notes(scope: Scope, weighing: Weighing) -> tuple[Cell, ...]:
    base = weighing.per
    nameless = in_known_weeks(issues(scope), base).filter(attribution=None).count()
    proposed = in_known_weeks(unconfirmed(scope), base).count()
    notes = []
    if base:
        weeks = counted(base.weeks, "whole week")
        notes.append(
            Cell(
                f"Counted in {base.name}: {base.count:,} of the whole company in the {weeks} that are known, the last "
                f"up to {base.until}. Rates with their 95 % intervals; what came in other weeks is left out."
            )
        )
    if nameless:
        notes.append(Cell(f"{counted(nameless, 'issue')} without a cause yet, left out of the causes.", "no-cause"))
    if proposed:
        notes.append(
            Cell(f"{counted(proposed, 'issue')} proposed by Amends and not confirmed, left out.", "unconfirmed")
        )
    if scope.by == "harm":
        notes.append(Cell("How grave: each issue counts with the severity of its case, 1 to 4."))
    if weighing.currency:
        notes.append(
            Cell(f"What it cost: remedies delivered, in {weighing.currency}; one for several issues is shared evenly.")
        )
    return tuple(notes)
