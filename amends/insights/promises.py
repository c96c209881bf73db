""" "Do we keep promises?": kept, broken, agreed anew, let off, and what is overdue now; by week."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case as Where
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from amends.cases.case import Case
from amends.cases.questions import ALIVE
from amends.insights.answer import (
    Answer,
    Cell,
    Found,
    Ground,
    Head,
    Table,
    Week,
    Weeks,
    between,
    counted,
    day,
    is_number,
    percent,
    share_cells,
)
from amends.insights.scope import Scope, week_number
from amends.measures.figure import share
from amends.measures.promises import FEWEST_PROMISES, PromiseKeeping
from amends.recovery.fulfilment import worked
from amends.recovery.promise import Promise, Renegotiation

DRAWN_WEEKS = 26
_Counts = dict[tuple[int, str], tuple[int, int]]


class Fate(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    RELEASED = "released"
    OPEN = "open"
    OVERDUE = "overdue"


TITLES = {
    Fate.KEPT: "Kept in time",
    Fate.BROKEN: "Broken",
    Fate.RENEGOTIATED: "Agreed anew before they were due",
    Fate.RELEASED: "The customer let us off",
    Fate.OPEN: "Not due yet",
    Fate.OVERDUE: "Of the broken, still not done",
}
BY_WEEK = (Fate.KEPT, Fate.RENEGOTIATED, Fate.BROKEN)


def answer(scope: Scope) -> Answer:
    """The share of promises kept of those that were due, what stands apart from it, and each week."""
    weeks = scope.weeks()
    counts = _counts(scope, weeks)
    keeping = _keeping(counts)
    return Answer(_sentence(keeping, scope), lambda: _ground(weeks, counts, keeping))


def _ground(weeks: list[datetime], counts: _Counts, keeping: PromiseKeeping) -> Ground:
    return Ground(
        charts=tuple(chart for chart in (_chart(weeks, counts),) if chart),
        tables=(_whole(keeping, counts), _by_week(weeks, counts)),
        notes=(
            Cell("A promise moved with the customer's consent before it was due counts as neither kept nor broken."),
            Cell("A promise counts in the week in which it was due. One broken and done later stays broken."),
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases with promises of one fate ("fate:kept"), also of one week ("fate:kept:12")."""
    what, _, rest = of.partition(":")
    fate, _, week = rest.partition(":")
    if what != "fate" or fate not in set(Fate) or (week and not is_number(week)):
        return None
    rows = promises(scope)
    rows = rows.filter(_undone(), fate=Fate.BROKEN) if fate == Fate.OVERDUE else rows.filter(fate=fate)
    if week:
        rows = rows.annotate(week=week_number("due_at", scope.weeks())).filter(week=int(week))
    return Found(TITLES[Fate(fate)], Case.objects.filter(pk__in=rows.values("case")))


def promises(scope: Scope) -> "QuerySet[Any]":
    """The promises that were due in the period, or are not due yet, with their fate; of letters that left."""
    since = scope.span.start
    due = Q(due_at__gte=since) if since else Q()
    rows = Promise.objects.filter(ALIVE, due, case__in=scope.cases()).order_by()
    return rows.annotate(fate=became(scope.now))


def became(now: datetime) -> Where:
    """What became of a promise: broken is what was not done by the time that held, whatever came after (E54's page)."""
    moved = Exists(Renegotiation.objects.filter(promise=OuterRef("pk")))
    return Where(
        When(Q(release__at__lte=F("due_at")), then=Value(Fate.RELEASED.value)),
        When(Q(kept_at__gt=F("due_at")) | Q(kept_at=None, due_at__lt=now), then=Value(Fate.BROKEN.value)),
        When(moved, then=Value(Fate.RENEGOTIATED.value)),
        When(kept_at__isnull=False, then=Value(Fate.KEPT.value)),
        default=Value(Fate.OPEN.value),
        output_field=CharField(),
    )


def _undone() -> Q:
    """That nobody has done it to this day: neither what was agreed, nor anything for the issue that breaking it is."""
    done = Exists(worked().filter(acceptance=OuterRef("acceptance")))
    made_good = Exists(worked().filter(issues=OuterRef("broken__issue")))
    return Q(kept_at=None) & ~done & ~made_good


