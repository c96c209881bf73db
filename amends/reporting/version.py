"""The complaint report of a quarter: versions fixed on their day, and what was taken off the page again."""

from typing import Any, ClassVar

from django.db import models

from amends.reporting.figures import Figures
from amends.reporting.quarter import Quarter, quarter_of


class ReportVersion(models.Model):
    """What we published of one quarter: the figures counted on that day, and what readers see of them.

    A version after the first says why it is there. None is changed after it was published.
    """

    quarter = models.DateField()
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, default="", blank=True)
    figures = models.JSONField()
    shown = models.JSONField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-quarter", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quarter", "number"], name="one_report_a_number"),
            models.CheckConstraint(
                condition=models.Q(number=1) | (models.Q(number__gt=1) & ~models.Q(reason="")),
                name="report_correction_says_why",
            ),
        ]

    @property
    def of(self) -> Quarter:
        """The quarter it is about."""
        return quarter_of(self.quarter)

    @property
    def counted(self) -> Figures:
        """The figures as they were counted on its day."""
        return Figures.from_json(self.figures)

    @property
    def tells(self) -> dict[str, Any]:
        """What readers see."""
        return dict(self.shown)


class ReportWithdrawal(models.Model):
    """A quarter is off the page since this version: who took it off, and why, as readers are told."""

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="report_withdrawal_says_why"),
        ]


def latest_versions() -> list[ReportVersion]:
    """The newest version of each quarter, the newest quarter first; a withdrawn one carries its withdrawal."""
    newest: dict[Quarter, ReportVersion] = {}
    for one in ReportVersion.objects.select_related("by", "withdrawal__by"):
        newest.setdefault(one.of, one)
    return list(newest.values())


def is_withdrawn(version: ReportVersion) -> bool:
    """Whether a version was taken off the page."""
    return hasattr(version, "withdrawal")
