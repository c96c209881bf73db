"""A table as a file: no cell is run by a spreadsheet, and no word of it is lost."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as some

from amends.ui.table_file import plain_cell, table_file

RUNS = tuple("=+-@\t\r")


@given(some.text())
def test_no_cell_begins_as_a_formula_and_no_word_is_lost(text):
    cell = plain_cell(text)
    assert not cell.startswith(RUNS)
    assert not cell.lstrip().startswith(RUNS)
    assert cell in (text, f"'{text}")


@given(some.sampled_from(RUNS), some.text())
def test_what_begins_as_a_formula_is_quoted(sign, rest):
    assert plain_cell(sign + rest) == f"'{sign}{rest}"


@given(some.lists(some.tuples(some.text(), some.text()), min_size=1))
def test_a_table_read_back_has_its_rows(pairs):
    file = table_file("t.csv", ["a", "b"], pairs).getvalue().decode()
    read = list(csv.reader(io.StringIO(file, newline="")))
    assert len(read) == len(pairs) + 1
    assert all(not cell.lstrip().startswith(RUNS) for row in read for cell in row)
