"""How much waits in each list, counted in one query and never further than anybody reads."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F, Max, Q, QuerySet

from amends.cases.case import Case
from amends.cases.standing import Standing
from amends.coaching.models import Comment, Look
from amends.measures.verdict import Outcome
from amends.prevention.models import Cause
from amends.team.models import User

MOST = 100
ANYBODY, ANY_TEAM = -7_777_777_777, -7_777_777_776


def waiting_counts(user: User) -> dict[str, int]:
    """How many cases each list of this person holds, and how many requests wait for them, up to `MOST`; one query."""
    names, sql, values = _composed(user.role)
    mine = {ANYBODY: user.pk, ANY_TEAM: user.team_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, [mine.get(value, value) if isinstance(value, int) else value for value in values])
        row = cursor.fetchone()
    return dict(zip(names, row or (), strict=True))


@cache
def _composed(role: str) -> tuple[tuple[str, ...], str, tuple[str | int, ...]]:
    """The query for anybody of a role, composed once; composing it costs more than asking it (decision 12)."""
    pieces: list[str] = []
    params: list[str | int] = []
    lists = _lists(User(pk=ANYBODY, team_id=ANY_TEAM, role=role))
    for name, rows in lists.items():
        sql, given = rows.order_by().values("pk")[:MOST].query.sql_with_params()
        pieces.append(f'(SELECT COUNT(*) FROM ({sql}) AS "{name}")')  # noqa: S608 - the ORM wrote it
        params.extend(given)
    return tuple(lists), "SELECT " + ", ".join(pieces), tuple(params)


def _lists(user: User) -> dict[str, QuerySet[Any]]:
    seen = Standing.objects.visible_to(user)
    return {
        "mine": seen.mine(user),
        "unassigned": seen.unassigned(),
        "needs-lead": seen.needs_lead(),
        "waiting": seen.waiting(),
        "follow-ups": seen.follow_ups(),
        "approvals": Case.objects.filter(
            approval_requests__to=user, approval_requests__decision=None, approval_requests__withdrawal=None
        ),
        "prevention": _opened_again(user),
        "looks": Look.objects.for_me(user),
        "comments": Comment.objects.to_answer(user),
    }


def _opened_again(user: User) -> QuerySet[Any]:
    """The causes this person looks after whose newest change came back or made it worse, with no other agreed since."""
    failed = Q(changes__regression__isnull=False) | Q(
        changes__verdicts__review=True, changes__verdicts__outcome=Outcome.WORSE.value
    )
    causes = Cause.objects.filter(owner=user).annotate(newest=Max("changes"), failed=Max("changes", filter=failed))
    return causes.filter(failed=F("newest"), newest__isnull=False)
