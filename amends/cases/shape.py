"""Questions asked at every step of every case: Django composes their SQL once, then only the case differs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

ANY_CASE = -7_777_777_777


@dataclass(frozen=True, slots=True)
class _Composed:
    """The SQL of one question with the values it is asked with, and what turns an answer into Python's values."""

    sql: str
    values: tuple[Any, ...]
    compiler: SQLCompiler


class Shape:
    """One question about a case, as a query of `values_list`; composing it costs more than asking it (decision 12)."""

    def __init__(self, query: Callable[[int], "QuerySet[Any, tuple[Any, ...]]"]) -> None:
        """Keep the query; it is composed when it is first asked."""
        self.query = query
        self._composed: _Composed | None = None

    def rows(self, case: int) -> list[tuple[Any, ...]]:
        """What the query answers for this case, the same as the query itself."""
        asked = self._composed or self._compose()
        with connection.cursor() as cursor:
            cursor.execute(asked.sql, [case if value == ANY_CASE else value for value in asked.values])
            return [tuple(row) for row in asked.compiler.results_iter([cursor.fetchall()])]

    def _compose(self) -> _Composed:
        compiler = self.query(ANY_CASE).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        self._composed = _Composed(sql, tuple(values), compiler)
        return self._composed
