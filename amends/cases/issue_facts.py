"""From records to the facts of each issue: what was said, offered, agreed, delivered and decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from amends.cases.case import Case
from amends.cases.decision import Fault
from amends.cases.questions import CHANGES, COVERAGE, FULFILMENTS, ISSUES, JUDGED, OFFERS
from amends.method.change import change_in_words
from amends.method.facts import IssueFacts
from amends.method.merging import Joined, together
from amends.method.steps import SPOKEN_STEPS, Step


class _Row(NamedTuple):
    """One issue as `ISSUES` answers it."""

    pk: int
    summary: str
    source: str
    heard_at: datetime | None
    cause: str | None
    began_again_at: datetime | None
    withdrawn_at: datetime | None
    into: int | None
    merged_at: datetime | None
    split_of: int | None
    split_at: datetime | None
    recurrence: int | None


def said_steps(case: Case) -> dict[tuple[int, Step], datetime]:
    """When letters of ours that left, or still may, last covered each step of each issue."""
    return {(issue, Step(step)): at for issue, step, at in COVERAGE.rows(case.pk)}


@dataclass(frozen=True, slots=True)
class _Offered:
    """The newest offer for one issue that was not withdrawn."""

    made_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    declined_at: datetime | None

    def stands(self, now: datetime) -> bool:
        return self.accepted_at is not None or (self.declined_at is None and now < self.expires_at)


def _offered(case: Case) -> dict[int, _Offered]:
    return {issue: _Offered(*columns) for issue, *columns in OFFERS.rows(case.pk)}


def _delivered(case: Case) -> dict[int, list[datetime]]:
    """When remedies were delivered for each issue, oldest first; one that failed since does not count."""
    made: dict[int, list[datetime]] = {}
    for issue, at in FULFILMENTS.rows(case.pk):
        made.setdefault(issue, []).append(at)
    return made


def _judged(rows: list[tuple[Any, ...]]) -> dict[int, tuple[str, str, bool]]:
    """The newest decision on each issue: fault, outcome, and whether it stands (conduct only once another agreed)."""
    return {
        issue: (fault, outcome, agreed is not False and (fault != Fault.CONDUCT or agreed is True))
        for issue, fault, outcome, agreed, *_ in rows
        if fault is not None
    }


def _refused(rows: list[tuple[Any, ...]]) -> dict[int, datetime]:
    """When a remedy was refused for each issue, in a letter that left or still may."""
    return {issue: at for issue, *_, at, cancelled_at, failed_at in rows if at and not (cancelled_at or failed_at)}


@dataclass(frozen=True, slots=True)
class _Story:
    """What happened to the issues of a case, each table read once."""

    said: dict[tuple[int, Step], datetime]
    offered: dict[int, _Offered]
    delivered: dict[int, list[datetime]]
    refused: dict[int, datetime]
    decided: dict[int, tuple[str, str, bool]]
    changes: dict[int, str]
    merged: dict[int, list[_Row]]
    now: datetime


def issues_facts(case: Case, now: datetime) -> tuple[IssueFacts, ...]:
    """The facts of the issues that count: neither taken off the case nor merged, each with what went into it."""
    judged = JUDGED.rows(case.pk)
    rows = [_Row(*columns) for columns in ISSUES.rows(case.pk)]
    changes = _changes(case) if any(one.cause for one in rows) else {}
    story = _Story(
        said_steps(case),
        _offered(case),
        _delivered(case),
        _refused(judged),
        _judged(judged),
        changes,
        _merged(rows),
        now,
    )
    return tuple(_whole_facts(one, story) for one in rows if one.withdrawn_at is None and one.into is None)


def _changes(case: Case) -> dict[int, str]:
    """The latest change against the cause of each issue, in words; one that was made counts as later than all plans."""
    latest: dict[int, tuple[str, date, datetime | None]] = {}
    for issue, what, due, made_at in CHANGES.rows(case.pk):
        if made_at is not None or issue not in latest or latest[issue][2] is None:
            latest[issue] = (what, due, made_at)
    return {issue: change_in_words(*change) for issue, change in latest.items()}


def _merged(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    """The issues that went into another one, by the number of that one."""
    made: dict[int, list[_Row]] = {}
    for one in rows:
        if one.into is not None:
            made.setdefault(one.into, []).append(one)
    return made


def _whole_facts(issue: _Row, story: _Story) -> IssueFacts:
    """The facts of an issue with all that went into it."""
    joined = tuple(_joined(one, one.merged_at, story) for one in story.merged.get(issue.pk, []) if one.merged_at)
    return together(_issue_facts(issue, story), joined)


def _joined(one: _Row, at: datetime, story: _Story) -> Joined:
    return Joined(
        facts=_whole_facts(one, story),
        at=at,
        parted_at=one.split_at if one.split_of == one.into else None,
        confirmed=one.source != "reading" or one.heard_at is not None,
    )


def _issue_facts(issue: _Row, story: _Story) -> IssueFacts:
    """What counts for one issue: only what came after it last began again; deliveries before that were attempts."""
    since = issue.began_again_at
    said = {step: _after(story.said.get((issue.pk, step)), since) for step in SPOKEN_STEPS}
    offer = story.offered.get(issue.pk)
    offer = offer if offer and _after(offer.made_at, since) else None
    deliveries = story.delivered.get(issue.pk, [])
    fault, outcome, stands = story.decided.get(issue.pk, ("", "", False))
    return IssueFacts(
        id=issue.pk,
        summary=issue.summary,
        heard_at=issue.heard_at,
        apologised_at=said[Step.APOLOGISE],
        reflected_at=said[Step.REFLECT],
        acknowledged_at=said[Step.ACKNOWLEDGE],
        offered_at=offer.made_at if offer and offer.stands(story.now) else None,
        agreed_at=offer.accepted_at if offer else None,
        declined_at=offer.declined_at if offer else None,
        delivered_at=_after(max(deliveries, default=None), since),
        refused_at=_after(story.refused.get(issue.pk), since),
        cause=issue.cause or "",
        change=story.changes.get(issue.pk, ""),
        prevention_told_at=said[Step.PREVENT],
        fault=fault,
        outcome=outcome,
        decision_stands=stands,
        reopened_at=since,
        attempts=sum(since is not None and at <= since for at in deliveries),
        recurred=issue.recurrence is not None,
    )


def _after(at: datetime | None, since: datetime | None) -> datetime | None:
    """The moment, unless it lies before the issue began again."""
    return at if at is not None and (since is None or at > since) else None
