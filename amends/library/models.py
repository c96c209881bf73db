"""A case study, the case it is made from until it is published, and who let others read it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from amends.cases.issue import CATEGORIES
from amends.team.models import User
from amends.team.permissions import Right

TEXTS = ("title", "what_happened", "what_we_did", "outcome", "lesson")


class Studies(models.QuerySet["Study"]):
    """Finding case studies."""

    def published(self) -> Self:
        """Those everybody at the desk may read, the newest first."""
        return self.filter(publication__isnull=False).order_by("-publication__at", "-pk")

    def waiting_for(self, user: User) -> Self:
        """Those not published yet whose case this person may see and is not the subject of; none without the right."""
        if not user.can(Right.WRITE_STUDIES):
            return self.none()
        seen = Q() if user.can(Right.SEE_ALL_TEAMS) else Q(source__case__team=user.team_id)
        waiting = self.filter(seen, publication=None).exclude(source__case__subjects__person=user.pk)
        return waiting.order_by("at", "pk")


class Study(models.Model):
    """What happened, what we did, how it came out and what is learned, in words that name nobody.

    `period` is the quarter or year in which it began, "" where that would tell too much; so is `cause` left out.
    """

    title = models.CharField(max_length=120)
    what_happened = models.TextField()
    what_we_did = models.TextField()
    outcome = models.TextField()
    lesson = models.TextField()
    category = models.CharField(max_length=24, choices=list(CATEGORIES.items()), default="", blank=True)
    cause = models.ForeignKey("amends.Cause", null=True, on_delete=models.PROTECT, related_name="studies")
    remedies = models.ManyToManyField("amends.Remedy", related_name="studies")
    severity = models.PositiveSmallIntegerField(null=True)
    period = models.CharField(max_length=7, default="", blank=True)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Studies.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(**{name: ""}), name=f"study_{name}_told") for name in TEXTS
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        """The period as people say it: “2026, quarter 3”, “2026”, or nothing."""
        return self.period.replace("-Q", ", quarter ")


class StudySource(models.Model):
    """The case a study is made from, while only those who may see that case read it; publishing takes this away."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="source")
    case = models.OneToOneField("amends.Case", on_delete=models.PROTECT, related_name="study_source")


class StudyReturn(models.Model):
    """A second person read it and asks for something to be changed first; publishing takes this away as well."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="returns")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="study_return_says_why")]


class Publication(models.Model):
    """A second person read the study, judged every marked place, and let everybody at the desk read it."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="publication")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
