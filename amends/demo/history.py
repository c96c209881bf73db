"""Putting eighteen months behind the sample company: what `bench/history` lived through, moved so that it ends last week.

Everything or nothing, once: the rows get numbers of this desk, and the ledger seals their events like any others.
"""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from amends.cases.errors import AlreadyDone, NotPossible
from amends.cases.event import Event
from amends.cases.ledger import SYSTEM, record, retell, writing
from amends.customers.models import Address
from amends.demo.kept import CASE, DESK, EPOCH, HISTORY, KNOWN, MARKED, NAMED, moment, monday_of
from amends.prevention.exposure import Exposure
from amends.team.policy import current_version

LOADED = "history_loaded"
_EVENT, _CASE = "amends.event", "amends.case"
_WEEK = 7 * 24 * 3600


def has_history() -> bool:
    """Whether this desk has its eighteen months already."""
    return Event.objects.filter(kind=LOADED).exists()


def load_history(now: datetime, path: Path = HISTORY) -> int:
    """Put the history into this desk so that it ends last week; returns how many cases it has.

    Raises AlreadyDone the second time, NotPossible where the company is another one or has figures of its own.
    """
    kept = json.loads(_moved(gzip.decompress(path.read_bytes()).decode(), now))
    loading = Loading(weeks=_weeks(kept["ends"], now), numbers={})
    with writing():
        if has_history():
            raise AlreadyDone("This desk has its history already.")
        loading.numbers = {label: _known(label, rows) for label, rows in kept["known"].items()}
        for table in kept["tables"]:
            _check_free(table)
            loading.put(table["model"], table["fields"], table["rows"])
        cases = len(loading.numbers[_CASE])
        record(LOADED, None, SYSTEM, now, count=cases)
    return cases


def _weeks(ended: str, now: datetime) -> int:
    """By how many weeks everything moves."""
    return (monday_of(now) - date.fromisoformat(ended)).days // 7


def _moved(text: str, now: datetime) -> str:
    """The text of the file with every marked day moved, and the address of this desk."""
    ended = re.match(r'\{"ends":"([\d-]+)"', text)
    assert ended is not None, "the file begins with the day its history ends"
    shift = timedelta(weeks=_weeks(ended[1], now))
    days = lru_cache(maxsize=4096)(lambda day, style: f"{date.fromisoformat(day) + shift:{style}}")
    return MARKED.sub(lambda found: days(found[1], found[2]), text.replace(DESK, settings.AMENDS_URL))


def _known(label: str, rows: dict[str, Any]) -> dict[int, int]:
    """The number here of each row the desk has already; raises NotPossible where it has not."""
    if label == "amends.policyversion":
        return dict.fromkeys(map(int, rows), current_version().pk)
    model, name = apps.get_model(label), KNOWN[label]
    here = dict(model._default_manager.values_list(name, "pk"))
    missing = sorted(set(rows.values()) - here.keys())
    if missing:
        raise NotPossible(
            f"The history is that of the sample company, and “{missing[0]}” is not here. "
            "Begin with a folder of its own: AMENDS_HOME=… amends up --sample."
        )
    return {int(old): here[value] for old, value in rows.items()}


def _check_free(table: dict[str, Any]) -> None:
    """Raise NotPossible where the desk knows one of its customers or weeks already."""
    if table["model"] == "amends.address":
        values = [row[table["fields"].index("value")] for row in table["rows"]]
        first = Address.objects.filter(value__in=values[:1] + values[-1:]).first()
        if first:
            raise NotPossible(f"{first.value} is a customer of this desk already, so no history is put behind it.")
    if table["model"] == "amends.exposure" and Exposure.objects.filter(name="orders").exists():
        raise NotPossible("This desk has weekly figures of its orders already, so no history is put behind it.")


@dataclass
class Loading:
    """A history on its way in: how many weeks it moves, and the number here of each row by its old one."""

    weeks: int
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)

    def put(self, label: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put the rows of one table in."""
        model = apps.get_model(label)
        own = model._meta.pk
        assert own is not None
        counted = own.attname if own.related_model is None else ""
        makers = [_Maker(model._meta.get_field(name), self) for name in names]
        olds = [row[names.index(counted)] if counted else None for row in rows]
        made = [model(**dict(self._values(names, makers, row, counted))) for row in rows]
        if label == _EVENT:
            retell([self._renamed(event) for event in made])
            return
        model._default_manager.bulk_create(made)
        self.numbers[label] = {old: one.pk for old, one in zip(olds, made, strict=True) if old is not None}

    @staticmethod
    def _values(
        names: Sequence[str], makers: Sequence["_Maker"], row: Sequence[Any], counted: str
    ) -> Iterator[tuple[str, Any]]:
        for name, maker, value in zip(names, makers, row, strict=True):
            if name != counted:
                yield name, None if value is None else maker.made(value)

    def case(self, text: str) -> str:
        """A text with the numbers of this desk's cases."""
        return CASE.sub(lambda found: str(self.numbers[_CASE][int(found[1])]), text) if "⟦" in text else text

    def _renamed(self, event: Any) -> Event:
        """An event of which every number names a row of this desk."""
        assert isinstance(event, Event)
        event.data = {key: self._named(key, value) for key, value in event.data.items()}
        who, _, number = event.actor.partition(":")
        label = {"user": "amends.user", "customer": "amends.customer"}.get(who)
        event.actor = f"{who}:{self.numbers[label][int(number)]}" if label else event.actor
        return event

    def _named(self, key: str, value: Any) -> Any:
        match value:
            case bool() | None:
                return value
            case int() if key in NAMED:
                return self.numbers[NAMED[key]][value]
            case dict():
                return {inner: self._named(inner, one) for inner, one in value.items()}
            case list():
                return [self._named(key, one) for one in value]
        return value


class _Maker:
    """Makes the value of one field from what the file says."""

    def __init__(self, column: Any, loading: Loading) -> None:
        self.made = self._of(column, loading)

    @staticmethod
    def _of(column: Any, loading: Loading) -> Any:
        if column.related_model is not None:
            numbers = loading.numbers.get(column.related_model._meta.label_lower, {})
            return numbers.__getitem__
        match column:
            case models.DateTimeField():
                shift = loading.weeks * _WEEK
                return lambda gone: moment(gone + shift).astimezone(UTC)
            case models.DateField():
                begun = EPOCH.date() + timedelta(weeks=loading.weeks)
                return lambda days: begun + timedelta(days=days)
            case models.BinaryField():
                return str.encode
            case models.TextField() | models.CharField():
                return loading.case
        return lambda value: value
