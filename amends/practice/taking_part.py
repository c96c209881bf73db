"""Who takes part in comparing practice with letters, and the one figure a year that is told of all of them."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.measures.rank import FEWEST_PEOPLE
from amends.team.models import User


class TakesPart(models.Model):
    """Somebody lets their rounds and letters be compared from a moment on; taking it back deletes the row."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="takes_part")
    at = models.DateTimeField()


class YearCompared(models.Model):
    """How practice and letters went together in one year, over everybody who took part, told once and kept.

    Rounded to tenths, the people down to fives; of fewer people than can tell it holds no number at all. Nothing of a
    person is kept with it.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    people = models.PositiveSmallIntegerField(null=True)
    tenths = models.SmallIntegerField(null=True)
    low_tenths = models.SmallIntegerField(null=True)
    high_tenths = models.SmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year"]

    @property
    def words(self) -> str:
        """What the year says, in words that claim no cause."""
        if self.tenths is None or self.low_tenths is None or self.high_tenths is None:
            return f"Too few to tell: it takes {FEWEST_PEOPLE} people who take part, with enough rounds and letters."
        value, low, high = (f"{tenths / 10:.1f}" for tenths in (self.tenths, self.low_tenths, self.high_tenths))
        said = (
            f"{value} on a scale from -1 to 1 (95 % interval {low} to {high}), over {self.people} people or a few more."
        )
        if self.low_tenths > 0:
            return f"Less came back to those who practised better: {said} That does not say why."
        if self.high_tenths < 0:
            return f"More came back to those who practised better: {said} That does not say why."
        return f"It cannot be told whether they go together: {said}"


def take_part(person: User, now: datetime) -> None:
    """Let one's own rounds and letters be compared from now on; the ledger is told nothing."""
    TakesPart.objects.get_or_create(person=person, defaults={"at": now})


def stop_taking_part(person: User) -> None:
    """Take it back: nothing of this person is in any figure that is still to come."""
    TakesPart.objects.filter(person=person).delete()


def year_to_tell(now: datetime) -> int | None:
    """The year that is over and was not told of, where somebody takes part since then; None for none."""
    year = now.year - 1
    if YearCompared.objects.filter(year=year).exists():
        return None
    return year if TakesPart.objects.filter(at__year__lte=year).exists() else None
