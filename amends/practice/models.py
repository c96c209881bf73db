"""Rounds that were played, and with whom one was shared; a round is its trainee's alone."""

from typing import ClassVar, Self

from django.db import models

from amends.practice.told import Told
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round
from amends.rehearsal.shelf import named_scenario
from amends.team.models import User


class Rounds(models.QuerySet["Played"]):
    """Finding rounds."""

    def of(self, trainee: User) -> Self:
        """Return the rounds of one person, newest first: the only way to look for a round."""
        return self.filter(trainee=trainee).select_related("trainee").order_by("-started_at", "-pk")


class Played(models.Model):
    """One round: scenario, persona, seed and turns, from which everything else follows; no score is kept.

    `turns` are values of Told. `most_turns` bounds a drill. `branch_of` is the round in which turn `branched_at` was
    tried another way.
    """

    trainee = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="rounds")
    scenario = models.CharField(max_length=80)
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
        what, who = named_scenario(self.scenario), named_persona(self.persona)
        turns = tuple(one.turn for one in self.told)
        return Round(what, who, self.seed, turns, self.trainee.first_name)

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
