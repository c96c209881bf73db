"""The figures of one quarter, counted as the insight pages count them, over every team."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localdate

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.insights.per import per_of
from amends.insights.weighing import confirmed
from amends.prevention.exposure import Exposure
from amends.prevention.models import Cause
from amends.prevention.telling import ALIVE, News
from amends.recovery.fulfilment import worked
from amends.reporting.changed import change_of
from amends.reporting.quarter import EIGHT_WEEKS, Quarter
from amends.reporting.small import FEWEST, held

TOP = 5
EACH_WEEK = "each-week"


@dataclass(frozen=True, slots=True)
class Counted:
    """What complaints are counted in: so many of a name in so many known weeks, and the complaints of these weeks.

    Of what stays (accounts, customers) `base` is the mean of the weeks, of what passes (orders, visits) their sum.
    """

    name: str
    each_week: bool
    base: float
    weeks: int
    complaints: int


@dataclass(frozen=True, slots=True)
class CauseFigure:
    """One cause in a quarter: its complaints, the people behind them, what is changed, the verdict, who was told."""

    cause: int
    name: str
    complaints: int
    people: int
    changed: str
    verdict: str
    told: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a quarter; `soon` and `eight` are None until every complaint has had its days."""

    received: int
    people: int
    counted: Counted | None
    soon: int | None
    eight: int | None
    named: int
    causes: tuple[CauseFigure, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The figures as they are kept."""
        return asdict(self)

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> "Figures":
        """The figures as they were kept."""
        counted = Counted(**kept["counted"]) if kept["counted"] else None
        causes = tuple(CauseFigure(**one) for one in kept["causes"])
        return Figures(**{**kept, "counted": counted, "causes": causes})


def figures_of(quarter: Quarter, counted_in: str, now: datetime) -> Figures:
    """What is counted of a quarter now; `counted_in` is one of `counted_choices`, or "" for none."""
    cases = Case.objects.filter(quarter.span.holds("opened_at"))
    rows = list(cases.values_list("pk", "customer", "opened_at", "closure__at"))
    delivered = _delivered(cases)
    ended = [(opened, min(filter(None, (closed, delivered.get(pk))), default=None)) for pk, _, opened, closed in rows]
    over = [(opened, at) for opened, at in ended if at]
    today = localdate(now)
    return Figures(
        received=len(rows),
        people=len({customer for _, customer, *_ in rows}),
        counted=counted_of(quarter, counted_in, len(rows)),
        soon=sum(_days(*one) <= 1 for one in over) if today > quarter.end else None,
        eight=sum(closed - opened <= EIGHT_WEEKS for opened, closed in over)
        if today > quarter.eight_weeks_over
        else None,
        named=_caused(quarter).values("case").distinct().count(),
        causes=tuple(_causes(quarter)),
    )


def settled(new: Figures, old: Figures) -> Figures:
    """The figures of a correction: those that moved by fewer than five stay as they were shown before."""
    before = {one.cause: one for one in old.causes}
    return replace(
        new,
        received=held(new.received, old.received),
        people=held(new.people, old.people),
        counted=_settled_base(new.counted, old.counted),
        soon=_held(new.soon, old.soon),
        eight=_held(new.eight, old.eight),
        named=held(new.named, old.named),
        causes=tuple(_settled_cause(one, before.get(one.cause)) for one in new.causes),
    )


def counted_choices(quarter: Quarter) -> list[tuple[str, str]]:
    """What the complaints of a quarter may be counted in, with its words: each name in two ways."""
    rows = Exposure.objects.filter(week__gte=quarter.start, week__lt=quarter.end, count__gt=0)
    found: list[tuple[str, str]] = []
    for name in rows.order_by("name").values_list("name", flat=True).distinct():
        found += [
            (name, f"All {name} of the weeks together"),
            (f"{name}:{EACH_WEEK}", f"The {name} there are in a week, on average"),
        ]
    return found


def counted_of(quarter: Quarter, counted_in: str, received: int) -> Counted | None:
    """What a quarter is counted in, None where nothing of that name is known for it."""
    name, _, how = counted_in.partition(":")
    base = per_of(name, quarter.start, quarter.end - timedelta(days=1)) if name else None
    if base is None:
        return None
    if how == EACH_WEEK:
        return Counted(name, True, base.count / base.weeks, base.weeks, received)
    opened = Case.objects.filter(base.holds("opened_at")).count()
    return Counted(name, False, float(base.count), base.weeks, opened)


def _delivered(cases: "QuerySet[Case]") -> dict[int, datetime]:
    """When the last of what went wrong in each case had its first remedy that worked; only where all of it had one."""
    issues = Issue.objects.filter(case__in=cases, withdrawal=None, merger=None).order_by()
    had = issues.annotate(first=Min("fulfilments__at", filter=Q(fulfilments__in=worked()))).values_list("case", "first")
    last: dict[int, datetime | None] = {}
    for case, at in had:
        known = last.get(case, at)
        last[case] = max(known, at) if known and at else None
    return {case: at for case, at in last.items() if at}


def _days(opened: datetime, closed: datetime) -> int:
    return (localdate(closed) - localdate(opened)).days


def _caused(quarter: Quarter) -> Any:
    return confirmed().filter(quarter.span.holds("raised_at")).exclude(attribution=None)


def _causes(quarter: Quarter) -> Iterable[CauseFigure]:
    """The causes most complaints of the quarter have; none with fewer than five people behind it."""
    rows = (
        _caused(quarter)
        .values("attribution__cause")
        .annotate(complaints=Count("case", distinct=True), people=Count("case__customer", distinct=True))
    )
    top = sorted(rows.filter(people__gte=FEWEST), key=lambda row: (-row["complaints"], row["attribution__cause"]))[:TOP]
    numbers = [row["attribution__cause"] for row in top]
    related = ("changes__claim", "changes__proof", "changes__regression", "changes__verdicts")
    causes = Cause.objects.prefetch_related(*related).in_bulk(numbers)
    told = _told(quarter, numbers)
    for row, number in zip(top, numbers, strict=True):
        cause, counts = causes[number], {name: row[name] for name in ("complaints", "people")}
        changed, verdict = change_of(cause)
        yield CauseFigure(number, cause.name, changed=changed, verdict=verdict, told=told.get(number, 0), **counts)


def _told(quarter: Quarter, causes: Sequence[int]) -> dict[int, int]:
    """How many people a letter told within the quarter of a change against each cause."""
    left = quarter.span.holds("message__outbox__sent_at")
    rows = News.objects.filter(ALIVE, left, change__cause__in=causes).order_by().values("change__cause")
    return dict(rows.annotate(n=Count("customer", distinct=True)).values_list("change__cause", "n"))


def _held(new: int | None, old: int | None) -> int | None:
    return new if new is None or old is None else held(new, old)


def _settled_base(new: Counted | None, old: Counted | None) -> Counted | None:
    if new is None or old is None or (new.name, new.each_week) != (old.name, old.each_week):
        return new
    return replace(new, complaints=held(new.complaints, old.complaints))


def _settled_cause(new: CauseFigure, old: CauseFigure | None) -> CauseFigure:
    if old is None:
        return new
    return replace(
        new,
        complaints=held(new.complaints, old.complaints),
        people=held(new.people, old.people),
        told=held(new.told, old.told),
    )
