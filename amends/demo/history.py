"""Putting eighteen months behind the sample company, which `bench/history` lived through; they end last week.

Everything or nothing, once: the rows get numbers of this desk, and the ledger seals their events like any others.
"""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from amends.cases.errors import AlreadyDone, NotPossible
from amends.cases.event import Event
from amends.cases.ledger import SYSTEM, record, retell, writing
from amends.customers.models import Address
from amends.demo.kept import DESK, HISTORY, KNOWN, MARKED, NAMED, moment, monday_of
from amends.demo.purchases import sample_purchases
from amends.demo.rows import Numbers, Table, made_ready
from amends.loyalty.purchase import import_purchases
from amends.prevention.exposure import Exposure
from amends.team.models import User
from amends.team.policy import current_version

_EVENT = "amends.event"
_ENDS = re.compile(r'\{"ends":"([\d-]+)"')
WEEK = timedelta(weeks=1)


def has_history() -> bool:
    """Whether this desk has its eighteen months already."""
    return Event.objects.filter(kind="history_loaded").exists()


def load_history(now: datetime, path: Path = HISTORY) -> int:
    """Put the history into this desk so that it ends last week; returns how many cases it has.

    Raises AlreadyDone the second time, NotPossible where the company is another one, or knows one of the customers or
    weekly figures already.
    """
    text = gzip.decompress(path.read_bytes()).decode()
    weeks = _weeks(text, now)
    kept = json.loads(_moved(text, weeks))
    ready = [
        made_ready(one["model"], one["fields"], one["rows"], weeks) for one in kept["tables"] if one["model"] != _EVENT
    ]
    told = [event for one in kept["tables"] if one["model"] == _EVENT for event in _events(one, weeks)]
    with writing():
        if has_history():
            raise AlreadyDone("This desk has its history already.")
        numbers = {label: _known(label, rows) for label, rows in kept["known"].items()}
        _check_free(ready)
        for table in ready:
            table.renumber(numbers)
            table.insert()
        _count_anew()
        retell([_renamed(event, numbers) for event in told])
        _purchases(ready, now)
        cases = len(numbers["amends.case"])
        record("history_loaded", None, SYSTEM, now, count=cases)
    return cases


def _purchases(tables: list[Table], now: datetime) -> None:
    """Bring in what these customers and others bought until yesterday, as a lead would."""
    came = next(table for table in tables if table.model is Address)
    at = came.names.index("value")
    complained = Address.objects.filter(value__in=[row[at] for row in came.rows]).values_list(
        "value", "customer__since__date"
    )
    text = sample_purchases(dict(complained), now.date() - timedelta(days=1))
    import_purchases(text, by=User.objects.get(username="ines"), now=now)


def _count_anew() -> None:
    """Let PostgreSQL know what it holds now: it would look for 66,000 rows as for the few it last counted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _weeks(text: str, now: datetime) -> int:
    """By how many weeks everything moves."""
    ended = _ENDS.match(text)
    assert ended is not None, "the file begins with the day its history ends"
    return (monday_of(now) - date.fromisoformat(ended[1])) // WEEK


def _moved(text: str, weeks: int) -> str:
    """The text of the file with every marked day moved, and the address of this desk."""
    days = lru_cache(maxsize=4096)(lambda day, style: f"{date.fromisoformat(day) + weeks * WEEK:{style}}")
    return MARKED.sub(lambda found: days(found[1], found[2]), text.replace(DESK, settings.AMENDS_URL))


def _known(label: str, rows: dict[str, Any]) -> dict[int, int]:
    """The number here of each row the desk has already; raises NotPossible where it has not."""
    if label == "amends.policyversion":
        return dict.fromkeys(map(int, rows), current_version().pk)
    here = dict(apps.get_model(label)._default_manager.values_list(KNOWN[label], "pk"))
    missing = sorted(set(rows.values()) - here.keys())
    if missing:
        raise NotPossible(
            f"The eighteen months are those of the sample company, and “{missing[0]}” is not here, so they are left "
            "out. A new data folder (AMENDS_HOME) begins with both."
        )
    return {int(old): here[value] for old, value in rows.items()}


def _check_free(tables: list[Table]) -> None:
    """Raise NotPossible where the desk knows one of the customers or weekly figures already."""
    for table in tables:
        if table.model is Address:
            values = {row[table.names.index("value")] for row in table.rows}
            host = next(iter(values)).partition("@")[2]
            met = values & set(Address.objects.filter(value__endswith=f"@{host}").values_list("value", flat=True))
            if met:
                raise NotPossible(f"{min(met)} is a customer of this desk already, so no history is put behind it.")
        if table.model is Exposure and Exposure.objects.filter(name="orders").exists():
            raise NotPossible("This desk has weekly figures of its orders already, so no history is put behind it.")


def _events(table: dict[str, Any], weeks: int) -> Iterator[Event]:
    """The events as they happened, still with the numbers of the file."""
    shift = weeks * int(WEEK.total_seconds())
    for row in table["rows"]:
        said = dict(zip(table["fields"], row, strict=True))
        at = moment(said["at"] + shift).astimezone(UTC)
        yield Event(kind=said["kind"], case_id=said["case_id"], actor=said["actor"], at=at, data=said["data"])


def _renamed(event: Event, numbers: Numbers) -> Event:
    """An event of which every number names a row of this desk."""
    event.data = {key: _named(key, value, numbers) for key, value in event.data.items()}
    event.case_id = None if event.case_id is None else numbers["amends.case"][event.case_id]
    who, _, number = event.actor.partition(":")
    label = {"user": "amends.user", "customer": "amends.customer"}.get(who)
    event.actor = f"{who}:{numbers[label][int(number)]}" if label else event.actor
    return event


def _named(key: str, value: Any, numbers: Numbers) -> Any:
    match value:
        case bool() | None:
            return value
        case int() if key in NAMED:
            return numbers[NAMED[key]][value]
        case dict():
            return {inner: _named(inner, one, numbers) for inner, one in value.items()}
        case list():
            return [_named(key, one, numbers) for one in value]
    return value
