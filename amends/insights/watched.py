"""After a case was closed: whether the customer complained again, or bought, while the policy has us watch."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.insights.answer import Cell, Head, Table, share_cells
from amends.insights.scope import Scope
from amends.loyalty.purchase import Purchase
from amends.measures.figure import Figure
from amends.measures.survival import Life, stayed_for
from amends.team.policy import current

GROUPS = {
    "watched": "Customers with a closed case",
    "complained": "Complained again while we watched",
    "bought": "Bought something while we watched",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """For how many days, the cases of each group, and how many did not complain again."""

    days: int
    groups: dict[str, list[int]]
    quiet: Figure


def watch(scope: Scope, veils: dict[int, list[str]]) -> Watched:
    """Everybody whose first case of the period to be closed was closed in it, followed as long as the policy says.

    A second failure soon after is dangerous, and fades (E24: Knox & van Oest 2014). How long to watch has no source:
    it is the time in which the same again means the wrong solution, `double_deviation_days`.
    """
    days, found = current().double_deviation_days, _closed(scope)
    window = timedelta(days=days)
    again = _next({customer: at for customer, (_, at) in found.items()})
    lives = [_life(at, again.get(customer), scope.now, window) for customer, (_, at) in found.items()]
    groups = {
        "watched": list(found),
        "complained": [one for one, life in zip(found, lives, strict=True) if life.left],
        "bought": _bought({one: localtime(at).date() for one, (_, at) in found.items()}, veils, window),
    }
    cases = {key: [found[one][0] for one in customers] for key, customers in groups.items()}
    return Watched(days, cases, stayed_for(lives, days, name="No further complaint"))


def table(watched: Watched) -> Table:
    """The groups with their cases, and the share without a further complaint."""
    heads = (Head("While we watched", num=False), Head("Count"), Head("Share"), Head("Between"))
    none = Cell("–", faint=True)
    rows = [
        (Cell(GROUPS[key]), Cell(f"{len(found):,}", key if found else ""), none, none)
        for key, found in watched.groups.items()
    ]
    rows.append((Cell(f"No further complaint after {watched.days} days"), none, *share_cells(watched.quiet)))
    return Table("watched", f"The {watched.days} days after a case was closed", heads, tuple(rows))


def _closed(scope: Scope) -> dict[int, tuple[int, datetime]]:
    """For each customer their first case closed in the period, and when."""
    rows = scope.rows(Case.objects.filter(closure__isnull=False), "closure__at", case="pk")
    found: dict[int, tuple[int, datetime]] = {}
    for customer, case, at in rows.order_by("closure__at", "pk").values_list("customer_id", "pk", "closure__at"):
        found.setdefault(customer, (case, at))
    return found


def _next(closed: dict[int, datetime]) -> dict[int, datetime]:
    """When each of them first complained again."""
    rows = Case.objects.filter(customer__in=Case.objects.exclude(closure=None).values("customer"))
    found: dict[int, datetime] = {}
    for customer, at in rows.order_by("opened_at", "pk").values_list("customer_id", "opened_at"):
        if customer in closed and at > closed[customer]:
            found.setdefault(customer, at)
    return found


def _life(closed: datetime, again: datetime | None, now: datetime, window: timedelta) -> Life:
    """How long somebody was followed, to the window's end at most, and whether they complained again then."""
    if again is not None and again <= min(now, closed + window):
        return Life((again - closed).days, left=True)
    return Life(min(now - closed, window).days, left=False)


def _bought(closed: dict[int, date], veils: dict[int, list[str]], window: timedelta) -> list[int]:
    whose = {veil: customer for customer in closed for veil in veils.get(customer, ())}
    rows = Purchase.objects.filter(day__gt=min(closed.values())) if closed else Purchase.objects.none()
    found = {
        whose[buyer]
        for buyer, day in rows.order_by().values_list("buyer", "day").iterator(chunk_size=2000)
        if buyer in whose and closed[whose[buyer]] < day <= closed[whose[buyer]] + window
    }
    return [one for one in closed if one in found]
