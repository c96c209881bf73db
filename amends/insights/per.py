"""What complaints are counted in within the time asked about: orders, visits or users, of the weeks that are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import get_default_timezone, localtime

from amends.insights.answer import day
from amends.insights.scope import WEEK, Scope
from amends.prevention.exposure import Exposure

PER = 1000


@dataclass(frozen=True, slots=True)
class Per:
    """So many of something in these runs of whole weeks; complaints of other weeks are not counted."""

    name: str
    count: int
    runs: tuple[tuple[datetime, datetime], ...]

    @property
    def words(self) -> str:
        """ "per 1,000 orders"."""
        return f"per {PER:,} {self.name}"

    @property
    def weeks(self) -> int:
        """How many weeks are known."""
        return sum(round((end - start) / WEEK) for start, end in self.runs)

    @property
    def until(self) -> str:
        """The last day that is known, in words."""
        return day(self.runs[-1][1] - timedelta(days=1))

    def holds(self, column: str) -> Q:
        """That the time in this column lies in one of these weeks."""
        within = Q()
        for start, end in self.runs:
            within |= Q(**{f"{column}__gte": start, f"{column}__lt": end})
        return within


def per(scope: Scope) -> Per | None:
    """What to count complaints in: the figures that know most of the weeks asked about; None where none know any."""
    first = localtime(scope.span.start).date() if scope.span.start else date.min
    last = localtime(scope.now).date() - WEEK
    rows = Exposure.objects.filter(week__gte=first, week__lte=last, count__gt=0).order_by("week")
    known: dict[str, list[tuple[date, int]]] = {}
    for name, week, count in rows.values_list("name", "week", "count"):
        known.setdefault(name, []).append((week, count))
    if not known:
        return None
    name = min(known, key=lambda one: (-len(known[one]), one))
    return _per(name, known[name])


def per_of(name: str, first: date, last: date) -> Per | None:
    """The figures of this name in the weeks that begin on these days or between; None where none is known."""
    rows = Exposure.objects.filter(name=name, week__gte=first, week__lte=last, count__gt=0).order_by("week")
    known = list(rows.values_list("week", "count"))
    return _per(name, known) if known else None


def _per(name: str, known: Sequence[tuple[date, int]]) -> Per:
    return Per(name, sum(count for _, count in known), _runs([week for week, _ in known]))


def _runs(weeks: Sequence[date]) -> tuple[tuple[datetime, datetime], ...]:
    """Weeks that follow each other as one run, by its beginning and end in the zone of the desk."""
    runs: list[tuple[date, date]] = []
    for week in weeks:
        if runs and runs[-1][1] == week:
            runs[-1] = (runs[-1][0], week + WEEK)
        else:
            runs.append((week, week + WEEK))
    return tuple((_midnight(start), _midnight(end)) for start, end in runs)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=get_default_timezone())
