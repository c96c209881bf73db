"""A scenario the house wrote, its versions, who read one, who retired it, and who lets it count."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from amends.rehearsal.scenario import Scenario
from amends.rehearsal.sheet import sheet
from amends.rehearsal.shelf import SECTORS, SHORT, read_scenario

OWN = "own-"
LARGEST = 64_000
"""How many characters the file of a scenario has at most; the largest that comes with Amends has under 7,000."""


class OwnScenario(models.Model):
    """Something to practise that this house wrote."""

    at = models.DateTimeField()

    @property
    def key(self) -> str:
        """What a round calls it, where one that comes with Amends has its id."""
        return f"{OWN}{self.pk}"


class OwnSource(models.Model):
    """The scenario was made from a closed case; which one is known until a second person has read it, and then gone."""

    scenario = models.OneToOneField(OwnScenario, on_delete=models.CASCADE, related_name="source")
    case = models.ForeignKey("amends.Case", null=True, on_delete=models.PROTECT, related_name="+")


class OwnVersion(models.Model):
    """What a scenario says from a time on: `words` is its file, `title` and `sector` are those the file says."""

    scenario = models.ForeignKey(OwnScenario, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=SHORT)
    sector = models.CharField(max_length=20, choices=[(one, one) for one in SECTORS])
    words = models.TextField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "number"], name="own_version_once"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), LARGEST) & LessThanOrEqual(Length("title"), SHORT),
                name="own_version_is_bounded",
            ),
            models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(words=""), name="own_version_says_it"),
        ]

    def read(self) -> Scenario:
        """Return the scenario as the engine plays it; raises SheetRefused when this version cannot read it."""
        return read_scenario(sheet(self.words, f"{self.title}, version {self.number}"))


class OwnReading(models.Model):
    """Somebody who did not write a version read it, and found nobody in it who could be known."""

    version = models.OneToOneField(OwnVersion, on_delete=models.CASCADE, related_name="reading")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class OwnRetirement(models.Model):
    """A scenario is played no more, after which version; a later version brings it back."""

    version = models.OneToOneField(OwnVersion, on_delete=models.CASCADE, related_name="retirement")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class OwnCounting(models.Model):
    """A lead lets rounds of a scenario count on the learning path; taking it back deletes the row."""

    scenario = models.OneToOneField(OwnScenario, on_delete=models.CASCADE, related_name="counting")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
