"""How many orders, visits or users there were each week: what complaints are counted in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Count, Max, Min, Q

from amends.cases.errors import Incomplete
from amends.cases.ledger import record, writing
from amends.method.columns import BrokenRows
from amends.prevention.exposure_file import EARLIEST, MOST, Row, rows_of
from amends.team.models import User


class Exposure(models.Model):
    """The count of one name in the week that begins on this Monday."""

    name = models.CharField(max_length=40)
    week = models.DateField()
    count = models.PositiveBigIntegerField()
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "week"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "week"], name="one_exposure_a_week"),
            models.CheckConstraint(condition=~Q(name=""), name="exposure_has_a_name"),
            models.CheckConstraint(condition=Q(count__gte=0, count__lte=MOST), name="exposure_can_be_counted"),
            models.CheckConstraint(
                condition=Q(week__range=(EARLIEST, date(2099, 12, 31))), name="exposure_week_can_be"
            ),
        ]


def import_exposure(text: str, *, by: User | None, now: datetime) -> Mapping[str, int]:
    """Keep the figures of a CSV file with the columns name, week and count; returns how many weeks of each name.

    A week that is known is corrected. One row that cannot be used stops them all: raises BrokenRows with the line and
    the reason of each, Incomplete for a file without rows.
    """
    rows, broken = rows_of(text, now.date())
    if broken:
        raise BrokenRows(broken)
    if not rows:
        raise Incomplete("There is no row in this file. It needs the columns name, week and count.", "file")
    keep_weeks(rows, by=by, now=now)
    return {name: sum(row.name == name for row in rows) for name in _names(rows)}


def keep_weeks(rows: tuple[Row, ...], *, by: User | None, now: datetime) -> int:
    """Keep these weeks, correcting those that are known; returns how many."""
    with writing():
        Exposure.objects.bulk_create(
            [Exposure(name=row.name, week=row.week, count=row.count, by=by, at=now) for row in rows],
            update_conflicts=True,
            unique_fields=["name", "week"],
            update_fields=["count", "by", "at"],
        )
        record("exposure_imported", None, by or "system", now, weeks=len(rows), names=_names(rows))
    return len(rows)


def names_known() -> tuple[str, ...]:
    """What complaints can be counted in, by name."""
    return tuple(Exposure.objects.order_by("name").values_list("name", flat=True).distinct())


def spans() -> list[tuple[str, date, date, int]]:
    """Each name with its first and last week and how many weeks are known."""
    rows = Exposure.objects.order_by("name").values_list("name")
    return list(rows.annotate(first=Min("week"), last=Max("week"), weeks=Count("pk")))


def weekly(name: str) -> dict[date, int]:
    """The count of each week that is known, by its Monday."""
    return dict(Exposure.objects.filter(name=name).values_list("week", "count"))


def _names(rows: tuple[Row, ...]) -> list[str]:
    return sorted({row.name for row in rows})
