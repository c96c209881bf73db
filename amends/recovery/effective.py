"""How well remedies hold: for one cause, how often each was delivered and how often the same came back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from amends.method.rates import Rate
from amends.recovery.fulfilment import Fulfilment, worked


@dataclass(frozen=True, slots=True)
class Held:
    """One remedy against one cause: how many deliveries came back, of how many."""

    remedy: str
    came_back: Rate

    @property
    def words(self) -> str:
        """The share that came back with its 95 % Wilson interval, or that there are too few to tell."""
        if not self.came_back.can_tell:
            return "too few to tell"
        low, high = round(100 * self.came_back.low), round(100 * self.came_back.high)
        return f"{round(100 * self.came_back.share)} % ({low} to {high} %)"


def held_against(cause: int) -> list[Held]:
    """Every remedy delivered for issues of this cause, the most often delivered first.

    Deliveries of the last weeks may still come back, so young figures flatter.
    """
    here = Q(issues__attribution__cause=cause)
    rows = worked().filter(here).distinct()
    delivered = dict(rows.values_list("pk", "remedy__name"))
    again = Q(ineffective__recurrence__earlier__attribution__cause=cause)
    again |= Q(ineffective__reopening__issue__attribution__cause=cause)
    back = set(Fulfilment.objects.filter(again, pk__in=delivered).values_list("pk", flat=True))
    return sorted(_by_remedy(delivered, back), key=lambda one: (-one.came_back.of, one.remedy))


def _by_remedy(delivered: dict[int, str], back: set[int]) -> Iterable[Held]:
    for remedy in set(delivered.values()):
        mine = {pk for pk, name in delivered.items() if name == remedy}
        yield Held(remedy, Rate(len(mine & back), len(mine)))
