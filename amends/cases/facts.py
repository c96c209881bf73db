"""From records to facts: the one place where what rooms wrote becomes what the method sees.

The rooms above are read through their reverse relations, so that nothing here imports them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from amends.cases.case import Case
from amends.cases.decision import Fault
from amends.cases.issue import Issue
from amends.cases.message import Understanding
from amends.cases.questions import CASE, CASE_COLUMNS, COVERAGE, FULFILMENTS, JUDGED, OFFERS, PROMISES, TURNS
from amends.cases.reopening import IssueReopening
from amends.language.answer import read_answer
from amends.method.facts import Facts, IssueFacts
from amends.method.merging import Joined, together
from amends.method.steps import SPOKEN_STEPS, Step
from amends.team.policy import current

Turn = tuple[datetime, bool, int | None]


def facts_of(case: Case, now: datetime, issues: list[Issue] | None = None) -> Facts:
    """The facts of a case at this moment; a page or a verb may bring the issues it has loaded already."""
    rows = list(with_story(case.open_issues())) if issues is None else issues
    row = dict(zip(CASE_COLUMNS, CASE.rows(case.pk)[0], strict=True))
    turns: list[Turn] = TURNS.rows(case.pk)
    promise = open_promise(case)
    asking = _asking(row, turns)
    return Facts(
        customer=case.customer.first_name,
        now=now,
        opened_at=case.opened_at,
        issues=_issues_facts(case, rows, _merged(case) if row["merged"] else {}, now),
        understood_at=row["understood_at"],
        corrected_at=row["corrected_at"],
        unanswered_since=_unanswered_since(turns),
        snoozed_until=row["snooze__until"] if (row["snooze__until"] or now) > now else None,
        closed_at=row["closure__at"],
        follow_up_due_at=asking.due_at,
        followed_up_at=row["followed_up_at"],
        asked_again_at=asking.asked_at,
        silent_at=row["silent_at"],
        seems=_seems(case, now) if row["offered"] else "",
        promise_words=promise["words"] if promise else "",
        promise_due_at=promise["due_at"] if promise else None,
        promise_warn_at=promise["due_at"] - timedelta(hours=current().promise_warn_hours) if promise else None,
        approver=row["approver"] or "",
    )


def open_promise(case: Case) -> dict[str, Any] | None:
    """What we promised next and have neither kept nor broken: `words` and `due_at`, or None."""
    rows = PROMISES.rows(case.pk)
    return {"words": rows[0][0], "due_at": rows[0][1]} if rows else None


def _seems(case: Case, now: datetime) -> str:
    """What the customer's newest mail seems to answer to the offer that is open: a hint for the queue, no more."""
    undecided = case.offers.filter(acceptance=None, decline=None, withdrawal=None, expires_at__gt=now)
    offer = undecided.prefetch_related("options").last()
    mails = case.messages.filter(outgoing=False, automatic="", known_sender=True)
    newest = mails.filter(at__gte=offer.made_at).order_by("at", "pk").last() if offer else None
    if offer is None or newest is None:
        return ""
    titles = [option.title for option in offer.options.all()]
    answer = read_answer(newest.text, titles)
    chosen = f"“{titles[answer.option]}”" if answer.option is not None else "what we offered"
    return {"yes": f"seems to choose {chosen}", "no": "seems to decline", "both": "agrees with a “but”"}.get(
        answer.kind, ""
    )


