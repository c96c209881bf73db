"""A case: one customer's complaint, whose standing is computed from what happened, never set by hand."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from amends.customers.models import GONE
from amends.team.models import User
from amends.team.permissions import Right

if TYPE_CHECKING:
    from amends.cases.issue import Issue


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases this person may see: those of their team, or all."""
        if user.can(Right.SEE_ALL_TEAMS):
            return self
        return self.filter(team_id=user.team_id)


class Case(models.Model):
    """One complaint of one customer, whatever number of messages and issues it holds."""

    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="cases")
    channel = models.ForeignKey("amends.Channel", on_delete=models.PROTECT, related_name="cases")
    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="cases")
    subject = models.CharField(max_length=300)
    address = models.CharField(max_length=320)
    opened_at = models.DateTimeField()
    severity = models.PositiveSmallIntegerField(default=2)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(severity__range=(1, 4)), name="severity_1_to_4")
        ]
        indexes: ClassVar = [models.Index(fields=["address"], name="case_address")]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"

    @property
    def is_erased(self) -> bool:
        """Whether the customer was erased: there is nobody left to write to."""
        return self.address == GONE

    def open_issues(self) -> "models.QuerySet[Issue]":
        """The issues that count: neither taken off the case nor merged into another, in the order they were raised."""
        return self.issues.filter(withdrawal=None, merger=None).order_by("pk")
