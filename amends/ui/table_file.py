"""A table as a file for a spreadsheet, line by line, with no cell a spreadsheet would take for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The response that saves these rows under this name, in UTF-8 and with commas (RFC 4180)."""
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def plain_cell(words: Any) -> str:
    """The words of a cell, with an apostrophe before what a spreadsheet would run as a formula (CWE-1236)."""
    said = str(words)
    return f"'{said}" if said.startswith(FORMULA) or said.lstrip().startswith(FORMULA) else said


class _Line:
    """Where the csv module writes: it hands the line on."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    for row in chain([heads], rows):
        yield str(writer.writerow([plain_cell(cell) for cell in row]))
