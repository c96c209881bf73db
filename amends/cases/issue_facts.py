"""From records to the facts of each issue: what was said, offered, agreed, delivered and decided about it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from amends.cases.case import Case
from amends.cases.decision import Fault
from amends.cases.questions import CHANGES, COVERAGE, FULFILMENTS, ISSUES, OFFERS
from amends.method.change import change_in_words
from amends.method.facts import IssueFacts
from amends.method.merging import Joined, together
from amends.method.steps import SPOKEN_STEPS, Step


class _Row(NamedTuple):
    """One issue as `ISSUES` answers it, with the newest decision on it."""

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
    fault: str | None
    outcome: str | None
    agreed: bool | None
    refused_at: datetime | None
    refusal_cancelled_at: datetime | None
    refusal_failed_at: datetime | None

    @property
    def told_no_at(self) -> datetime | None:
        """When a remedy was refused, in a letter that left or still may."""
        return None if self.refusal_cancelled_at or self.refusal_failed_at else self.refused_at

    @property
    def decision_stands(self) -> bool:
        """Whether it is decided and nobody disagreed; about conduct only once another agreed."""
        if self.fault is None or self.agreed is False:
            return False
        return self.fault != Fault.CONDUCT or self.agreed is True


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


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to the issues of a case, each table read once."""

    issues: tuple[_Row, ...]
    said: dict[tuple[int, Step], datetime]
    offered: dict[int, _Offered]
    delivered: dict[int, list[datetime]]
    changes: dict[int, str]


def story_of(case: Case) -> Story:
    """Everything on record about the issues of a case."""
    issues = issue_rows(case)
    changes = _changes(case) if any(one.cause for one in issues) else {}
    return Story(issues, said_steps(case), _offered(case), _delivered(case), changes)


def issue_rows(case: Case) -> tuple[_Row, ...]:
    """The issues of a case, each once; the newest decision on each comes last and counts."""
    return tuple({row.pk: row for row in (_Row(*columns) for columns in ISSUES.rows(case.pk))}.values())


def issues_facts(story: Story, now: datetime) -> tuple[IssueFacts, ...]:
    """The facts of the issues that count: neither taken off the case nor merged, each with what went into it."""
    counting = (one for one in story.issues if one.withdrawn_at is None and one.into is None)
    return tuple(_whole_facts(one, story, now) for one in counting)


def _changes(case: Case) -> dict[int, str]:
    """The latest change against the cause of each issue, in words; one that was made counts as later than all plans."""
    latest: dict[int, tuple[str, date, datetime | None]] = {}
    for issue, what, due, made_at in CHANGES.rows(case.pk):
        if made_at is not None or issue not in latest or latest[issue][2] is None:
            latest[issue] = (what, due, made_at)
    return {issue: change_in_words(*change) for issue, change in latest.items()}


def _whole_facts(issue: _Row, story: Story, now: datetime) -> IssueFacts:
    """The facts of an issue with all that went into it."""
    merged = (one for one in story.issues if one.into == issue.pk)
    joined = tuple(_joined(one, one.merged_at, story, now) for one in merged if one.merged_at)
    return together(_issue_facts(issue, story, now), joined)


def _joined(one: _Row, at: datetime, story: Story, now: datetime) -> Joined:
    return Joined(
        facts=_whole_facts(one, story, now),
        at=at,
        parted_at=one.split_at if one.split_of == one.into else None,
        confirmed=one.source != "reading" or one.heard_at is not None,
    )


def _issue_facts(issue: _Row, story: Story, now: datetime) -> IssueFacts:
    """What counts for one issue: only what came after it last began again; deliveries before that were attempts."""
    since = issue.began_again_at
    said = {step: _after(story.said.get((issue.pk, step)), since) for step in SPOKEN_STEPS}
    offer = story.offered.get(issue.pk)
    offer = offer if offer and _after(offer.made_at, since) else None
    deliveries = story.delivered.get(issue.pk, [])
    return IssueFacts(
        id=issue.pk,
        summary=issue.summary,
        heard_at=issue.heard_at,
        apologised_at=said[Step.APOLOGISE],
        reflected_at=said[Step.REFLECT],
        acknowledged_at=said[Step.ACKNOWLEDGE],
        offered_at=offer.made_at if offer and offer.stands(now) else None,
        agreed_at=offer.accepted_at if offer else None,
        declined_at=offer.declined_at if offer else None,
        delivered_at=_after(max(deliveries, default=None), since),
        refused_at=_after(issue.told_no_at, since),
        cause=issue.cause or "",
        change=story.changes.get(issue.pk, ""),
        prevention_told_at=said[Step.PREVENT],
        fault=issue.fault or "",
        outcome=issue.outcome or "",
        decision_stands=issue.decision_stands,
        reopened_at=since,
        attempts=sum(since is not None and at <= since for at in deliveries),
        recurred=issue.recurrence is not None,
    )


def _after(at: datetime | None, since: datetime | None) -> datetime | None:
    """The moment, unless it lies before the issue began again."""
    return at if at is not None and (since is None or at > since) else None
