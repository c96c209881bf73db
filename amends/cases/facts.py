"""From records to facts: the one place where what rooms wrote becomes what the method sees.

The rooms above are read through their reverse relations, so that nothing here imports them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.message import Coverage, Message, Understanding
from amends.method.facts import Facts, IssueFacts
from amends.method.steps import Step

ALIVE = Q(message__outbox__cancelled_at=None, message__outbox__failed_at=None)


def facts_of(
    case: Case, now: datetime, issues: list[Issue] | None = None, messages: Iterable[Message] | None = None
) -> Facts:
    """The facts of a case at this moment; a page may bring the issues and messages it has loaded already."""
    rows = list(with_story(case.open_issues())) if issues is None else issues
    said = _turns(case) if messages is None else messages
    row = _case_row(case.pk)
    return Facts(
        customer=case.customer.first_name,
        now=now,
        opened_at=case.opened_at,
        issues=tuple(_issue_facts(issue, now) for issue in rows),
        understood_at=row["understood_at"],
        corrected_at=row["corrected_at"],
        unanswered_since=unanswered_since(said),
        snoozed_until=row["snooze__until"] if (row["snooze__until"] or now) > now else None,
        closed_at=row["closure__at"],
        follow_up_due_at=row["follow_up_due_at"],
        followed_up_at=row["followed_up_at"],
    )


def with_story(issues: "QuerySet[Issue]") -> "QuerySet[Issue]":
    """The issues with all that decides their steps, in a fixed number of queries."""
    offers = Issue._meta.get_field("offers").related_model
    fulfilments = Issue._meta.get_field("fulfilments").related_model
    spoken = Coverage.objects.filter(ALIVE).select_related("message")
    return issues.select_related("hearing", "refusal__message__outbox", "attribution__cause").prefetch_related(
        Prefetch("coverage", queryset=spoken, to_attr="spoken"),
        Prefetch(
            "offers",
            queryset=offers._default_manager.select_related("acceptance", "decline", "withdrawal").order_by("pk"),
            to_attr="story_offers",
        ),
        Prefetch("fulfilments", queryset=fulfilments._default_manager.order_by("pk"), to_attr="story_fulfilments"),
        "attribution__cause__changes",
    )


def _case_row(case_id: int) -> dict[str, Any]:
    """What the case itself and its messages say."""
    rows = Case.objects.filter(pk=case_id).values("closure__at", "snooze__until")
    row = rows.annotate(
        follow_up_due_at=Max("follow_ups__due_at", filter=Q(follow_ups__done_at=None)),
        followed_up_at=Max("follow_ups__done_at"),
        understood_at=Max("understandings__at", filter=Q(understandings__agreed=True)),
        corrected_at=Max("understandings__at", filter=Q(understandings__agreed=False)),
    ).get()
    return dict(row)


def _turns(case: Case) -> Iterable[Message]:
    """Who spoke when in a case, without the words."""
    turns = case.messages.select_related("outbox", "answered")
    return turns.only("at", "outgoing", "automatic", "case_id", "outbox__cancelled_at", "outbox__failed_at", "answered")


def unanswered_since(messages: Iterable[Message]) -> datetime | None:
    """When the oldest message of the customer arrived that nobody answered, or None."""
    since: datetime | None = None
    for one in messages:
        if one.automatic:
            continue
        if one.outgoing:
            since = None if one.outbox.is_alive else since
        elif hasattr(one, "answered"):
            since = None
        else:
            since = since or one.at
    return since


def _issue_facts(issue: Any, now: datetime) -> IssueFacts:
    said = _latest_by_step(issue.spoken)
    offer = next((one for one in reversed(issue.story_offers) if one.withdrawn_at is None), None)
    hearing = getattr(issue, "hearing", None)
    refusal = issue.refusal if hasattr(issue, "refusal") and issue.refusal.message.outbox.is_alive else None
    cause = issue.attribution.cause if hasattr(issue, "attribution") else None
    return IssueFacts(
        id=issue.pk,
        summary=issue.summary,
        heard_at=hearing.at if hearing else None,
        apologised_at=said.get(Step.APOLOGISE),
        reflected_at=said.get(Step.REFLECT),
        acknowledged_at=said.get(Step.ACKNOWLEDGE),
        offered_at=offer.made_at if offer and offer.stands(now) else None,
        agreed_at=offer.accepted_at if offer else None,
        declined_at=offer.declined_at if offer else None,
        delivered_at=issue.story_fulfilments[-1].at if issue.story_fulfilments else None,
        refused_at=refusal.at if refusal else None,
        cause=cause.name if cause else "",
        change=cause.change_in_words() if cause else "",
        prevention_told_at=said.get(Step.PREVENT),
    )


def _latest_by_step(spoken: list[Coverage]) -> dict[Step, datetime]:
    said: dict[Step, datetime] = {}
    for one in spoken:
        step = Step(one.step)
        said[step] = max(said.get(step, one.message.at), one.message.at)
    return said


def understandings_of(case: Case) -> "QuerySet[Understanding]":
    """What the customer answered to what we said back, newest first."""
    return case.understandings.order_by("-at", "-pk")
