""" "Are we getting better?": complaints a week beside what is usual, and this period beside the one before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.insights.answer import (
    TOO_FEW,
    Answer,
    Cell,
    Found,
    Ground,
    Head,
    Table,
    Week,
    Weeks,
    counted,
    day,
    listed,
    percent,
)
from amends.insights.remedies import FEWEST
from amends.insights.scope import MOST_WEEKS, WEEK, Scope, Span, monday, week_number
from amends.measures import weeks as measure
from amends.measures.control_chart import FEWEST_BASELINE, Point, Sign, rate_chart
from amends.measures.figure import Difference, Figure, difference, share
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import worked

BASELINE = 26
HALF_OF_ALL = 2
SIGNS = {Sign.USUAL: "usual", Sign.HIGH: "more than chance explains", Sign.LOW: "fewer than chance explains"}


@dataclass(frozen=True, slots=True)
class Years:
    """The whole weeks there are: those that say what is usual, then those asked about; `last` ends them."""

    mondays: list[datetime]
    baseline: int
    running: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """One share, before and now."""

    key: str
    difference: Difference


def answer(scope: Scope) -> Answer:
    """Each whole week beside its limits, and what customers said and what came back, now and before."""
    years = _years(scope)
    counts = _counts(scope, years)
    points = _points(years, counts)
    compared = _compared(scope)
    return Answer(f"{_sentence(points)} {_changed(compared)}", lambda: _ground(scope, years, counts, points, compared))


def _ground(scope: Scope, years: Years, counts: list[int], points: list[Point], compared: list[Compared]) -> Ground:
    return Ground(
        charts=tuple(chart for chart in (_chart(years, counts, points),) if chart),
        tables=(_then_and_now(scope, compared), _weekly(years, counts, points)),
        notes=(
            Cell(
                f"What is usual follows from the weeks before, {FEWEST_BASELINE} at least and {BASELINE} at most. "
                "The running week is left out."
            ),
            Cell("Complaints are counted, not complaints per order: where business grows, they do too."),
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases opened in a week ("week:2026-11-02"), asked again ("right:now", "right:before"), or delivered to."""
    what, _, which = of.partition(":")
    if what == "week":
        return _of_week(scope, which)
    if what not in _SHARES or which not in ("now", "before"):
        return None
    now, before = _spans(scope)
    rows = _SHARES[what].rows(scope, now if which == "now" else before)
    when = scope.period.words if which == "now" else "before that"
    return Found(f"{_SHARES[what].counted} {when}", Case.objects.filter(pk__in=rows.values("case")))


def _of_week(scope: Scope, which: str) -> Found | None:
    years = _years(scope)
    start = next((one for one in years.mondays if f"{localtime(one):%Y-%m-%d}" == which), None)
    if start is None:
        return None
    following = [one for one in [*years.mondays, years.running] if one > start]
    rows = scope.rows(Case.objects.order_by(), "opened_at", "pk", Span(start, following[0]))
    return Found(f"Opened in the week of {day(start)}", rows)


