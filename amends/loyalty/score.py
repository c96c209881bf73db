"""How satisfied people said they were in a survey of everybody, also of those who never complained; all veiled."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.cases.errors import Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.loyalty.purchase_file import EARLIEST, Odd, customer_of, day_of
from amends.loyalty.veil import LENGTH, veiled_address
from amends.method.columns import Broken, BrokenRows, once, sorted_out
from amends.team.models import User
from amends.team.permissions import Right

COLUMNS = ("customer", "date", "score")
SCALE = range(1, 6)


class OutsideScore(models.Model):
    """Somebody, veiled, answered on a day how satisfied they were, 1 to 5."""

    buyer = models.CharField(max_length=LENGTH)
    day = models.DateField()
    value = models.PositiveSmallIntegerField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "day"], name="one_outside_score_a_day"),
            models.CheckConstraint(condition=Q(value__range=(SCALE[0], SCALE[-1])), name="outside_score_in_scale"),
            models.CheckConstraint(condition=Q(day__range=(EARLIEST, date(2099, 12, 31))), name="outside_score_day"),
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: whose by their e-mail address, on which day, how satisfied."""

    customer: str
    day: date
    value: int


def import_scores(text: str, *, by: User, now: datetime) -> int:
    """Keep the answers of a CSV file; returns how many. A second answer of one person on one day corrects the first.

    One row that cannot be used stops them all: raises BrokenRows with the line and the reason of each, Incomplete for a
    file without rows, NotAllowed without the right.
    """
    if not by.can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager brings answers in. Ask one.")
    rows, broken = scores_of(text, now.date())
    if broken:
        raise BrokenRows(broken)
    if not rows:
        raise Incomplete("There is no row in this file. It needs the columns customer, date and score.", "file")
    made = [
        OutsideScore(buyer=veiled_address(row.customer), day=row.day, value=row.value, by=by, at=now) for row in rows
    ]
    with writing():
        OutsideScore.objects.bulk_create(
            made,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["buyer", "day"],
            update_fields=["value", "by", "at"],
        )
        record("scores_imported", None, by, now, count=len(made))
    return len(made)


def scores_of(text: str, today: date) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """The answers of a CSV text with the columns customer, date and score, and every row that is none."""
    doubled: Callable[[int, Row], str] = once(
        lambda row: (row.customer, row.day),
        lambda _, first: f"line {first} holds an answer of the same person and day already",
    )
    return sorted_out(text, COLUMNS, lambda cells: _row(cells, today), doubled)


def scores_by_veil() -> dict[str, list[tuple[date, int]]]:
    """The answers of everybody by their veil, in order."""
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for buyer, day, value in OutsideScore.objects.order_by("day", "pk").values_list("buyer", "day", "value"):
        found[buyer].append((day, value))
    return found


def _row(cells: dict[str, str], today: date) -> Row | str:
    try:
        return Row(customer_of(cells["customer"]), day_of(cells["date"], today), _score(cells["score"]))
    except Odd as reason:
        return str(reason)


def _score(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) == 1 and int(word) in SCALE):
        raise Odd(f"“{word[:20]}” is no answer from {SCALE[0]} to {SCALE[-1]}")
    return int(word)
