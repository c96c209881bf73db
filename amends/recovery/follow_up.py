"""Asking again: when, whether we asked, and what the customer said, or that they said nothing."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.cases.begin_again import begin_again, bring_back
from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.reopening import Why
from amends.cases.standing import stand
from amends.recovery.fulfilment import standing
from amends.recovery.recurrence import did_not_hold
from amends.team.models import User
from amends.team.policy import current

APART = timedelta(days=7)  # between an answer, or none, and asking again ([J]: no source)


class Answer(StrEnum):
    """What a customer says when asked again."""

    RIGHT = "right"
    LEFT = "left"
    NO = "no"


class FollowUp(models.Model):
    """When to ask whether it is still right, the letter that asked, and the answer (`by` is empty: on their page)."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="follow_ups")
    round = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    letter = models.OneToOneField("amends.Message", null=True, on_delete=models.PROTECT, related_name="follow_up")
    silent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    still_right = models.BooleanField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at=None, still_right=None) | Q(done_at__isnull=False, still_right__isnull=False),
                name="follow_up_has_answer",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="follow_up_due", condition=Q(done_at=None))]


def plan(case: Case, now: datetime) -> None:
    """Plan asking about the latest delivery: the first round of the policy for this severity, counted from it."""
    FollowUp.objects.filter(case=case, done_at=None, silent_at=None, letter=None).delete()
    FollowUp.objects.filter(case=case, done_at=None, silent_at=None).update(silent_at=now)
    _plan_round(case, 1, now)


def plan_next(asked: FollowUp, now: datetime) -> None:
    """After one round, plan the next one of the policy; nothing when that was the last."""
    _plan_round(asked.case, asked.round + 1, now)


def _plan_round(case: Case, number: int, now: datetime) -> None:
    days = current().follow_up_days[case.severity]
    delivered = standing(case).order_by("-at").values_list("at", flat=True).first()
    if number > len(days) or delivered is None:
        return
    earliest = now + APART if number > 1 else now
    due = max(delivered + timedelta(days=days[number - 1]), earliest)
    FollowUp.objects.create(case=case, round=number, due_at=due, planned_at=now)
    record("follow_up_planned", case.pk, SYSTEM, now, due=due.date().isoformat())


def follow_up(
    case: Case, *, still_right: bool, words: str, by: User, now: datetime, issues: frozenset[int] = frozenset()
) -> None:
    """Write down what the customer told us when asked; “no” lets the issues begin again (S0.23, S2.12).

    `issues` are those that are not right, none for all that were put right. Raises Incomplete without the
    customer's words, NotPossible when nothing was to be asked.
    """
    if not words.strip():
        raise Incomplete("Write down what the customer said.", "words")
    with writing():
        asked = FollowUp.objects.filter(case=case, done_at=None).order_by("silent_at", "due_at").last()
        if asked is None:
            raise NotPossible("No follow-up is planned for this case.")
        _write_down(asked, Answer.RIGHT if still_right else Answer.NO, words, issues, by, now)


def answer_on_page(
    asked: FollowUp, answer: Answer, words: str, now: datetime, *, issues: frozenset[int] = frozenset()
) -> None:
    """What the customer says on their page when asked whether it is still right; late answers count as well.

    Raises Incomplete when something is not right and they have not said what, AlreadyDone when they answered before.
    """
    if answer is not Answer.RIGHT and not words.strip():
        raise Incomplete("Tell us in a few words what is not right.", "words")
    with writing():
        asked = FollowUp.objects.select_related("case__customer").get(pk=asked.pk)
        if asked.done_at is not None:
            raise AlreadyDone("You answered this before. Thank you. If something has changed since, write to us.")
        put_right = issues_put_right(asked.case)
        if answer is not Answer.RIGHT and len(put_right) > 1 and not issues:
            raise Incomplete("Tick what is not right.", "issues")
        _write_down(asked, answer, words, issues, None, now)


def _write_down(
    asked: FollowUp, answer: Answer, words: str, issues: frozenset[int], by: User | None, now: datetime
) -> None:
    case = asked.case
    actor: User | str = by or f"customer:{case.customer_id}"
    asked.done_at, asked.by, asked.still_right, asked.words = now, by, answer is Answer.RIGHT, words.strip()
    asked.save(update_fields=["done_at", "by", "still_right", "words"])
    record("follow_up_done", case.pk, actor, now, still_right=asked.still_right, answer=answer.value)
    if asked.still_right:
        if not FollowUp.objects.filter(case=case, done_at=None, silent_at=None).exists():
            plan_next(asked, now)
    else:
        _not_right(asked, issues, by, now)
    stand(case, now)


def _not_right(asked: FollowUp, chosen: frozenset[int], by: User | None, now: datetime) -> None:
    """What was put right and is not begins again, with the customer's words; the remedy did not hold."""
    case = asked.case
    FollowUp.objects.filter(case=case, done_at=None, silent_at=None, letter=None).delete()
    put_right = issues_put_right(case)
    for issue in [one for one in put_right if not chosen or one.pk in chosen] or put_right:
        again = begin_again(issue, asked.words, why=Why.FOLLOW_UP, by=by, now=now)
        did_not_hold(issue, again, now)
    if not put_right:
        first = asked.words.splitlines()[0][:200]
        Issue.objects.create(case=case, raised_at=now, summary=first, words=asked.words, source="customer")
    bring_back(case, by or f"customer:{case.customer_id}", now)


def issues_put_right(case: Case) -> list[Issue]:
    """The issues of a case that are put right as far as we know: those somebody can ask about."""
    delivered = case.open_issues().filter(fulfilments__in=standing(case)).select_related("case")
    rows = delivered.annotate(put_right_at=models.Max("fulfilments__at"), again_at=models.Max("reopenings__at"))
    return list(rows.filter(Q(again_at=None) | Q(put_right_at__gt=models.F("again_at"))))
