"""What an offer is judged against: the price, what was paid before, the loss, and others in the same incident."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from amends.cases.case import Case
from amends.cases.decision import Fault
from amends.cases.facts import facts_of
from amends.cases.issue import Issue
from amends.method.compensation import GOODWILL, WHOLE_KINDS, Ground, Handling
from amends.method.facts import Facts
from amends.method.options import FAILURES, Repays
from amends.recovery.fulfilment import worked
from amends.recovery.offer import Option
from amends.recovery.tried import failed_twice
from amends.team.policy import current

INCIDENT = timedelta(days=7)
CLUSTER_CUSTOMERS, CLUSTER = 3, timedelta(days=30)
_LOSSES = frozenset({Repays.MONEY, Repays.PRODUCT})


def ground_of(case: Case, issues: frozenset[int], now: datetime) -> Ground:
    """The ground an offer for these issues stands on; twice failed weighs like a serious loss (E16)."""
    rows = list(case.open_issues().filter(pk__in=issues))
    return Ground(
        severity=max(case.severity, 3) if failed_twice(issues) else case.severity,
        price_cents=price_of(rows),
        paid_cents=_paid(issues),
        loss_open=bool(rows) and loss_open(case, rows, now),
        extra_contacts=max(case.messages.filter(outgoing=False, automatic="").count() - 1, 0),
        in_incident=_in_incident(case, rows),
    )


def price_of(issues: Iterable[Issue]) -> int | None:
    """What was paid for all these things, in cents; None when the price of one is not known."""
    prices = [issue.price_cents for issue in issues]
    return sum(one for one in prices if one is not None) if prices and None not in prices else None


def _paid(issues: frozenset[int]) -> int:
    """The sums the customer chose or was given for these issues so far, in cents."""
    chosen = Option.objects.filter(pk__in=Option.objects.filter(acceptances__offer__issues__in=issues))
    owed = worked().filter(acceptance=None, issues__in=issues).distinct()
    sums = (chosen.aggregate(sum=Sum("amount_cents")), owed.aggregate(sum=Sum("amount_cents")))
    return sum(one["sum"] or 0 for one in sums)


def loss_open(case: Case, issues: Sequence[Issue], now: datetime) -> bool:
    """Whether money or a product was lost in one of these issues, not refused, and nothing has made it whole yet."""
    lost = {issue.pk for issue in issues if issue.category in FAILURES and FAILURES[issue.category].took in _LOSSES}
    refused = {one.id for one in facts_of(case, now).issues if one.outcome == "not_upheld"}
    whole = Q(fulfilments__in=worked().filter(remedy__kind__in=WHOLE_KINDS))
    return bool(lost - refused - set(Issue.objects.filter(whole, pk__in=lost).values_list("pk", flat=True)))


def _in_incident(case: Case, issues: Sequence[Issue]) -> tuple[int, ...]:
    """The goodwill others hit by the same incident were given or offered, in cents (E12).

    An incident is one cause within seven days ([J]: no source for the span).
    """
    raised = [issue.raised_at for issue in issues]
    if not raised:
        return ()
    causes = Issue.objects.filter(pk__in=[issue.pk for issue in issues]).values("attribution__cause")
    same = Issue.objects.filter(
        attribution__cause__in=causes, raised_at__range=(min(raised) - INCIDENT, max(raised) + INCIDENT)
    ).exclude(case__customer=case.customer_id)
    rows = Option.objects.filter(offer__issues__in=same, remedy__kind=GOODWILL, amount_cents__gt=0)
    rows = rows.filter(offer__decline=None, offer__withdrawal=None)
    return tuple(sorted(set(rows.values_list("amount_cents", flat=True))))


def handling_of(case: Case, now: datetime) -> Handling:
    """How this case was handled so far, as far as goodwill is weighed by it."""
    facts = facts_of(case, now)
    issues = list(case.open_issues())
    faults = [issue.fault for issue in facts.issues]
    return Handling(
        severity=case.severity,
        ours=any(fault in (Fault.OURS, Fault.PARTLY) for fault in faults),
        mistaken=bool(faults) and all(fault == Fault.NONE for fault in faults),
        double_deviation=failed_twice(issue.pk for issue in issues),
        repeated_cause=_keeps_happening(case, issues, now),
        fast=_answered_fast(case, facts),
        apologised=bool(facts.issues) and all(issue.apologised_at for issue in facts.issues),
        direct_loss=loss_open(case, issues, now),
    )


def _keeps_happening(case: Case, issues: Sequence[Issue], now: datetime) -> bool:
    """Whether other customers were hit by the same cause of late: three within thirty days (E79, [J])."""
    causes = Issue.objects.filter(pk__in=[issue.pk for issue in issues]).values("attribution__cause")
    rows = Issue.objects.filter(attribution__cause__in=causes, raised_at__gt=now - CLUSTER)
    return rows.values("case__customer").distinct().count() >= CLUSTER_CUSTOMERS


def _answered_fast(case: Case, facts: Facts) -> bool:
    """Whether somebody of us wrote within the hours the policy gives for it."""
    first = case.messages.filter(outgoing=True, automatic="").order_by("at").values_list("at", flat=True).first()
    hours = current().reply_hours[""][case.severity]
    return first is not None and first - facts.opened_at <= timedelta(hours=hours)
