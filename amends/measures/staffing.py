"""How many people a flow of contacts needs so that nobody waits long and nobody is always busy (Erlang C)."""

from dataclasses import dataclass
from math import inf

from amends.measures.errors import ImpossibleCount

PLANNED_OCCUPANCY = 0.80
COMPLAINT_OCCUPANCY = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """So many people under a flow: how busy they are, the share that waits at all, the mean wait in minutes."""

    people: int
    occupancy: float
    waiting: float
    wait_minutes: float

    @property
    def words(self) -> str:
        """The load in a sentence."""
        if self.occupancy >= 1:
            return f"{self.people} people cannot keep up: more comes in than they can do."
        return (
            f"{self.people} people would be busy {100 * self.occupancy:.0f} % of the time; {100 * self.waiting:.0f} % "
            f"of contacts wait, {self.wait_minutes:.1f} minutes in the mean over all."
        )


def load(people: int, *, contacts_an_hour: float, minutes_each: float) -> Load:
    """What a flow does to so many people (Erlang 1917): contacts come by chance, nobody gives up, all can do all."""
    if people < 1 or contacts_an_hour < 0 or minutes_each <= 0:
        raise ImpossibleCount("A plan needs one person or more, and contacts that take some time. Correct the numbers.")
    work = contacts_an_hour * minutes_each / 60
    if work >= people:
        return Load(people=people, occupancy=work / people, waiting=1.0, wait_minutes=inf)
    waiting = erlang_c(people, work)
    return Load(
        people=people, occupancy=work / people, waiting=waiting, wait_minutes=waiting * minutes_each / (people - work)
    )


def people_needed(
    *, contacts_an_hour: float, minutes_each: float, longest_wait_minutes: float, occupancy: float = PLANNED_OCCUPANCY
) -> Load:
    """The fewest people with whom the mean wait and the occupancy stay within these limits.

    80 % is the plan and 75 % the limit for complaints, by trade practice and no law of nature (E48).
    """
    if longest_wait_minutes <= 0 or not 0 < occupancy < 1:
        raise ImpossibleCount("The longest wait is more than nought and the occupancy between 0 and 1. Correct them.")
    people = 1
    while True:
        found = load(people, contacts_an_hour=contacts_an_hour, minutes_each=minutes_each)
        if found.occupancy <= occupancy and found.wait_minutes <= longest_wait_minutes:
            return found
        people += 1


def erlang_c(people: int, work: float) -> float:
    """The probability that a contact has to wait, when `work` people's worth comes in; by Erlang B's recursion."""
    blocked = 1.0
    for number in range(1, people + 1):
        blocked = work * blocked / (number + work * blocked)
    return blocked / (1 - work / people * (1 - blocked))
