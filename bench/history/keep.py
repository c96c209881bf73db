"""Keeping a history: every row of its desk as JSON, with marks where days, cases and the desk's address stand."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from amends.cases.event import Event
from amends.cases.ledger import verify
from amends.demo.kept import DESK, DRAFTS, EPOCH, KNOWN, NAMED, PLAIN, monday_of, seconds

LEFT_OUT = {"amends.event", "amends.eventwords", "amends.heartbeat", "amends.weektold", "amends.showing"}
FIRST_CASE = 7_000_001  # so that the number of a case is told from every other number in a text
MONTHS = [f"{date(2020, month, 1):%B}" for month in range(1, 13)]
_WORDED = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})( \d{{4}})?\b")
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_NUMBER = re.compile(r"\b7\d{6}\b")
_LINK = re.compile(r"/([cq])/\d[^/\s]*~[^/\s]*~[^/\s]*/")
FOREIGN = frozenset({"fingerprint", "body", "key", "previous", "hash"})
# A letter that left needs no envelope any more; the policy by which somebody was asked is not that of another desk.
EMPTIED = {("amends.outboxentry", "envelope"): {}, ("amends.surveyasked", "policy"): 1}


def number_cases() -> None:
    """Let the numbers of the cases begin where none is mistaken for another number."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('amends_case', %s)", [FIRST_CASE - 1])


def keep(path: Path, ends: datetime) -> dict[str, Any]:
    """Write everything that happened in this desk to a file; returns its figures."""
    content = {"ends": monday_of(ends).isoformat(), "known": _known(), "tables": list(_tables())}
    path.write_bytes(gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0))
    rows = {one["model"]: len(one["rows"]) for one in content["tables"]}
    chain = verify()
    return {"bytes": path.stat().st_size, "rows": sum(rows.values()), "chain_holds": chain.holds, **rows}


def _known() -> dict[str, dict[str, Any]]:
    return {
        label: {str(pk): name for pk, name in apps.get_model(label)._default_manager.values_list("pk", field)}
        for label, field in KNOWN.items()
    }


def _tables() -> Iterator[dict[str, Any]]:
    """Every table, the ledger last: its events name rows of the others, and are sealed anew where they arrive."""
    for model in _in_order():
        yield _table(model, model._meta.concrete_fields, model._default_manager.order_by("pk"))
    fields = [one for one in Event._meta.concrete_fields if one.name not in {"hash", "previous"}]
    yield _table(Event, fields, map(_whole, Event.objects.exclude(kind="policy_adopted").order_by("seq")))


def _whole(event: Event) -> Event:
    """An event with the words that stand beside it; where it arrives they are put beside it anew."""
    event.data |= {one.name: one.words for one in event.words.all()}
    return event


def _table(model: type[models.Model], fields: Sequence[Any], rows: Iterable[models.Model]) -> dict[str, Any]:
    names = [one.attname for one in fields]
    return {"model": model._meta.label_lower, "fields": names, "rows": [_row(one, fields) for one in rows]}


def _in_order() -> list[type[models.Model]]:
    """Every table with rows of its own, each after those it refers to."""
    waiting = {
        one._meta.label_lower: one
        for one in apps.get_app_config("amends").get_models(include_auto_created=True)
        if one._meta.label_lower not in {*KNOWN, *LEFT_OUT} and one._default_manager.exists()
    }
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = [label for label, one in waiting.items() if not _needs(one) & waiting.keys() - {label}]
        if not ready:
            raise RuntimeError(f"These tables refer to each other: {sorted(waiting)}")
        ordered += [waiting.pop(label) for label in ready]
    return ordered


def _needs(model: type[models.Model]) -> set[str]:
    """The tables a table refers to, and issues for a draft that names them in its text."""
    named = {"amends.issue"} if model._meta.label_lower in DRAFTS else set()
    return named | {one.related_model._meta.label_lower for one in model._meta.concrete_fields if one.related_model}


def _row(one: models.Model, fields: Sequence[Any]) -> list[Any]:
    near = next((getattr(one, field.attname) for field in fields if _is_time(field, one)), None)
    return [_value(one, field, near) for field in fields]


def _is_time(field: Any, one: models.Model) -> bool:
    return isinstance(field, models.DateTimeField) and getattr(one, field.attname) is not None


def _value(one: models.Model, field: Any, near: datetime | None) -> Any:
    value, where = getattr(one, field.attname), (one._meta.label_lower, field.name)
    if value is None or field.related_model or field.primary_key:
        return value
    if where in EMPTIED:
        return EMPTIED[where]
    if where == ("amends.message", "external_id") and getattr(one, "outgoing", False):
        return f"history-{one.pk}@lindqvist.example"
    if where == ("amends.event", "data"):
        _check_numbers(value)
    return _plain(value, near, foreign=field.name in FOREIGN)


def _plain(value: Any, near: datetime | None, *, foreign: bool) -> Any:
    match value:
        case datetime():
            return seconds(value)
        case date():
            return (value - EPOCH.date()).days
        case bytes() | memoryview():
            return bytes(value).decode()
        case str():
            return value if foreign else _marked(value, near)
        case list():
            return [_plain(one, near, foreign=foreign) for one in value]
        case dict():
            return {key: _plain(one, near, foreign=foreign) for key, one in value.items()}
    return value


def _marked(text: str, near: datetime | None) -> str:
    """A text with a mark for each day, each case and each link of ours in it."""
    text = _LINK.sub(r"/\1/past/", text.replace(settings.AMENDS_URL, DESK))
    text = _NUMBER.sub(r"⟦case \g<0>⟧", text)
    text = _ISO.sub(r"⟦\g<0>|%Y-%m-%d⟧", text)
    return _WORDED.sub(lambda found: _day(found, near), text)


def _day(found: re.Match[str], near: datetime | None) -> str:
    """The mark of a day in words; without its year it is the one nearest to when it was written."""
    day, month, year = int(found[1]), MONTHS.index(found[2]) + 1, found[3]
    assert near is not None, f"Nothing tells the year of “{found[0]}”."
    years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
    days = [date(one, month, day) for one in years if (month, day) != (2, 29) or one % 4 == 0]
    nearest = min(days, key=lambda one: abs(one - near.date()) / timedelta(days=1))
    return f"⟦{nearest.isoformat()}|%-d %B{' %Y' if year else ''}⟧"


def _check_numbers(data: dict[str, Any]) -> None:
    """No event may name a row that loading would not know how to name again."""
    for key, value in data.items():
        if isinstance(value, int) and not isinstance(value, bool) and key not in {*NAMED, *PLAIN, "policy"}:
            raise RuntimeError(f"The number under “{key}” in an event is of no known table: {data}")
