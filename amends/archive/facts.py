"""The facts of the cases closed in one month, as rows of the archive's tables; queries only."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case as Where
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, Subquery, Value, When

from amends.archive.months import Month
from amends.archive.tables import STILL_RIGHT
from amends.cases.case import Case
from amends.cases.decision import Decision
from amends.cases.issue import Issue
from amends.cases.questions import ALIVE
from amends.insights.firsts import first, letters
from amends.insights.promises import became
from amends.method.survey import Kind
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment, worked
from amends.recovery.offer import Offer
from amends.recovery.promise import Promise
from amends.recovery.survey import SurveyAnswer, SurveyAsked

Row = tuple[Any, ...]
_MINUTE = timedelta(minutes=1)
_AT_ONCE = 2_000


def rows_of(table: str, month: Month, now: datetime) -> Iterator[Row]:
    """The rows of one table for the cases closed in a month, each in the order of the table's columns."""
    return _FACTS[table](month, now)


def _closed(month: Month, case: str) -> Q:
    """That the case in this column was closed in the month, and still is."""
    return Q(**{f"{case}closure__at__gte": month.begins, f"{case}closure__at__lt": month.ends})


def _minutes(since: datetime, until: datetime | None) -> int | None:
    """The whole minutes between two moments; what was done before a case was opened anew counts as at once."""
    return None if until is None else max(0, (until - since) // _MINUTE)


def _cases(month: Month, _now: datetime) -> Iterator[Row]:
    rows = Case.objects.filter(_closed(month, "")).annotate(
        answered=Subquery(first(letters(), "message__case", "sent_at")),
        offered=Subquery(first(Offer.objects.all(), "case", "made_at")),
        delivered=Subquery(first(Fulfilment.objects.all(), "case", "at")),
        again=Count("events", filter=Q(events__kind="case_reopened"), distinct=True),
        passed=Count("exemptions", distinct=True),
    )
    names = ("pk", "team_id", "channel__kind", "severity", "opened_at", "closure__at", "answered", "offered")
    found = rows.order_by("pk").values_list(*names, "delivered", "again", "passed")
    for pk, team, channel, severity, opened, closed, *waits, again, passed in found.iterator(_AT_ONCE):
        days = opened.astimezone(UTC).date(), closed.astimezone(UTC).date()
        until = [_minutes(opened, at) for at in (*waits, closed)]
        yield (month.name, pk, team, channel, severity, *days, *until, again, passed)


def _issues(month: Month, _now: datetime) -> Iterator[Row]:
    """The issues that stand and that a person or the customer said, as the insight pages count them."""
    newest = Decision.objects.filter(issue=OuterRef("pk")).order_by("-pk")
    rows = (
        Issue.objects.filter(_closed(month, "case__"), withdrawal=None, merger=None)
        .exclude(source="reading", hearing=None)
        .annotate(
            fault=Subquery(newest.values("fault")[:1]),
            outcome=Subquery(newest.values("outcome")[:1]),
            righted=Exists(worked().filter(issues=OuterRef("pk"))),
            again=Count("recurrences", distinct=True) + Count("reopenings", distinct=True),
        )
    )
    names = ("case_id", "case__team_id", "category", "kind", "source", "case__severity", "attribution__cause_id")
    found = rows.order_by("pk").values_list(*names, "fault", "outcome", "righted", "again")
    for *known, decided, outcome, righted, again in found.iterator(_AT_ONCE):
        yield (month.name, *known, decided or "", outcome or "", int(righted), int(again > 0))


def _remedies(month: Month, _now: datetime) -> Iterator[Row]:
    """What was delivered and arrived; one without a sum costs what the catalogue says it costs."""
    free = Q(amount_cents=0)
    rows = (
        worked()
        .filter(_closed(month, "case__"))
        .annotate(
            cents=Where(When(free, then=F("remedy__cost_cents")), default=F("amount_cents")),
            unit=Where(When(free, then=F("remedy__currency")), default=F("currency"), output_field=CharField()),
            back=Where(When(ineffective=None, then=Value(0)), default=Value(1)),
        )
    )
    names = ("case_id", "case__team_id", "remedy__key", "remedy__kind", "entitlement", "case__opened_at", "at")
    found = rows.order_by("pk").values_list(*names, "cents", "unit", "back")
    for case, team, key, kind, owed, opened, at, *rest in found.iterator(_AT_ONCE):
        yield (month.name, case, team, key, kind, int(owed), _minutes(opened, at), *rest)


def _promises(month: Month, now: datetime) -> Iterator[Row]:
    rows = Promise.objects.filter(ALIVE, _closed(month, "case__")).annotate(fate=became(now)).order_by("pk")
    for case, team, fate, due in rows.values_list("case_id", "case__team_id", "fate", "due_at").iterator(_AT_ONCE):
        yield (month.name, case, team, fate, due.astimezone(UTC).date())


def _answers(month: Month, _now: datetime) -> Iterator[Row]:
    """Everybody who was asked, a row a question, with no value where they are silent; never in words."""
    yield from _surveys(month)
    rows = FollowUp.objects.filter(_closed(month, "case__"), Q(letter__isnull=False) | Q(done_at__isnull=False))
    for case, team, right in rows.order_by("pk").values_list("case_id", "case__team_id", "still_right"):
        yield (month.name, case, team, STILL_RIGHT, "follow_up", None if right is None else int(right))


def _surveys(month: Month) -> Iterator[Row]:
    asked = SurveyAsked.objects.filter(
        _closed(month, "case__"), letter__outbox__sent_at__isnull=False, letter__outbox__failed_at=None
    )
    answers = SurveyAnswer.objects.filter(asked__in=asked).exclude(value=None).order_by()
    lowest = {(one, kind): value for one, kind, value in answers.values_list("asked", "kind").annotate(Min("value"))}
    for pk, case, team, why, kinds in asked.order_by("pk").values_list(
        "pk", "case_id", "case__team_id", "why", "kinds"
    ):
        for kind in kinds:
            if kind != Kind.WORDS.value:
                yield (month.name, case, team, kind, why, lowest.get((pk, kind)))


_FACTS: Mapping[str, Callable[[Month, datetime], Iterator[Row]]] = {
    "cases": _cases,
    "issues": _issues,
    "remedies": _remedies,
    "promises": _promises,
    "answers": _answers,
}
