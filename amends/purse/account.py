"""The accounts of the purse: the house, a team's month, what is promised to a customer, what was used, what lapsed."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q, Sum
from django.utils.timezone import localtime

from amends.customers.models import Customer
from amends.team.models import Team


class Side(models.TextChoices):
    """What an account holds."""

    HOUSE = "house", "where every budget comes from"
    BUDGET = "budget", "what a team may give in a month"
    PROMISED = "promised", "what a customer was given and has not used"
    USED = "used", "what customers used"
    LAPSED = "lapsed", "what ran out unused"


SHARED = (Side.HOUSE, Side.USED, Side.LAPSED)
_OF_NOBODY = Q(team=None, month=None, customer=None)


class Account(models.Model):
    """One account in one unit: a currency or points; a budget has a team and a month, a promise a customer."""

    side = models.CharField(max_length=8, choices=Side.choices)
    unit = models.CharField(max_length=3)
    team = models.ForeignKey("amends.Team", null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True)
    customer = models.ForeignKey("amends.Customer", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(side__in=[one.value for one in SHARED]) & _OF_NOBODY)
                | Q(side=Side.BUDGET.value, team__isnull=False, month__isnull=False, customer=None)
                | Q(side=Side.PROMISED.value, team=None, month=None, customer__isnull=False),
                name="account_is_whose_it_can_be",
            ),
            models.UniqueConstraint(
                fields=["side", "unit"],
                condition=Q(side__in=[one.value for one in SHARED]),
                name="one_shared_account_a_unit",
            ),
            models.UniqueConstraint(
                fields=["unit", "team", "month"], condition=Q(side=Side.BUDGET.value), name="one_budget_a_month"
            ),
            models.UniqueConstraint(
                fields=["unit", "customer"], condition=Q(side=Side.PROMISED.value), name="one_promised_a_customer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.unit}"

    @property
    def balance(self) -> int:
        """What lies in it, in its unit; below nought only in the house, by what the house gave out."""
        came = self.came_in.aggregate(sum=Sum("amount"))["sum"] or 0
        went = self.went_out.aggregate(sum=Sum("amount"))["sum"] or 0
        return int(came - went)


def month_of(at: datetime) -> date:
    """The first day of the month in which this moment lies, in the zone of the desk."""
    return localtime(at).date().replace(day=1)


def shared(side: Side, unit: str) -> Account:
    """The one account of this side in a unit."""
    return Account.objects.get_or_create(side=side, unit=unit, team=None, month=None, customer=None)[0]


def budget_of(team: Team, unit: str, month: date) -> Account:
    """The account of what a team may give in a month."""
    return Account.objects.get_or_create(side=Side.BUDGET, unit=unit, team=team, month=month, customer=None)[0]


def promised_to(customer: Customer, unit: str) -> Account:
    """The account of what a customer was given and has not used."""
    return Account.objects.get_or_create(side=Side.PROMISED, unit=unit, team=None, month=None, customer=customer)[0]
