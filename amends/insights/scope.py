"""What a question is asked about: whose cases, of which team, since when."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Case as Where
from django.db.models import IntegerField, Min, Q, QuerySet, Value, When
from django.utils.timezone import get_default_timezone, localtime

from amends.cases.case import Case, CaseQuerySet
from amends.team.models import User

WEEK = timedelta(weeks=1)
MOST_WEEKS = 78


@dataclass(frozen=True, slots=True)
class Period:
    """How far back one looks: so many whole weeks and the running one; without a number, to the beginning."""

    key: str
    label: str
    words: str
    weeks: int | None


PERIODS = {
    one.key: one
    for one in (
        Period("12-weeks", "12 weeks", "in the last 12 weeks", 12),
        Period("6-months", "6 months", "in the last 6 months", 26),
        Period("all", "All", "since the beginning", None),
    )
}
DEFAULT = PERIODS["12-weeks"]


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment, or from the beginning, up to another, which does not belong to it."""

    start: datetime | None
    end: datetime

    def holds(self, column: str) -> Q:
        """That the time in this column lies within."""
        before = Q(**{f"{column}__lt": self.end})
        return before & Q(**{f"{column}__gte": self.start}) if self.start else before


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, when, about which period and team (None: all they may see); `by` is a choice of the question's own."""

    user: User
    now: datetime
    period: Period = DEFAULT
    team: int | None = None
    by: str = ""

    @property
    def span(self) -> Span:
        """The time asked about: it begins with a Monday in the zone of the desk."""
        weeks = self.period.weeks
        return Span(None if weeks is None else monday(self.now, weeks), self.now)

    def cases(self) -> CaseQuerySet:
        """The cases this person may see, of the team asked about."""
        seen = Case.objects.visible_to(self.user)
        return seen if self.team is None else seen.filter(team_id=self.team)

    def rows(self, rows: "QuerySet[Any]", column: str, case: str = "case", span: Span | None = None) -> "QuerySet[Any]":
        """Those of these rows whose time lies in the span, of cases this person may see."""
        return rows.filter((span or self.span).holds(column), **{f"{case}__in": self.cases()})

    def weeks(self) -> list[datetime]:
        """The Mondays of the weeks asked about, oldest first, the running one last; at most 78 ([J]: no source)."""
        count = self.period.weeks
        if count is None:
            first = self.cases().aggregate(first=Min("opened_at"))["first"] or self.now
            count = min(MOST_WEEKS, max(0, (self.now - first) // WEEK + 1))
        return [monday(self.now, back) for back in range(count, -1, -1)]


def monday(now: datetime, back: int) -> datetime:
    """The beginning, in the zone of the desk, of the week so many before the running one."""
    day = localtime(now).date()
    first = day - timedelta(days=day.weekday(), weeks=back)
    return datetime.combine(first, time(), tzinfo=get_default_timezone())


def week_number(column: str, mondays: list[datetime]) -> Where:
    """The number of the week a column's time falls in; -1 before the first, their count after the last.

    It is a plain CASE over the Mondays, the same on every database and quicker than truncating dates in SQLite.
    """
    ends = [*mondays, mondays[-1] + WEEK]
    whens = [When(**{f"{column}__lt": end}, then=Value(number)) for number, end in enumerate(ends, -1)]
    return Where(*whens, default=Value(len(mondays)), output_field=IntegerField())
