"""Rounds that were played, with whom one was shared, and what was learned; all of it is its trainee's alone."""

from typing import ClassVar, Self

from django.db import models

from amends.practice.own.models import OWN, OwnVersion
from amends.practice.told import Told
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.sheet import SheetRefused
from amends.rehearsal.shelf import named_scenario
from amends.team.models import User


class Rounds(models.QuerySet["Played"]):
    """Finding rounds."""

    def of(self, trainee: User) -> Self:
        """Return the rounds of one person, newest first: the only way to look for a round."""
        return self.filter(trainee=trainee).select_related("trainee", "version").order_by("-started_at", "-pk")


class Played(models.Model):
    """One round: scenario, persona, seed and turns, from which everything else follows; no score is kept.

    `version` is the one of the house's own scenario that the round began with; it stays that one, whatever is written
    later. `turns` are values of Told. `most_turns` bounds a drill. `branch_of` is the round in which turn `branched_at`
    was tried another way.
    """

    trainee = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="rounds")
    scenario = models.CharField(max_length=80)
    version = models.ForeignKey(OwnVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    persona = models.CharField(max_length=80)
    seed = models.PositiveIntegerField()
    turns = models.JSONField(default=list)
    most_turns = models.PositiveSmallIntegerField(null=True)
    branch_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="branches")
    branched_at = models.PositiveSmallIntegerField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Rounds.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["trainee", "-started_at"], name="played_by_trainee")]

    @property
    def told(self) -> tuple[Told, ...]:
        """The turns as they were written and read."""
        return tuple(Told.of(values) for values in self.turns)

    def round(self) -> Round:
        """Return the round as the engine plays it; raises SheetRefused when its scenario or persona is gone."""
        turns = tuple(one.turn for one in self.told)
        return Round(self.happened(), named_persona(self.persona), self.seed, turns, self.trainee.first_name)

    def happened(self) -> Scenario:
        """Return what happened in this round; raises SheetRefused when that is gone."""
        if self.version is not None:
            return self.version.read()
        if self.scenario.startswith(OWN):
            raise SheetRefused("The scenario of this round was taken away with the case it was made from.")
        return named_scenario(self.scenario)

    def is_over(self, played: Round) -> bool:
        """Whether no further turn can be played: ended, walked out, or as many turns as the drill has."""
        return self.ended_at is not None or played.over or len(self.turns) == self.most_turns


class Shared(models.Model):
    """The trainee showed one round to a colleague: to whom and when; taking it back deletes the row."""

    played = models.ForeignKey(Played, on_delete=models.CASCADE, related_name="shares")
    to = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["played", "to"], name="shared_once_with_each")]


class LessonRead(models.Model):
    """Somebody read a lesson and went to practise it: which and when."""

    trainee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="lessons_read")
    course = models.CharField(max_length=40)
    lesson = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trainee", "course", "lesson"], name="lesson_read_once")
        ]


class Passed(models.Model):
    """A round reached the pass mark, or a task of a drill was done: what and when, and none of its words or points.

    A round is named by scenario and persona, a task by its drill and its number from 1. It stays when the round is
    deleted, until its trainee forgets their path.
    """

    trainee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passes")
    scenario = models.CharField(max_length=80, default="", blank=True)
    persona = models.CharField(max_length=80, default="", blank=True)
    drill = models.CharField(max_length=40, default="", blank=True)
    task = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(drill="", task=None) ^ models.Q(scenario="", persona="", task__isnull=False),
                name="passed_round_or_task",
            )
        ]
