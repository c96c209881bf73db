"""Rows of a kept history on their way into a desk: made ready before, so that the desk is held up only for a moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models

from amends.demo.kept import CASE, DRAFTS, EPOCH, moment

Numbers = dict[str, dict[int, int]]
_WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table with everything in them but numbers as the database takes it.

    `own` is the place of a row's own number, None where that is another's; `refers` names the table that the number in
    a place is of, `marked` are the places of texts with the number of a case, `draft` that of one that names issues.
    """

    model: type[models.Model]
    names: tuple[str, ...]
    rows: list[list[Any]]
    own: int | None
    refers: dict[int, str]
    marked: tuple[tuple[int, int], ...]
    draft: int | None

    @property
    def label(self) -> str:
        """The name of the table in the file."""
        return self.model._meta.label_lower

    def renumber(self, numbers: Numbers) -> None:
        """Give every row numbers of this desk; its own are entered into `numbers`."""
        if self.own is not None:
            fresh = fresh_numbers(self.model, len(self.rows))
            numbers[self.label] = dict(zip([row[self.own] for row in self.rows], fresh, strict=True))
        for place, label in self.refers.items():
            known = numbers.get(label, {})
            for row in self.rows:
                row[place] = None if row[place] is None else known[row[place]]
        if self.own is not None:
            for row in self.rows:
                row[self.own] = numbers[self.label][row[self.own]]
        if self.draft is not None:
            for row in self.rows:
                row[self.draft] = self._draft(row[self.draft], numbers["amends.issue"])
        for number, place in self.marked:
            self.rows[number][place] = with_cases(self.rows[number][place], numbers)

    def _draft(self, draft: dict[str, Any], issues: dict[int, int]) -> Any:
        column: Any = self.model._meta.get_field(DRAFTS[self.label])
        return column.get_db_prep_save({**draft, "issues": [issues[one] for one in draft["issues"]]}, connection)

    def insert(self) -> None:
        """Write the rows."""
        quoted = connection.ops.quote_name
        known = {one.attname: one.column for one in self.model._meta.concrete_fields}
        columns = [quoted(known[name] or name) for name in self.names]
        places = ", ".join(["%s"] * len(columns))
        table = quoted(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", self.rows)  # noqa: S608


def made_ready(label: str, names: Sequence[str], rows: Sequence[Sequence[Any]], weeks: int) -> Table:
    """One table of the file, moved by so many weeks; a column the file does not know yet has its default."""
    model = apps.get_model(label)
    columns: list[Any] = [model._meta.get_field(name) for name in names]
    draft = names.index(DRAFTS[label]) if label in DRAFTS else None
    makers = [None if place == draft else _maker(column, weeks) for place, column in enumerate(columns)]
    since = [one for one in model._meta.concrete_fields if one.attname not in names and not one.primary_key]
    defaults = [one.get_db_prep_save(one.get_default(), connection) for one in since]
    ready = [
        [value if make is None or value is None else make(value) for make, value in zip(makers, row, strict=True)]
        + defaults
        for row in rows
    ]
    texts = [place for place, column in enumerate(columns) if isinstance(column, models.TextField | models.CharField)]
    own = next((place for place, column in enumerate(columns) if column.primary_key and not column.related_model), None)
    return Table(
        model=model,
        names=(*names, *(one.attname for one in since)),
        rows=ready,
        own=own,
        refers={
            place: column.related_model._meta.label_lower
            for place, column in enumerate(columns)
            if column.related_model is not None
        },
        marked=tuple(
            (number, place)
            for number, row in enumerate(ready)
            for place in texts
            if isinstance(row[place], str) and "⟦" in row[place]
        ),
        draft=draft,
    )


def _maker(column: Any, weeks: int) -> Callable[[Any], Any] | None:
    """What makes the value of a column from that of the file; None where it stays."""

    def saved(value: Any) -> Any:
        return column.get_db_prep_save(value, connection)

    shift, begun = weeks * _WEEK, EPOCH.date() + timedelta(weeks=weeks)
    match column:
        case models.ForeignKey():
            return None
        case models.DateTimeField():
            return lambda gone: saved(moment(gone + shift).astimezone(UTC))
        case models.DateField():
            return lambda days: saved(begun + timedelta(days=days))
        case models.BinaryField():
            return lambda words: saved(words.encode())
        case models.JSONField():
            return saved
    return None


def with_cases(text: str, numbers: Numbers) -> str:
    """A text with the numbers of this desk's cases."""
    return CASE.sub(lambda found: str(numbers["amends.case"][int(found[1])]), text)


def fresh_numbers(model: type[models.Model], count: int) -> list[int]:
    """So many numbers that no row of a table has, had or gets; asked for inside the transaction that uses them."""
    table, own = model._meta.db_table, model._meta.pk
    assert own is not None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(asked, [f'"{table}"', own.column, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))
