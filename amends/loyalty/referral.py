"""Who was sent to us by whom: both under a veil, so that who never wrote to us stays unknown to us."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet

from amends.customers.models import Address, Customer
from amends.loyalty.no_linking import NoLinking
from amends.loyalty.veil import LENGTH, veiled_address
from amends.team.models import User


class Referral(models.Model):
    """Somebody said on a day who had sent them to us: both veiled."""

    buyer = models.CharField(max_length=LENGTH, unique=True)
    sender = models.CharField(max_length=LENGTH, db_index=True)
    day = models.DateField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(buyer=F("sender")), name="nobody_sends_themselves"),
        ]


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of a customer: whether somebody sent them, and how many they sent to us."""

    by_somebody: Referral | None
    others: int


def sent(customer: Customer) -> Sent:
    """Whether somebody sent a customer, and how many people they sent."""
    mine = theirs(customer)
    found = Referral.objects.select_related("by").filter(buyer__in=mine).first()
    return Sent(found, Referral.objects.filter(sender__in=mine).count())


def referrals_of(customer: Customer) -> "QuerySet[Referral]":
    """Every referral a customer has a part in."""
    mine = theirs(customer)
    return Referral.objects.filter(Q(buyer__in=mine) | Q(sender__in=mine))


def keep_referrals(found: Mapping[str, tuple[str, date]], *, by: User, now: datetime) -> tuple[int, int]:
    """Keep who sent each of these addresses, and since which day; returns how many were kept and left out.

    Left out are people who asked that nothing be linked to them. Who is known is corrected.
    """
    closed = unwilling()
    rows = [
        Referral(buyer=veiled_address(one), sender=veiled_address(other), day=day, by=by, at=now)
        for one, (other, day) in found.items()
    ]
    kept = [row for row in rows if row.buyer not in closed and row.sender not in closed]
    Referral.objects.bulk_create(
        kept,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["buyer"],
        update_fields=["sender", "day", "by", "at"],
    )
    return len(kept), len(rows) - len(kept)


def theirs(customer: Customer) -> list[str]:
    """The veils of a customer's e-mail addresses, the first first."""
    return _veils(customer.addresses.filter(kind="email").order_by("pk").values_list("value", flat=True))


def _veils(addresses: Iterable[str]) -> list[str]:
    return [veiled_address(one) for one in addresses]


def unwilling() -> set[str]:
    """The veils of everybody who asked that nothing be linked to them."""
    rows = Address.objects.filter(kind="email", customer__in=NoLinking.objects.values("customer"))
    return set(_veils(rows.values_list("value", flat=True)))
