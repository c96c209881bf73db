"""A case's history in sentences, read from the ledger."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.event import SEALED, Event
from amends.cases.kinds import KINDS, OTHERWISE
from amends.customers.models import GONE
from amends.team.models import User

DATES = ("due", "until")


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the ledger as a person reads it."""

    seq: int
    at: datetime
    sentence: str
    hash: str
    offer: int | None
    """The offer that was made, which can be looked at as it was."""


def history_of(case: Case) -> list[Happening]:
    """Everything that happened to a case, oldest first."""
    events = list(case.events.order_by("seq").prefetch_related("words"))
    names = _names(events)
    return [Happening(one.seq, one.at, _sentence(one, case, names), one.hash, _offer(one)) for one in events]


def _offer(event: Event) -> int | None:
    return event.data["offer"] if event.kind == "offer_made" else None


def _names(events: list[Event]) -> dict[int, str]:
    people = {int(one.actor.removeprefix("user:")) for one in events if one.actor.startswith("user:")}
    people |= {one.data["to"] for one in events if isinstance(one.data.get("to"), int)}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name"))


def _sentence(event: Event, case: Case, names: dict[int, str]) -> str:
    words = {**event.data, "who": _who(event.actor, case, names)}
    words |= {name: GONE for name, value in event.data.items() if isinstance(value, dict) and SEALED in value}
    words |= {one.name: one.words for one in event.words.all()}
    words |= {name: _dated(event.data[name], event) for name in DATES if isinstance(event.data.get(name), str)}
    if isinstance(words.get("to"), int):
        words["to"] = names.get(words["to"], "somebody")
    count = event.data.get("count", 0)
    words["issues_counted"] = f"{count} issue{'' if count == 1 else 's'}"
    otherwise = OTHERWISE.get(event.actor.partition(":")[0], {})
    return otherwise.get(event.kind, KINDS[event.kind]).format_map(_Known(words))


def _dated(value: str, event: Event) -> str:
    """A day or a moment of the ledger as its reader says it: "27 November", "23 November 09:00"."""
    at = datetime.fromisoformat(value)
    local = localtime(at) if at.tzinfo else at
    year = "" if local.year == event.at.year else f" {local.year}"
    return f"{local:%-d %B}{year}{f' {local:%H:%M}' if at.tzinfo else ''}"


class _Known(dict[str, object]):
    """Words for a sentence; one an older event lacks is left out rather than failing."""

    def __missing__(self, key: str) -> str:
        return "…"


def _who(actor: str, case: Case, names: dict[int, str]) -> str:
    kind, _, number = actor.partition(":")
    if kind == "user":
        return names.get(int(number), "Somebody who has left")
    return case.customer.called if kind == "customer" else "Amends"
