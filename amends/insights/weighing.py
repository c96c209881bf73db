"""What goes wrong, and what each issue weighs: as one, by the severity of its case, or by what it cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Where
from django.db.models import Count, F, FloatField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast

from amends.cases.issue import Issue
from amends.insights.per import Per, per
from amends.insights.scope import Scope
from amends.method.money import written
from amends.recovery.fulfilment import Fulfilment, worked


@dataclass(frozen=True, slots=True)
class Weighing:
    """What an issue weighs, as the database reckons it, how a sum of it is written, and what it is counted in.

    `currency` is that of money, "" where it is none.
    """

    rows: "QuerySet[Issue]"
    weight: Any
    head: str
    written: Callable[[float], str]
    per: Per | None = None
    currency: str = ""


def issues(scope: Scope) -> "QuerySet[Issue]":
    """What went wrong, as a person or the customer said; what Amends proposed and nobody confirmed is left out."""
    return scope.rows(confirmed(), "raised_at")


def confirmed() -> "QuerySet[Issue]":
    """The same of every team and time."""
    return _standing().exclude(source="reading", hearing=None)


def unconfirmed(scope: Scope) -> "QuerySet[Issue]":
    """What Amends proposed and nobody has confirmed."""
    return scope.rows(_standing().filter(source="reading", hearing=None), "raised_at")


def _standing() -> "QuerySet[Issue]":
    return Issue.objects.filter(withdrawal=None, merger=None).order_by()


def in_known_weeks(rows: "QuerySet[Issue]", base: Per | None) -> "QuerySet[Issue]":
    """Only those of the weeks for which it is known what they are counted in, where it is known for any."""
    return rows.filter(base.holds("raised_at")) if base else rows


def weighing_of(scope: Scope) -> Weighing:
    """What each issue weighs, by the weight chosen: 1, points of severity, or cents."""
    base = per(scope)
    rows = in_known_weeks(issues(scope), base)
    if scope.by == "harm":
        points = Cast("case__severity", FloatField())
        return Weighing(rows, points, "Points", lambda sum_: f"{sum_:,.1f}" if base else f"{sum_:,.0f}", base)
    if scope.by == "money":
        currency = main_currency(scope)
        rows = rows.annotate(cost=Subquery(_cost(currency))).filter(cost__gt=0)
        return Weighing(rows, F("cost"), "Cost", lambda cents: written(round(cents), currency), base, currency)
    return Weighing(rows, Value(1.0), "", lambda count: f"{count:,.2f}" if count < 1 else f"{count:,.1f}", base)


def main_currency(scope: Scope) -> str:
    """The currency most remedies of the cases asked about are in: sums in two of them cannot be added up."""
    most = (
        Fulfilment.objects.filter(case__in=scope.cases())
        .order_by()
        .values("currency")
        .annotate(n=Count("pk"))
        .order_by("-n", "currency")
        .first()
    )
    return most["currency"] if most else "EUR"


def _cost(currency: str) -> "QuerySet[Any]":
    """What making one issue right cost, in cents: a remedy for several is shared out evenly among them."""
    through: QuerySet[Any] = Fulfilment.issues.through.objects.order_by()
    among = through.filter(fulfilment=OuterRef("pk")).values("fulfilment").annotate(n=Count("pk")).values("n")
    amount = Where(When(amount_cents=0, then=F("remedy__cost_cents")), default=F("amount_cents"))
    paid = worked().filter(currency=currency, issues=OuterRef("pk")).order_by()
    shared = Cast(amount, FloatField()) / Subquery(among)
    sums: QuerySet[Any] = paid.values("issues").annotate(sum=Sum(shared, output_field=FloatField())).values("sum")
    return sums