def with_story(issues: "QuerySet[Issue]") -> "QuerySet[Issue]":
    """The issues with who heard them, their cause and its changes, and when they began again."""
    again = IssueReopening.objects.filter(issue=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows = issues.select_related("hearing", "attribution__cause", "recurrence__earlier")
    return rows.prefetch_related("attribution__cause__changes").annotate(began_again_at=Subquery(again))


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


@dataclass(frozen=True, slots=True)
class _Asking:
    """The open follow-up: when somebody has to ask, or when our letter asked and waits for an answer."""

    due_at: datetime | None = None
    asked_at: datetime | None = None


def _asking(row: dict[str, Any], turns: Iterable[Turn]) -> _Asking:
    """A letter that came back, or that they answered in words, leaves the asking to a person."""
    asked = row["asked_at"]
    if asked is None or any(not ours and at >= asked for at, ours, _ in turns):
        return _Asking(due_at=row["follow_up_due_at"])
    return _Asking(asked_at=asked)


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


def _unanswered_since(turns: Iterable[Turn]) -> datetime | None:
    """When the oldest message of the customer arrived that nobody answered, or None."""
    since: datetime | None = None
    for at, ours, answered in turns:
        since = None if ours or answered else since or at
    return since


@dataclass(frozen=True, slots=True)
class _Story:
    """What happened to the issues of a case, each table read once."""

    said: dict[tuple[int, Step], datetime]
    offered: dict[int, _Offered]
    delivered: dict[int, list[datetime]]
    refused: dict[int, datetime]
    decided: dict[int, tuple[str, str, bool]]
    now: datetime


def _issues_facts(
    case: Case, rows: Iterable[Issue], merged: dict[int, list[Issue]], now: datetime
) -> tuple[IssueFacts, ...]:
    judged = JUDGED.rows(case.pk)
    story = _Story(said_steps(case), _offered(case), _delivered(case), _refused(judged), _judged(judged), now)
    return tuple(_whole_facts(one, story, merged) for one in rows)


def _merged(case: Case) -> dict[int, list[Issue]]:
    """The issues that went into another one, by the number of that one."""
    made: dict[int, list[Issue]] = {}
    for one in with_story(case.issues.exclude(merger=None)).select_related("merger", "split"):
        made.setdefault(one.merger.into_id, []).append(one)
    return made


def _whole_facts(issue: Issue, story: _Story, merged: dict[int, list[Issue]]) -> IssueFacts:
    """The facts of an issue with all that went into it."""
    joined = tuple(_joined(one, issue, story, merged) for one in merged.get(issue.pk, []))
    return together(_issue_facts(issue, story), joined)


def _joined(one: Issue, into: Issue, story: _Story, merged: dict[int, list[Issue]]) -> Joined:
    returns = hasattr(one, "split") and one.split.of_id == into.pk
    return Joined(
        facts=_whole_facts(one, story, merged),
        at=one.merger.at,
        parted_at=one.split.at if returns else None,
        confirmed=one.source != "reading" or hasattr(one, "hearing"),
    )


def _issue_facts(issue: Issue, story: _Story) -> IssueFacts:
    """What counts for one issue: only what came after it last began again; deliveries before that were attempts."""
    since: datetime | None = vars(issue)["began_again_at"]  # with_story brings it; without it, fail
    said = {step: _after(story.said.get((issue.pk, step)), since) for step in SPOKEN_STEPS}
    offer = story.offered.get(issue.pk)
    offer = offer if offer and _after(offer.made_at, since) else None
    deliveries = story.delivered.get(issue.pk, [])
    fault, outcome, stands = story.decided.get(issue.pk, ("", "", False))
    cause = issue.attribution.cause if hasattr(issue, "attribution") else None
    return IssueFacts(
        id=issue.pk,
        summary=issue.summary,
        heard_at=issue.hearing.at if hasattr(issue, "hearing") else None,
        apologised_at=said[Step.APOLOGISE],
        reflected_at=said[Step.REFLECT],
        acknowledged_at=said[Step.ACKNOWLEDGE],
        offered_at=offer.made_at if offer and offer.stands(story.now) else None,
        agreed_at=offer.accepted_at if offer else None,
        declined_at=offer.declined_at if offer else None,
        delivered_at=_after(max(deliveries, default=None), since),
        refused_at=_after(story.refused.get(issue.pk), since),
        cause=cause.name if cause else "",
        change=cause.change_in_words() if cause else "",
        prevention_told_at=said[Step.PREVENT],
        fault=fault,
        outcome=outcome,
        decision_stands=stands,
        reopened_at=since,
        attempts=sum(since is not None and at <= since for at in deliveries),
    )


def _after(at: datetime | None, since: datetime | None) -> datetime | None:
    """The moment, unless it lies before the issue began again."""
    return at if at is not None and (since is None or at > since) else None


def understandings_of(case: Case) -> "QuerySet[Understanding]":
    """What the customer answered to what we said back, newest first."""
    return case.understandings.order_by("-at", "-pk")
