"""How much waits in each list, counted in one query and never further than anybody reads."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.standing import Standing
from amends.team.models import User

MOST = 100


def waiting_counts(user: User) -> dict[str, int]:
    """How many cases each list of this person holds, and how many requests wait for them, up to `MOST`; one query."""
    seen = Standing.objects.visible_to(user)
    lists: dict[str, QuerySet[Any]] = {
        "mine": seen.mine(user),
        "unassigned": seen.unassigned(),
        "needs-lead": seen.needs_lead(),
        "waiting": seen.waiting(),
        "follow-ups": seen.follow_ups(),
        "approvals": Case.objects.filter(
            approval_requests__to=user, approval_requests__decision=None, approval_requests__withdrawal=None
        ),
    }
    pieces: list[str] = []
    params: list[str | int] = []
    for name, rows in lists.items():
        sql, given = rows.order_by().values("pk")[:MOST].query.sql_with_params()
        pieces.append(f'(SELECT COUNT(*) FROM ({sql}) AS "{name}")')  # noqa: S608 - the ORM wrote it
        params.extend(given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(pieces), params)
        row = cursor.fetchone()
    return dict(zip(lists, row or (), strict=True))
