"""What happened first in a case, for queries that ask it of many."""

from typing import Any

from django.db.models import Min, OuterRef, QuerySet

from amends.cases.outbox import OutboxEntry


def letters() -> "QuerySet[OutboxEntry]":
    """The letters of people that left and arrived, as far as we know."""
    return OutboxEntry.objects.filter(
        message__outgoing=True, message__automatic="", cancelled_at=None, failed_at=None, sent_at__isnull=False
    )


def first(rows: "QuerySet[Any]", case: str, at: str) -> "QuerySet[Any]":
    """The earliest time in column `at` among the rows of the case at hand, as a subquery."""
    mine = rows.order_by().filter(**{case: OuterRef("pk")}).values(case)
    firsts: QuerySet[Any] = mine.annotate(first=Min(at)).values("first")
    return firsts
