"""The desk at one moment of a walk: its people, the time, and the dice."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from amends.cases.case import Case
from tests.conftest import Cast

OFFICE = "complaints@lindqvist.example"
MOST_CASES = 3
WORDS = ["", " ", "It is still broken.", "Nobody called me back, and the parcel is late.", "Yes, please.", "Ωμέγα\n\n!"]
SECONDS = [1, 5, 5, 20, 20, 90, 90, 600, 3600, 20 * 3600, 4 * 86400]


@dataclass
class Walk:
    """The desk at one moment of a walk: its people, the time, and the dice of this step."""

    cast: Cast
    dice: Random
    swept: datetime
    mails: int = 0
    notes: int = 0
    done: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """This moment, in UTC like every door tells it."""
        return self.cast.clock.now

    def somebody(self, *names: str):
        """A person of the desk; now and then one who should not."""
        likely = names or ("tom", "tom", "ines")
        return getattr(self.cast, self.dice.choice([*likely, *likely, *self.cast.people]))

    def words(self, text: str = "A courier lost it.") -> str:
        """Words for a field: mostly these, else something odd or nothing."""
        return text if self.dice.random() < 0.8 else self.dice.choice(WORDS)

    def one(self, rows):
        """One of some rows, the newest more often; None when there is none."""
        found = list(rows.order_by("-pk")[:8])
        return found[min(int(self.dice.expovariate(0.7)), len(found) - 1)] if found else None

    def case(self) -> Case:
        """A case, the older one more often."""
        return self.one(Case.objects.select_related("customer", "team", "channel"))

    def some(self, rows: list) -> list:
        """Some of these, often all."""
        return rows if self.dice.random() < 0.7 else self.dice.sample(rows, self.dice.randint(0, len(rows)))

    def issues(self, case: Case) -> list[int]:
        """Open issues of a case, now and then with one of anywhere."""
        numbers = list(case.open_issues().values_list("pk", flat=True))
        return self.some(numbers) + ([self.dice.randint(1, 9)] if self.dice.random() < 0.05 else [])

    def day(self) -> datetime:
        """A moment around now, rarely before."""
        return self.cast.clock.now + timedelta(days=self.dice.choice([-1, 0, 1, 1, 3, 5, 30]))

    def exception(self) -> str:
        """A reason for passing a gate, seldom given."""
        return self.dice.choice(["", "", "", "", "", "She asked on the phone"])

    def address(self) -> str:
        """Who writes: mostly the customer, else somebody else."""
        return self.dice.choice(["maria@post.example"] * 4 + ["MARIA@post.example", "eve@else.example"])
