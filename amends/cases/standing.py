"""Where each case stands, as one indexed row for the queue: derived from the path, rewritten by every verb."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.clocks import next_owed
from amends.cases.facts import Known, facts_of
from amends.method.facts import Facts
from amends.method.listening import still_writing
from amends.method.path import Attention, Path, recovery_path
from amends.team.models import User
from amends.team.permissions import Right, Role

# Where nobody has said anything yet, nothing is owed: such a case stands below all that have a time.
NOBODY_SPOKE = timedelta(weeks=4)


class StandingQuerySet(models.QuerySet["Standing"]):
    """Which cases wait where; every list has an order with a unique tail."""

    def visible_to(self, user: User) -> "StandingQuerySet":
        """Those of the person's team, or all."""
        if user.can(Right.SEE_ALL_TEAMS):
            return self
        return self.filter(team_id=user.team_id)

    def mine(self, user: User) -> "StandingQuerySet":
        """To do, and this person's."""
        return self.filter(attention=Attention.TO_DO, assignee=user).order_by("order_at", "pk")

    def unassigned(self) -> "StandingQuerySet":
        """To do, and nobody's yet."""
        return self.filter(attention=Attention.TO_DO, assignee=None).order_by("order_at", "pk")

    def everything(self) -> "StandingQuerySet":
        """To do, whoever has it."""
        return self.filter(attention=Attention.TO_DO).order_by("order_at", "pk")

    def needs_lead(self) -> "StandingQuerySet":
        """Open, failed twice (the same came back, or an issue began again) or escalated, and no lead has it yet."""
        led = models.Q(assignee__role__in=[Role.LEAD, Role.ADMIN])
        return self.filter(for_a_lead=True).exclude(led).order_by("order_at", "pk")

    def waiting(self) -> "StandingQuerySet":
        """Somebody else's turn."""
        return self.filter(attention=Attention.WAITING).order_by("order_at", "pk")

    def follow_ups(self) -> "StandingQuerySet":
        """Closed or delivered, with a follow-up planned, the next one first."""
        return self.exclude(follow_up_at=None).order_by("follow_up_at", "pk")

    def closed(self) -> "StandingQuerySet":
        """Done, the latest first."""
        return self.filter(attention=Attention.DONE).latest_first()

    def latest_first(self) -> "StandingQuerySet":
        """In the order of the closed ones, whatever their standing."""
        return self.order_by("-order_at", "-pk")

    def after(self, at: datetime, pk: int, key: str) -> "StandingQuerySet":
        """Those that follow a row in the order of its list (keyset paging)."""
        if key == "closed":
            return self.filter(models.Q(order_at__lt=at) | models.Q(order_at=at, pk__lt=pk), order_at__lte=at)
        column = "follow_up_at" if key == "follow-ups" else "order_at"
        beyond = models.Q(**{f"{column}__gt": at}) | models.Q(**{column: at, "pk__gt": pk})
        return self.filter(beyond, **{f"{column}__gte": at})


class Standing(models.Model):
    """One case as the queue shows it."""

    case = models.OneToOneField("amends.Case", primary_key=True, on_delete=models.PROTECT, related_name="standing")
    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    attention = models.CharField(max_length=8)
    reason = models.CharField(max_length=300)
    next_step = models.CharField(max_length=12, default="", blank=True)
    order_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    follow_up_at = models.DateTimeField(null=True)
    customer_name = models.CharField(max_length=320)
    words = models.CharField(max_length=200)
    feeling = models.CharField(max_length=40, default="", blank=True)
    channel = models.CharField(max_length=16)
    writing = models.CharField(max_length=300, default="", blank=True)
    quiet_at = models.DateTimeField(null=True)
    for_a_lead = models.BooleanField(default=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "attention", "assignee", "order_at", "case"], name="standing_mine"),
            models.Index(fields=["team", "attention", "order_at", "case"], name="standing_team"),
            models.Index(fields=["attention", "order_at", "case"], name="standing_all"),
            models.Index(
                fields=["team", "follow_up_at", "case"],
                name="standing_follow_up",
                condition=~models.Q(follow_up_at=None),
            ),
            models.Index(
                fields=["team", "order_at", "case"], name="standing_for_a_lead", condition=models.Q(for_a_lead=True)
            ),
        ]


def stand(case: Case, now: datetime, known: Known | None = None) -> Path:
    """Compute the path anew, write the case's row for the queue, and return the path.

    `known` is what the tables hold of the case now, by a verb that has read them and says what it wrote since.
    """
    facts = facts_of(case, now, known)
    path = recovery_path(facts)
    assignee = models.Subquery(Case.objects.filter(pk=case.pk).values("assignment__to_id")[:1])
    Standing.objects.filter(pk=case.pk).update(assignee_id=assignee, **columns(case, facts, path, now))
    return path


def columns(case: Case, facts: Facts, path: Path, now: datetime) -> dict[str, object]:
    """The columns of the queue's row that follow from the path; one message alone is every new case, not news."""
    burst = facts.account if facts.account and facts.account.count > 1 else None
    owed = None if facts.erased_at else next_owed(case, facts, path)
    due = owed.due_at if owed else None
    return {
        "attention": path.attention.value,
        "reason": path.reason[:300],
        "next_step": path.next.step.value if path.next else "",
        "due_at": due,
        "order_at": due or (now + NOBODY_SPOKE if _is_silent(facts) else now),
        "follow_up_at": None if facts.erased_at else facts.follow_up_due_at,
        "writing": still_writing(facts.customer, burst)[:300] if burst and not facts.erased_at else "",
        "quiet_at": None if facts.erased_at else facts.quiet_at,
        "for_a_lead": facts.is_for_a_lead and path.attention is not Attention.DONE,
    }


def _is_silent(facts: Facts) -> bool:
    """Whether no person has said anything yet: only an automatic message came."""
    return not facts.issues and facts.unanswered_since is None
