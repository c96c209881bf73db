"""Purchases brought in from a file, each under a veiled address: who never wrote to us stays unknown to us."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Count, Max, Min, Q, QuerySet

from amends.cases.errors import Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.loyalty.purchase_file import EARLIEST, MOST, purchases_of, sent_by
from amends.loyalty.referral import keep_referrals
from amends.loyalty.veil import LENGTH, veiled_address
from amends.measures.repurchase import Buyer
from amends.method.columns import BrokenRows
from amends.team.models import User
from amends.team.permissions import Right

AT_ONCE = 2000


class Purchase(models.Model):
    """Somebody bought something: who, veiled, on which day, for how much."""

    buyer = models.CharField(max_length=LENGTH)
    day = models.DateField()
    cents = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    order = models.CharField(max_length=60, unique=True)
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cents__gt=0, cents__lte=MOST), name="purchase_cost_something"),
            models.CheckConstraint(condition=Q(day__range=(EARLIEST, date(2099, 12, 31))), name="purchase_day_can_be"),
        ]
        indexes: ClassVar = [models.Index(fields=["buyer", "day"], name="purchase_buyer")]


def bought_by(addresses: Iterable[str]) -> "QuerySet[Purchase]":
    """The purchases from any of these addresses."""
    return Purchase.objects.filter(buyer__in=[veiled_address(one) for one in addresses])


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What a file brought: purchases, people who said who sent them, and those of them left out by a wish."""

    purchases: int
    referrals: int
    left_out: int


def import_purchases(text: str, *, by: User, now: datetime) -> BroughtIn:
    """Keep the purchases of a CSV file. An order that is known is corrected, so twice counts once.

    A column sent_by says who sent somebody to us. One row that cannot be used stops them all: raises BrokenRows with
    the line and the reason of each, Incomplete for a file without rows, NotAllowed without the right.
    """
    if not by.can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager brings purchases in. Ask one.")
    rows, broken = purchases_of(text, now.date())
    if broken:
        raise BrokenRows(broken)
    if not rows:
        raise Incomplete(
            "There is no row in this file. It needs the columns customer, date, cents, currency and order.", "file"
        )
    made = [
        Purchase(
            buyer=veiled_address(row.customer),
            day=row.day,
            cents=row.cents,
            currency=row.currency,
            order=row.order,
            by=by,
            at=now,
        )
        for row in rows
    ]
    with writing():
        Purchase.objects.bulk_create(
            made,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["order"],
            update_fields=["buyer", "day", "cents", "currency", "by", "at"],
        )
        kept, left_out = keep_referrals(sent_by(rows), by=by, now=now)
        record("purchases_imported", None, by, now, count=len(made))
        if kept:
            record("referrals_imported", None, by, now, count=kept)
    return BroughtIn(len(made), kept, left_out)


def known() -> dict[str, object]:
    """How many purchases of how many people are known, from which day to which."""
    return Purchase.objects.aggregate(
        purchases=Count("pk"), people=Count("buyer", distinct=True), first=Min("day"), last=Max("day")
    )


def buyers(currency: str) -> dict[str, Buyer]:
    """Everybody who bought in this currency, by their veil, with their purchases in order."""
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    rows = Purchase.objects.filter(currency=currency).order_by("day", "pk").values_list("buyer", "day", "cents")
    for buyer, day, cents in rows.iterator(chunk_size=AT_ONCE):
        found[buyer].append((day, cents))
    return {one: _buyer(one, currency, bought) for one, bought in found.items()}


def merged(name: str, parts: Iterable[Buyer], currency: str) -> Buyer | None:
    """The purchases of one customer over all their addresses; None for somebody who never bought."""
    bought = sorted(pair for one in parts for pair in zip(one.days, one.cents, strict=True))
    return _buyer(name, currency, bought) if bought else None


def _buyer(name: str, currency: str, bought: list[tuple[date, int]]) -> Buyer:
    return Buyer(name, currency, tuple(day for day, _ in bought), tuple(cents for _, cents in bought))


def usual_currency() -> tuple[str, date] | None:
    """The currency most purchases are in, and the last day of one in it; None before the first."""
    rows = Purchase.objects.order_by().values_list("currency").annotate(last=Max("day"), count=Count("pk"))
    first = rows.order_by("-count", "currency").first()
    return first[:2] if first else None
