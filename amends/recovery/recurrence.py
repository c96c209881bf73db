"""The same failure again: the earlier solution was the wrong one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.begin_again import raise_severity
from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.reopening import IssueReopening
from amends.cases.shape import Shape
from amends.cases.standing import stand
from amends.method.recurrence import Again, recurred
from amends.recovery.fulfilment import Fulfilment, worked
from amends.team.policy import current

SEVERE = 3


class Same(models.TextChoices):
    """What two issues of one customer have in common."""

    CAUSE = "cause", "the same cause"
    ABOUT = "about", "the same order or article"


class Recurrence(models.Model):
    """This issue is an earlier one of the same customer again, after its remedy was delivered."""

    issue = models.OneToOneField("amends.Issue", on_delete=models.PROTECT, related_name="recurrence")
    earlier = models.ForeignKey("amends.Issue", on_delete=models.PROTECT, related_name="recurrences")
    why = models.CharField(max_length=8, choices=Same.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(issue=models.F("earlier")), name="recurrence_of_another")
        ]


class Ineffective(models.Model):
    """A delivered remedy did not hold: the same came back."""

    fulfilment = models.OneToOneField("amends.Fulfilment", on_delete=models.PROTECT, related_name="ineffective")
    recurrence = models.ForeignKey(Recurrence, null=True, on_delete=models.PROTECT, related_name="+")
    reopening = models.ForeignKey("amends.IssueReopening", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


# By its cause or its order an issue is known again; one without either is settled unless it is marked.
COMPARABLE = Shape(
    lambda case: (
        Case(pk=case)
        .open_issues()
        .filter(~models.Q(about="") | models.Q(attribution__isnull=False) | models.Q(recurrence__isnull=False))
        .values_list("pk")
    )
)


def look_again(issue: Issue, now: datetime) -> Recurrence | None:
    """Whether this issue is an earlier one of the same customer again, written down with what follows (F12).

    What follows: the earlier remedy is marked as not holding, the case is at least of severity 3, and a lead is told.
    A cause or order that is corrected afterwards takes the mark off again.
    """
    return _look_again(issue.pk, now)


def _look_again(pk: int, now: datetime) -> Recurrence | None:
    if (seen := _look(pk)).is_settled:
        return seen.known
    with writing():
        seen = _look(pk)
        issue, found, known = seen.issue, seen.found, seen.known
        if seen.is_settled:
            return known
        if known:
            _take_off(known, now)
        made = _write_down(issue, found, now) if found else None
        if made or known:
            stand(issue.case, now)
    return made


@dataclass(frozen=True, slots=True)
class _Seen:
    """What looking at an issue shows: the earlier one it is again, and what is written down about that already."""

    issue: Issue
    found: tuple[Again, str] | None
    known: Recurrence | None

    @property
    def is_settled(self) -> bool:
        """Whether what is written down is what there is to see."""
        if self.known is None or self.found is None:
            return self.known is None and self.found is None
        return (self.known.earlier_id, self.known.why) == (self.found[0].issue, self.found[1])


def _look(pk: int) -> _Seen:
    issue = Issue.objects.select_related("case__customer", "attribution", "recurrence").get(pk=pk)
    found = recurred(_as_again(issue), _earlier(issue), current().double_deviation_days)
    return _Seen(issue, found, getattr(issue, "recurrence", None))


def look_at_all(case: Case, now: datetime) -> None:
    """Look at every issue of a case that can be seen again, before something is offered for it or said about it."""
    for (issue,) in COMPARABLE.rows(case.pk):
        _look_again(issue, now)


def look_at_those_known(now: datetime) -> int:
    """Look at the issues whose order became known without anybody looking; returns how many came back.

    Nothing in a lower room calls up to here, so an order number typed while listening is found by the sweep.
    """
    earlier = Issue.objects.filter(
        case__customer=models.OuterRef("case__customer"),
        fulfilments__at__lt=models.OuterRef("raised_at"),
    ).exclude(about="")
    unseen = Issue.objects.exclude(about="").filter(recurrence=None, withdrawal=None, case__closure=None)
    found = [look_again(one, now) for one in unseen.filter(models.Exists(earlier))]
    return sum(one is not None for one in found)


def _as_again(issue: Issue, delivered_at: datetime | None = None) -> Again:
    return Again(
        issue=issue.pk,
        customer=issue.case.customer_id,
        cause=issue.attribution.cause_id if hasattr(issue, "attribution") else None,
        about=issue.about,
        raised_at=issue.raised_at,
        delivered_at=delivered_at,
    )


def _earlier(issue: Issue) -> Iterable[Again]:
    """Every issue of this customer that was put right before this one was raised, with its latest delivery by then."""
    before = worked().filter(at__lt=issue.raised_at)
    rows = (
        Issue.objects.filter(case__customer_id=issue.case.customer_id, fulfilments__in=before, withdrawal=None)
        .exclude(pk=issue.pk)
        .annotate(put_right_at=models.Max("fulfilments__at", filter=models.Q(fulfilments__in=before)))
    )
    return [_as_again(one, one.put_right_at) for one in rows.select_related("case", "attribution")]


def _write_down(issue: Issue, found: tuple[Again, str], now: datetime) -> Recurrence:
    earlier, why = found
    made = Recurrence.objects.create(issue=issue, earlier_id=earlier.issue, why=why, at=now)
    assert earlier.delivered_at is not None
    for done in Fulfilment.objects.filter(issues=earlier.issue, at=earlier.delivered_at, ineffective=None):
        Ineffective.objects.create(fulfilment=done, recurrence=made, at=now)
    record(
        "recurrence_found",
        issue.case_id,
        SYSTEM,
        now,
        issue=issue.pk,
        earlier=made.earlier.case_id,
        why=Same(why).label,
    )
    raise_severity(issue.case, at_least=SEVERE)
    return made


def _take_off(known: Recurrence, now: datetime) -> None:
    Ineffective.objects.filter(recurrence=known).delete()
    record("recurrence_taken_off", known.issue.case_id, SYSTEM, now, issue=known.issue_id)
    known.delete()


def did_not_hold(issue: Issue, again: IssueReopening, now: datetime) -> None:
    """Mark the latest delivery for an issue that begins again as not holding."""
    latest = worked().filter(issues=issue).order_by("-at", "-pk").first()
    if latest is not None and not hasattr(latest, "ineffective"):
        Ineffective.objects.create(fulfilment=latest, reopening=again, at=now)


def tried_before(issues: Iterable[int]) -> list[Fulfilment]:
    """The deliveries that did not hold for these issues, and for the earlier ones they are again; oldest first."""
    chain = set(issues)
    new = set(chain)
    while new:
        new = set(Recurrence.objects.filter(issue__in=new).values_list("earlier", flat=True)) - chain
        chain |= new
    rows = Fulfilment.objects.filter(issues__in=chain).exclude(ineffective=None)
    return list(rows.select_related("remedy").distinct().order_by("at", "pk"))
