"""What everybody's complaint has in every simulation: its case, who works on it, this moment, and dice."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol

from amends.cases.case import Case
from amends.team.models import User


class Time(Protocol):
    """What knows this moment."""

    now: datetime


@dataclass
class Living:
    """One complaint in its world, by the number of its case."""

    world: Time
    number: int
    dice: Random
    agent: User = field(init=False)

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.world.now

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return Case.objects.select_related("customer", "team", "channel").get(pk=self.number)

    @property
    def by(self) -> dict[str, object]:
        """Who acts, and when."""
        return {"by": self.agent, "now": self.now}

    def chance(self, share: float) -> bool:
        """Whether something of this share happens."""
        return self.dice.random() < share
