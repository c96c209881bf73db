"""What the facts of a case are read from: one question a table, each composed once."""

from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.message import Coverage, Message
from amends.cases.reopening import IssueReopening
from amends.cases.shape import Shape

ALIVE = Q(message__outbox__cancelled_at=None, message__outbox__failed_at=None)
_OPEN = Q(follow_ups__done_at=None, follow_ups__silent_at=None)
_ASKED = Q(approval_requests__decision=None, approval_requests__withdrawal=None)
CASE_COLUMNS = (
    "closure__at",
    "escalation__at",
    "snooze__until",
    "follow_up_due_at",
    "asked_at",
    "followed_up_at",
    "silent_at",
    "understood_at",
    "corrected_at",
    "offered",
    "approver",
    "low_score_due_at",
    "customer__erasure__at",
)
ISSUE_COLUMNS = (
    "pk",
    "summary",
    "source",
    "hearing__at",
    "attribution__cause__name",
    "began_again_at",
    "withdrawal__at",
    "merger__into_id",
    "merger__at",
    "split__of_id",
    "split__at",
    "recurrence__pk",
    "decisions__fault",
    "decisions__outcome",
    "decisions__review__agreed",
    "refusal__at",
    "refusal__message__outbox__cancelled_at",
    "refusal__message__outbox__failed_at",
)


def _case(case: int) -> "QuerySet[Case, tuple[object, ...]]":
    rows = Case.objects.filter(pk=case).annotate(
        follow_up_due_at=Max("follow_ups__due_at", filter=_OPEN),
        asked_at=Max("follow_ups__letter__at", filter=_OPEN & Q(follow_ups__letter__outbox__failed_at=None)),
        followed_up_at=Max("follow_ups__done_at"),
        silent_at=Max("follow_ups__silent_at", filter=Q(follow_ups__done_at=None)),
        understood_at=Max("understandings__at", filter=Q(understandings__agreed=True)),
        corrected_at=Max("understandings__at", filter=Q(understandings__agreed=False)),
        offered=Max(
            "offers__made_at", filter=Q(offers__acceptance=None, offers__decline=None, offers__withdrawal=None)
        ),
        approver=Max("approval_requests__to__name", filter=_ASKED),
        low_score_due_at=Min("low_scores__due_at", filter=Q(low_scores__done_at=None)),
    )
    return rows.values_list(*CASE_COLUMNS)


CASE = Shape(_case)


def _issues(case: int) -> "QuerySet[Issue, tuple[object, ...]]":
    again = IssueReopening.objects.filter(issue=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows = Issue.objects.filter(case=case).annotate(began_again_at=Subquery(again)).order_by("pk", "decisions__pk")
    return rows.values_list(*ISSUE_COLUMNS)


ISSUES = Shape(_issues)
CHANGES = Shape(
    lambda case: (
        Issue.objects.filter(case=case, attribution__cause__changes__isnull=False)
        .order_by("pk", "attribution__cause__changes__pk")
        .values_list("pk", *(f"attribution__cause__changes__{name}" for name in ("what", "due_date", "made_at")))
    )
)
TURNS = Shape(
    lambda case: (
        Message.objects.filter(case=case, automatic="", outbox__cancelled_at=None, outbox__failed_at=None)
        .order_by("at", "pk")
        .values_list("at", "outgoing", "answered", "known_sender", "raw__peer")
    )
)
PROMISES = Shape(
    lambda case: (
        Case(pk=case)
        .promises.filter(ALIVE, kept_at=None, broken=None, release=None)
        .order_by("due_at", "pk")
        .values_list("words", "due_at")
    )
)
COVERAGE = Shape(
    lambda case: (
        Coverage.objects.filter(ALIVE, issue__case=case)
        .order_by()
        .values_list("issue_id", "step")
        .annotate(said_at=Max("message__at"))
    )
)
OFFERS = Shape(
    lambda case: (
        Issue.offers.through.objects.filter(offer__case=case, offer__withdrawal=None)
        .order_by("offer_id")
        .values_list("issue_id", "offer__made_at", "offer__expires_at", "offer__acceptance__at", "offer__decline__at")
    )
)
FULFILMENTS = Shape(
    lambda case: (
        Issue.fulfilments.through.objects.filter(fulfilment__case=case)
        .exclude(fulfilment__failures__at__gte=F("fulfilment__at"))
        .order_by("fulfilment_id")
        .values_list("issue_id", "fulfilment__at")
    )
)
