"""Which months of the archive have to be written: the ledger says whose cases changed since the last time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from amends.cases.closure import Closure
from amends.cases.event import GENESIS, Event


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month in UTC."""

    begins: datetime

    @classmethod
    def named(cls, name: str) -> Self:
        """The month of a name such as "2026-03"; raises ValueError for any other."""
        return cls(datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC))

    @property
    def ends(self) -> datetime:
        """The moment the next one begins."""
        return (self.begins + timedelta(days=31)).replace(day=1)

    @property
    def name(self) -> str:
        """Its name, such as "2026-03"."""
        return f"{self.begins:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the ledger was read: its row and the hash of that, so that another ledger is known to be another."""

    seq: int = 0
    hash: str = GENESIS

    @property
    def holds(self) -> bool:
        """Whether this row still is in the ledger, as it was."""
        return self.seq == 0 or Event.objects.filter(seq=self.seq, hash=self.hash).exists()


def newest_mark() -> Mark:
    """The last row of the ledger."""
    row = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return Mark(*row) if row else Mark()


def changed_months(since: Mark) -> list[Month]:
    """The months of closing, then or now, of every case of which the ledger has a row after the mark.

    Where a cause was merged into another, whose cases no row names, every month may have changed.
    """
    new = Event.objects.filter(seq__gt=since.seq).order_by()
    touched = new.filter(case__isnull=False).values("case")
    before = Event.objects.filter(kind="case_closed", case__in=touched).order_by()
    closed = Closure.objects.order_by()
    return _months([before, closed if new.filter(kind="cause_merged").exists() else closed.filter(case__in=touched)])


def all_months() -> list[Month]:
    """The months in which a case was closed that still is."""
    return _months([Closure.objects.order_by()])


def _months(found: "Iterable[QuerySet[Any]]") -> list[Month]:
    names: set[datetime] = set()
    for rows in found:
        names |= set(rows.annotate(month=TruncMonth("at", tzinfo=UTC)).values_list("month", flat=True).distinct())
    return sorted(Month(at.astimezone(UTC)) for at in names)
