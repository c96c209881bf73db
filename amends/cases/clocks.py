"""The clocks of a case: what we owe its customer next and when, by the team's hours and the policy in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from amends.cases.case import Case
from amends.cases.shape import Shape
from amends.method.deadlines import Pause, agreement_aim, first_reply_due, update_due
from amends.method.facts import Facts, IssueFacts
from amends.method.path import Path
from amends.method.policy import Policy
from amends.method.steps import Step
from amends.team import policy
from amends.team.calendar import read_calendar

WORDS = Q(
    messages__outgoing=True,
    messages__automatic="",
    messages__outbox__cancelled_at=None,
    messages__outbox__failed_at=None,
)
AIM, CALL = "agreement", "word with them"
_COLUMNS = ("severity", "team__calendar", "channel__kind", "snooze__at", "snooze__until", "last_word_at")
_ROW = Shape(
    lambda case: (
        Case.objects.filter(pk=case).annotate(last_word_at=Max("messages__at", filter=WORDS)).values_list(*_COLUMNS)
    )
)
_OFFERS = Shape(
    lambda case: Case(pk=case).offers.values_list(
        "made_at", "expires_at", "acceptance__at", "decline__at", "withdrawal__at"
    )
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing we owe the customer, in a word ("answer", "update", "promise", "follow-up"), and its time.

    An "agreement" is an aim of ours and no promise: the time by which it should be settled what puts it right. So is
    the "word with them" after an answer that says they were not content.
    """

    what: str
    due_at: datetime


def next_owed(case: Case, facts: Facts, path: Path) -> Owed | None:
    """What is owed first; nothing while the customer has the word, or when all is done."""
    return min(owed(case, facts, path), key=lambda one: one.due_at, default=None)


def next_promised(case: Case, facts: Facts, path: Path) -> Owed | None:
    """What the customer can rely on first: `next_owed` without our own aims."""
    kept = (one for one in owed(case, facts, path) if one.what not in (AIM, CALL))
    return min(kept, key=lambda one: one.due_at, default=None)


def owed(case: Case, facts: Facts, path: Path) -> Iterator[Owed]:
    """Everything that has a time now. An update is owed only where no answer is, so that none is asked for twice.

    The severity is the one on record: looking for what came back may have raised it since the caller read the case.
    """
    if facts.promise_due_at is not None:
        yield Owed("promise", facts.promise_due_at)
    if facts.follow_up_due_at is not None and path.next and path.next.step is Step.FOLLOW_UP:
        yield Owed("follow-up", facts.follow_up_due_at)
    if facts.low_score_due_at is not None:
        yield Owed(CALL, facts.low_score_due_at)
    since = min((at for at in (facts.unanswered_since, *_declined(facts)) if at), default=None)
    if since is None and not _update_matters(facts):
        return
    row = _row(case)
    calendar, rules = read_calendar(row["team__calendar"]), policy.current()
    if since is not None:
        hours = reply_hours(rules, row["channel__kind"], row["severity"])
        yield from _timed("answer", first_reply_due(since, hours, calendar))
        return
    pauses = pauses_of(case, _rest(row), facts.now)
    spoke_at = row["last_word_at"] or case.opened_at
    yield from _timed("update", update_due(spoke_at, rules.update_days[row["severity"]], calendar, pauses))
    if any(one.offered_at is None and one.remedied_at is None for one in facts.issues):
        yield from _timed(AIM, agreement_aim(case.opened_at, rules.agree_days[row["severity"]], calendar, pauses))


def _timed(what: str, due: datetime | None) -> Iterator[Owed]:
    if due is not None:
        yield Owed(what, due)


def _rest(row: dict[str, Any]) -> tuple[datetime, datetime] | None:
    return (row["snooze__at"], row["snooze__until"]) if row["snooze__at"] else None


def _declined(facts: Facts) -> list[datetime | None]:
    """When options were declined that nothing new was offered for since: that is ours to answer (S1.15)."""
    open_issues = facts.issues if facts.closed_at is None else ()
    return [one.declined_at for one in open_issues if one.offered_at is None and one.remedied_at is None]


def reply_hours(rules: Policy, channel: str, severity: int) -> float:
    """The working hours a policy gives a first answer on a channel; channels it does not name share one row."""
    return rules.reply_hours.get(channel, rules.reply_hours[""])[severity]


def pauses_of(case: Case, snooze: tuple[datetime, datetime] | None, now: datetime) -> list[Pause]:
    """When our clocks stood still: while an offer lay with the customer, and while the case was put aside."""
    pauses = [_offer_pause(now, *row) for row in _OFFERS.rows(case.pk)]
    return [*pauses, Pause(*snooze)] if snooze else pauses


def _offer_pause(now: datetime, made_at: datetime, expires_at: datetime, *settled: datetime | None) -> Pause:
    ends = [at for at in (*settled, expires_at) if at is not None and at <= now]
    return Pause(made_at, min(ends, default=None))


def _update_matters(facts: Facts) -> bool:
    """Whether the customer waits to hear of something: an issue without remedy that they are not choosing for."""
    if facts.closed_at is not None:
        return False
    return any(_waits_for_us(issue) for issue in facts.issues)


def _waits_for_us(issue: IssueFacts) -> bool:
    is_choosing = issue.offered_at is not None and issue.agreed_at is None
    return issue.remedied_at is None and not is_choosing


def _row(case: Case) -> dict[str, Any]:
    return dict(zip(_COLUMNS, _ROW.rows(case.pk)[0], strict=True))
