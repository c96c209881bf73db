"""Merging two issues that say the same, and taking them apart again with all that each had."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import check_still_open
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.issue import Issue, Merger
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.team.models import User


def merge(issue: Issue, into: Issue, *, by: User, now: datetime) -> Merger:
    """Let one issue stand for both; what each was told stays its own (method/merging.py says what then counts).

    Raises NotPossible once something was offered, refused or delivered for only one of them, Incomplete for an
    issue with itself or of another case.
    """
    with writing():
        case = Case.objects.select_related("customer").get(pk=issue.case_id)
        check_still_open(case)
        _check(case, issue, into, now)
        made = Merger.objects.create(issue=issue, into=into, by=by, at=now)
        record("issue_merged", case.pk, by, now, issue=issue.pk, into=into.pk)
        stand(case, now)
    return made


def _check(case: Case, issue: Issue, into: Issue, now: datetime) -> None:
    on_it = set(case.open_issues().filter(pk__in=[issue.pk, into.pk]).values_list("pk", flat=True))
    if issue.pk == into.pk or into.pk not in on_it:
        raise Incomplete("Choose another issue of this case.", "into")
    if issue.pk not in on_it:
        raise NotPossible(f"“{issue}” is off the case, or part of another issue.")
    if _settled(issue, now) != _settled(into, now):
        raise NotPossible(
            f"Something was offered, refused or delivered for only one of “{issue}” and “{into}”. "
            "Take the offer back first, or keep them apart."
        )


def _settled(issue: Issue, now: datetime) -> set[tuple[str, int]]:
    """The offers that stand, deliveries and refusals of an issue and of all that went into it."""
    live = issue.offers.filter(withdrawal=None, decline=None).exclude(acceptance=None, expires_at__lte=now)
    rows = {("offer", pk) for pk in live.values_list("pk", flat=True)}
    rows |= {("delivery", pk) for pk in issue.fulfilments.values_list("pk", flat=True)}
    return rows | ({("refusal", issue.refusal.pk)} if hasattr(issue, "refusal") else set())


def unmerge(issue: Issue, *, by: User, now: datetime) -> None:
    """Let both stand for themselves again, each with what was said and done for it (invariant 8).

    Raises NotPossible when the issue is merged into none.
    """
    with writing():
        case = Case.objects.select_related("customer").get(pk=issue.case_id)
        check_still_open(case)
        merger = Merger.objects.filter(issue=issue).first()
        if merger is None:
            raise NotPossible(f"“{issue}” stands for itself.")
        into = merger.into_id
        merger.delete()
        record("issue_unmerged", case.pk, by, now, issue=issue.pk, into=into)
        stand(case, now)
