"""Weeks of orders and of complaints with a cause, laid down at once for tests of what is found in them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.prevention.claim import Claim
from amends.prevention.exposure import import_exposure
from amends.prevention.models import Attribution, Cause, Change
from tests.conftest import mail

REVIEW = date(2027, 2, 15)


def claimed(change: Change, **changed) -> Claim:
    values = {
        "action": "corrective",
        "population": "parcels to homes",
        "exposure": "orders",
        "baseline_weeks": 12,
        "trigger_weeks": 4,
        "drop_percent": 50,
        "review_date": REVIEW,
    }
    return Claim(**{**values, **changed})


def orders(cast, weeks: int, count: int = 1000, until: date | None = None) -> None:
    """Figures of the last so many whole weeks before the clock's today."""
    today = until or cast.clock.now.date()
    last = today - timedelta(days=today.weekday() + 7)
    rows = "\n".join(f"orders,{last - timedelta(weeks=number)},{count}" for number in range(weeks))
    now = datetime.combine(today, time(), tzinfo=UTC)
    import_exposure(f"name,week,count\n{rows}", by=cast.ines, now=max(now, cast.clock.now))


def linked(cast, change: Change, counts: Sequence[int], first: date, cause: Cause | None = None) -> None:
    """So many issues of the cause in each week from this Monday on, all in one case."""
    case = Case.objects.first() or cast.case(mail())
    issues = [
        Issue(
            case=case,
            raised_at=datetime.combine(first + timedelta(weeks=week, days=2), time(10), tzinfo=UTC),
            summary="It came late",
            source="agent",
        )
        for week, count in enumerate(counts)
        for _ in range(count)
    ]
    made = Issue.objects.bulk_create(issues)
    Attribution.objects.bulk_create(
        [Attribution(issue=one, cause=cause or change.cause, by=cast.ines, at=one.raised_at) for one in made]
    )