def _years(scope: Scope) -> Years:
    """The weeks from the first whole one with cases; the running one is not among them."""
    first = scope.cases().aggregate(first=Min("opened_at"))["first"] or scope.now
    whole = max(0, (monday(scope.now, 0) - first) // WEEK)
    asked = scope.period.weeks
    shown = min(whole, MOST_WEEKS) if asked is None else min(whole, asked + BASELINE)
    baseline = min(BASELINE, shown // HALF_OF_ALL) if asked is None else max(0, shown - asked)
    return Years([monday(scope.now, back) for back in range(shown, 0, -1)], baseline, monday(scope.now, 0))


def _counts(scope: Scope, years: Years) -> list[int]:
    if not years.mondays:
        return []
    rows = scope.rows(Case.objects.order_by(), "opened_at", "pk", Span(years.mondays[0], years.running))
    found = rows.annotate(week=week_number("opened_at", years.mondays)).values("week").annotate(n=Count("pk"))
    by_week = {row["week"]: row["n"] for row in found}
    return [by_week.get(number, 0) for number in range(len(years.mondays))]


def _points(years: Years, counts: list[int]) -> list[Point]:
    """The weeks asked about beside their limits; none where there are too few before them."""
    weeks = [measure.Week(localtime(at).date(), count) for at, count in zip(years.mondays, counts, strict=True)]
    if years.baseline < FEWEST_BASELINE:
        return []
    return list(rate_chart(weeks[: years.baseline], weeks[years.baseline :]))


def _changed(compared: list[Compared]) -> str:
    """What has clearly changed since before, in a sentence."""
    clear = [one.difference.words for one in compared if one.difference.is_clear]
    if clear:
        return " ".join(clear)
    if not any(one.difference.can_tell for one in compared):
        return "Too few answers and remedies to compare with the time before."
    return "What customers say when asked again, and how remedies hold, has not clearly changed."


def _sentence(points: list[Point]) -> str:
    if not points:
        return f"Too few weeks to tell what is usual: {FEWEST_BASELINE} whole weeks before the period are needed."
    high, low = (sum(one.sign is sign for one in points) for sign in (Sign.HIGH, Sign.LOW))
    if not high and not low:
        return f"Nothing out of the usual in {counted(len(points), 'week')}: none stands out from the weeks before."
    more = [f"{high} brought more complaints"] if high else []
    fewer = [f"{low} brought fewer"] if low else []
    return f"Of {counted(len(points), 'week')}, {listed(more + fewer)} than chance explains."


def _chart(years: Years, counts: list[int], points: list[Point]) -> Weeks | None:
    if not any(counts):
        return None
    judged = [None] * (len(counts) - len(points)) + list(points)
    drawn = [_drawn(*one) for one in zip(years.mondays, counts, judged, strict=True)]
    says = "Each whole week; the band is what the weeks before lead to expect, wider where they say less."
    return Weeks("line", "Complaints a week", says, ("Complaints",), tuple(drawn))


def _drawn(at: datetime, count: int, point: Point | None) -> Week:
    if point is None:
        return Week(day(at), (count,))
    return Week(day(at), (count,), point.low, point.high, point.middle, point.sign is not Sign.USUAL)


def _weekly(years: Years, counts: list[int], points: list[Point]) -> Table:
    judged = [None] * (len(counts) - len(points)) + list(points)
    heads = (Head("Week of", num=False), Head("Complaints"), Head("Usual"), Head("So it is", num=False))
    rows = [_week_row(*one) for one in zip(years.mondays, counts, judged, strict=True)]
    return Table("weeks", "Complaints a week", heads, tuple(reversed(rows)))


def _week_row(at: datetime, count: int, point: Point | None) -> tuple[Cell, ...]:
    number = Cell(f"{count:,}", f"week:{localtime(at):%Y-%m-%d}" if count else "")
    if point is None:
        return Cell(day(at)), number, Cell("–", faint=True), Cell("baseline", faint=True)
    return Cell(day(at)), number, Cell(f"{point.low} to {point.high}"), Cell(SIGNS[point.sign])


@dataclass(frozen=True, slots=True)
class _Share:
    """A share to compare: its name, which rows count, which of them are good, and how the rows are called."""

    name: str
    counted: str
    noun: str
    all_rows: Any
    at: str
    good: Q

    def rows(self, scope: Scope, span: Span) -> "QuerySet[Any]":
        """The rows of a span."""
        return scope.rows(self.all_rows().order_by(), self.at, span=span)

    def figure(self, scope: Scope, span: Span) -> Figure:
        """The share in a span."""
        found = self.rows(scope, span).aggregate(n=Count("pk"), good=Count("pk", filter=self.good))
        return share(self.name, found["good"], found["n"], noun=self.noun, fewest=FEWEST)


_SHARES = {
    "right": _Share(
        "Still right when asked",
        "Answered when asked again",
        "answers",
        lambda: FollowUp.objects.exclude(done_at=None),
        "done_at",
        Q(still_right=True),
    ),
    "held": _Share("Remedies that held", "Remedies delivered", "deliveries", worked, "at", Q(ineffective=None)),
}


def _spans(scope: Scope) -> tuple[Span, Span]:
    """The time asked about and as long a time before it; of all, the newer half and the older."""
    now = scope.span
    if now.start is not None:
        return now, Span(now.start - (now.end - now.start), now.start)
    first = scope.cases().aggregate(first=Min("opened_at"))["first"] or scope.now
    middle = first + (scope.now - first) / HALF_OF_ALL
    return Span(middle, now.end), Span(None, middle)


def _compared(scope: Scope) -> list[Compared]:
    now, before = _spans(scope)
    return [
        Compared(key, difference(one.figure(scope, now), one.figure(scope, before))) for key, one in _SHARES.items()
    ]


def _then_and_now(scope: Scope, compared: list[Compared]) -> Table:
    halves = scope.period.weeks is None
    heads = (
        Head("Share", num=False),
        Head("Older half" if halves else "Before"),
        Head("Newer half" if halves else "This period"),
        Head("Difference", num=False),
    )
    return Table("then", "Now and before", heads, tuple(_compared_row(one) for one in compared))


def _compared_row(one: Compared) -> tuple[Cell, ...]:
    made = one.difference
    said = made.words.partition(": ")[2]
    figures = _share_of(made.other, f"{one.key}:before"), _share_of(made.one, f"{one.key}:now")
    return (Cell(made.one.name), *figures, Cell(said, faint=not made.is_clear))


def _share_of(figure: Figure, of: str) -> Cell:
    if not figure.can_tell:
        return Cell(f"{TOO_FEW} ({figure.n:,})", of if figure.n else "", faint=True)
    return Cell(f"{percent(figure.value)} of {figure.n:,}", of)
