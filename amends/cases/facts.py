"""From records to facts: the one place where what rooms wrote becomes what the method sees.

The rooms above are read through their reverse relations, so that nothing here imports them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.issue_facts import Story, issue_rows, issues_facts, story_of
from amends.cases.message import Understanding
from amends.cases.questions import CASE, CASE_COLUMNS, PROMISES
from amends.cases.reopening import IssueReopening
from amends.cases.turns import Turn, hearing_out, turns_of
from amends.language.answer import read_answer
from amends.method.facts import Facts
from amends.method.steps import Step
from amends.team.policy import current


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables hold of a case, each read once: the facts of a moment are worked out from it."""

    row: dict[str, Any]
    turns: list[Turn]
    story: Story
    promise: dict[str, Any] | None
    seems: str

    @property
    def rests(self) -> bool:
        """Whether the case is put aside, or was and nobody has woken it."""
        return self.row["snooze__until"] is not None

    def with_letter(self, said: Iterable[tuple[int, Step]], now: datetime) -> "Known":
        """The same once a letter of a person says these steps for these issues now, and the case rests no more."""
        letter = Turn(now, ours=True, answered=None, known_sender=True, peer=None)
        return replace(
            self,
            row={**self.row, "snooze__until": None},
            turns=sorted([*self.turns, letter], key=lambda one: one.at),
            story=replace(self.story, said={**self.story.said, **dict.fromkeys(said, now)}),
        )

    def with_issues_of(self, case: Case) -> "Known":
        """The same with its issues read anew: somebody heard, named, added some or took some off, and did no more."""
        return replace(self, story=replace(self.story, issues=issue_rows(case)))

    def closed(self, now: datetime) -> "Known":
        """The same once the case is closed now."""
        return replace(self, row={**self.row, "closure__at": now})


def known_of(case: Case, now: datetime) -> Known:
    """What the tables hold of a case now."""
    row = dict(zip(CASE_COLUMNS, CASE.rows(case.pk)[0], strict=True))
    seems = _seems(case, now) if row["offered"] else ""
    return Known(row, turns_of(case), story_of(case), open_promise(case), seems)


def facts_of(case: Case, now: datetime, known: Known | None = None) -> Facts:
    """The facts of a case at this moment, from what is `known` of it already or else from the tables."""
    known = known or known_of(case, now)
    row, turns, promise = known.row, known.turns, known.promise
    heard = hearing_out(turns)
    asking = _asking(row, turns)
    return Facts(
        customer=case.customer.first_name,
        now=now,
        opened_at=case.opened_at,
        issues=issues_facts(known.story, now),
        understood_at=row["understood_at"],
        corrected_at=row["corrected_at"],
        unanswered_since=_unanswered_since(case, turns, row["corrected_at"]),
        account=heard.account if heard else None,
        quiet_at=heard.quiet_at if heard else None,
        snoozed_until=row["snooze__until"] if (row["snooze__until"] or now) > now else None,
        closed_at=row["closure__at"],
        escalated_at=row["escalation__at"],
        follow_up_due_at=asking.due_at,
        followed_up_at=row["followed_up_at"],
        asked_again_at=asking.asked_at,
        silent_at=row["silent_at"],
        seems=known.seems,
        promise_words=promise["words"] if promise else "",
        promise_due_at=promise["due_at"] if promise else None,
        promise_warn_at=promise["due_at"] - timedelta(hours=current().promise_warn_hours) if promise else None,
        approver=row["approver"] or "",
        low_score_due_at=row["low_score_due_at"],
        erased_at=row["customer__erasure__at"],
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


@dataclass(frozen=True, slots=True)
class _Asking:
    """The open follow-up: when somebody has to ask, or when our letter asked and waits for an answer."""

    due_at: datetime | None = None
    asked_at: datetime | None = None


def _asking(row: dict[str, Any], turns: Iterable[Turn]) -> _Asking:
    """A letter that came back, or that they answered in words, leaves the asking to a person."""
    asked = row["asked_at"]
    if asked is None or any(not one.ours and one.at >= asked for one in turns):
        return _Asking(due_at=row["follow_up_due_at"])
    return _Asking(asked_at=asked)


def _unanswered_since(case: Case, turns: Iterable[Turn], corrected_at: datetime | None) -> datetime | None:
    """When the oldest word of the customer came that nobody answered, or None: a message, or “not quite” (F5)."""
    since: datetime | None = None
    our_last: datetime | None = None
    for one in turns:
        since = None if one.ours or one.answered else since or one.at
        our_last = one.at if one.ours else our_last
    if corrected_at is None or (our_last is not None and our_last >= corrected_at):
        return since
    corrections = case.understandings.filter(agreed=False, at__gt=our_last or case.opened_at)
    first = corrections.order_by("at").values_list("at", flat=True).first()
    return min((at for at in (since, first) if at is not None), default=None)


def understandings_of(case: Case) -> "QuerySet[Understanding]":
    """What the customer answered to what we said back, newest first."""
    return case.understandings.order_by("-at", "-pk")
