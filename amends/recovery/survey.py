"""Asking how it was: who was asked and why, who was not and why not, and what they answered."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.survey import SCALES, Kind, Why

OPEN_FOR = timedelta(days=30)  # how long an answer can come and be changed ([J]: no source)
_IN_SCALE = reduce(or_, (Q(kind=kind.value, value__range=(scale[0], scale[-1])) for kind, scale in SCALES.items()))
_WORDS = Q(kind=Kind.WORDS.value, value=None, issue=None) & ~Q(words="")


class NotAsked(models.TextChoices):
    """Why somebody whose turn it was is not asked."""

    NO_WISH = "no wish", "they do not want to be asked"
    LATELY = "lately", "they were asked lately"
    SAMPLE = "sample", "not in the sample"
    HINDERED = "hindered", "no letter could leave by itself in time"


class SurveyAsked(models.Model):
    """One complaint asked about: what made it its turn, which questions, and the letters that asked."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="surveys")
    why = models.CharField(max_length=9, choices=[(why.value, why.value) for why in Why])
    since = models.DateTimeField()
    at = models.DateTimeField()
    kinds = models.JSONField()
    severity = models.PositiveSmallIntegerField()
    policy = models.PositiveIntegerField()
    letter = models.OneToOneField("amends.Message", null=True, on_delete=models.PROTECT, related_name="survey")
    reminder = models.OneToOneField(
        "amends.Message", null=True, on_delete=models.PROTECT, related_name="survey_reminder"
    )

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "why", "since"], name="survey_once_a_turn"),
            models.CheckConstraint(condition=Q(since__lte=models.F("at")), name="survey_asked_after_its_turn"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="survey_asked_at")]

    @property
    def closes_at(self) -> datetime:
        """Until when an answer can come, and be changed."""
        return self.at + OPEN_FOR


class SurveyLeftOut(models.Model):
    """One complaint whose turn it was and that is not asked about, with the reason."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="surveys_left_out")
    why = models.CharField(max_length=9, choices=[(why.value, why.value) for why in Why])
    since = models.DateTimeField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=8, choices=NotAsked.choices)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "why", "since"], name="survey_left_out_once"),
        ]


class SurveyAnswer(models.Model):
    """What the customer answered to one question: a value in its scale, or words; only they can change it."""

    asked = models.ForeignKey(SurveyAsked, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=7, choices=[(kind.value, kind.value) for kind in Kind])
    issue = models.ForeignKey("amends.Issue", null=True, on_delete=models.PROTECT, related_name="survey_answers")
    value = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(default="", blank=True)
    reading = models.JSONField(null=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asked", "kind"], condition=Q(issue=None), name="one_answer_a_question"),
            models.UniqueConstraint(
                fields=["asked", "kind", "issue"],
                condition=Q(issue__isnull=False),
                name="one_answer_an_issue",
            ),
            models.CheckConstraint(
                condition=(_IN_SCALE & Q(value__isnull=False, words="")) | _WORDS, name="survey_answer_in_scale"
            ),
            models.CheckConstraint(
                condition=Q(issue=None) | Q(kind=Kind.SETTLED.value), name="only_settled_is_of_an_issue"
            ),
        ]


class SurveyOptOut(models.Model):
    """The customer does not want to be asked how it was; a second thought takes the row away and notes it."""

    customer = models.OneToOneField("amends.Customer", on_delete=models.PROTECT, related_name="survey_opt_out")
    at = models.DateTimeField()


class LowScore(models.Model):
    """Somebody answered that they were let down: a person is to hear from them by then, and writes what came of it."""

    asked = models.OneToOneField(SurveyAsked, on_delete=models.PROTECT, related_name="low_score")
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="low_scores")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by=None, done_at=None, words="")
                | (Q(by__isnull=False, done_at__isnull=False) & ~Q(words="")),
                name="low_score_answered_whole",
            )
        ]
