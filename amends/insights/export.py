"""A table as a file: CSV in which no cell is run by a spreadsheet (CWE-1236)."""

import csv
from collections.abc import Iterator

from amends.insights.answer import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(words: str) -> str:
    """The words of a cell, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{words}" if words.startswith(FORMULA) or words.lstrip().startswith(FORMULA) else words


class _Line:
    """Where the csv module writes: it hands the line on."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def csv_lines(table: Table) -> Iterator[str]:
    """The table as lines of CSV, heads first."""
    writer = csv.writer(_Line())
    yield str(writer.writerow([plain_cell(head.label) for head in table.heads]))
    for row in table.rows:
        yield str(writer.writerow([plain_cell(cell.text) for cell in row]))