def _counts(scope: Scope, weeks: list[datetime]) -> _Counts:
    """By week and fate: how many, and how many of them nobody has done to this day."""
    rows = promises(scope).annotate(week=week_number("due_at", weeks)).values("week", "fate")
    counted_ = rows.annotate(n=Count("pk"), undone=Count("pk", filter=_undone()))
    return {(row["week"], row["fate"]): (row["n"], row["undone"]) for row in counted_}


def _of(counts: _Counts, fate: Fate) -> int:
    return sum(n for (_, known), (n, _) in counts.items() if known == fate)


def _keeping(counts: _Counts) -> PromiseKeeping:
    kept, broken = _of(counts, Fate.KEPT), _of(counts, Fate.BROKEN)
    return PromiseKeeping(
        rate=share("Promises kept", kept, kept + broken, noun="promises that were due", fewest=FEWEST_PROMISES),
        kept=kept,
        broken=broken,
        renegotiated=_of(counts, Fate.RENEGOTIATED),
        open=_of(counts, Fate.OPEN),
        overdue=sum(undone for (_, fate), (_, undone) in counts.items() if fate == Fate.BROKEN),
    )


def _sentence(keeping: PromiseKeeping, scope: Scope) -> str:
    rate, due = keeping.rate, keeping.kept + keeping.broken
    overdue = f" {counted(keeping.overdue, 'promise')} {'is' if keeping.overdue == 1 else 'are'} overdue now."
    overdue = overdue if keeping.overdue else " None is overdue now." if due else ""
    if not due:
        return f"No promise was due {scope.period.words}."
    if not rate.can_tell:
        return f"Too few to tell: {counted(due, 'promise')} due, at least {rate.fewest} are needed.{overdue}"
    return f"We kept {percent(rate.value)} ({between(rate)}) of {due:,} promises that were due.{overdue}"


def _whole(keeping: PromiseKeeping, counts: _Counts) -> Table:
    of = {
        Fate.KEPT: keeping.kept,
        Fate.BROKEN: keeping.broken,
        Fate.OVERDUE: keeping.overdue,
        Fate.RENEGOTIATED: keeping.renegotiated,
        Fate.RELEASED: _of(counts, Fate.RELEASED),
        Fate.OPEN: keeping.open,
    }
    heads = (Head("What became of them", num=False), Head("Promises"), Head("Of those due"), Head("Between"))
    return Table("fates", "What became of our promises", heads, tuple(_fate_row(*one, keeping) for one in of.items()))


def _fate_row(fate: Fate, number: int, keeping: PromiseKeeping) -> tuple[Cell, ...]:
    cells = (Cell(""), Cell(""))
    if fate in (Fate.KEPT, Fate.BROKEN):
        due = keeping.kept + keeping.broken
        cells = share_cells(share("", number, due, noun="promises", fewest=FEWEST_PROMISES))
    return (Cell(TITLES[fate]), Cell(f"{number:,}", f"fate:{fate}" if number else ""), *cells)


def _by_week(weeks: list[datetime], counts: _Counts) -> Table:
    heads = (Head("Week of", num=False), Head("Kept"), Head("Agreed anew"), Head("Broken"))
    rows = [
        (Cell(day(week)), *(_week_cell(number, fate, counts) for fate in BY_WEEK))
        for number, week in reversed(list(enumerate(weeks)))
    ]
    return Table("weeks", "Week by week, as they were due", heads, tuple(rows))


def _week_cell(week: int, fate: Fate, counts: _Counts) -> Cell:
    number = counts.get((week, fate), (0, 0))[0]
    return Cell(f"{number:,}" if number else "–", f"fate:{fate}:{week}" if number else "")


def _chart(mondays: list[datetime], counts: _Counts) -> Weeks | None:
    weeks = [
        Week(day(at), tuple(counts.get((number, fate), (0, 0))[0] for fate in BY_WEEK))
        for number, at in enumerate(mondays)
    ][-DRAWN_WEEKS:]
    if not any(sum(one.counts) for one in weeks):
        return None
    says = "Promises by the week in which they were due; the last column is the running week."
    return Weeks("columns", "Promises, week by week", says, ("Kept", "Agreed anew", "Broken"), tuple(weeks))
