"""The page of standards: every number once, every named test there, nothing left without a word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from amends.method.profile import PROFILES, Kind, profile_of
from tests.docs.test_docs import DOCS, ROOT, functions_in, table_rows

IDS = (Path(__file__).parent / "standard_ids.txt").read_text(encoding="utf-8").split()
ROWS = [row for row in table_rows(DOCS / "standards.md") if len(row) == 3]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WITHOUT_TEST = re.compile(r"(not applicable|not yet): \w.+|needs the legal text")


def test_every_number_stands_there_once_and_no_other() -> None:
    assert len(IDS) == len(set(IDS)) == 80
    assert sorted(row[0] for row in ROWS) == sorted(IDS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_names_a_test_that_exists_or_says_why_there_is_none(row: list[str]) -> None:
    found = NAMED.fullmatch(row[2])
    if found is None:
        assert WITHOUT_TEST.fullmatch(row[2]), f"{row[0]} says neither a test nor why there is none"
    else:
        assert found[2] in functions_in(ROOT / found[1]), f"{row[0]} names a test that does not exist: {row[2]}"


def clauses() -> Iterator[tuple[str, Kind]]:
    """Return the number and kind of each clause of each profile."""
    for key in PROFILES:
        yield from ((clause.id, clause.kind) for clause in profile_of(key).clauses)


def test_each_clause_of_a_profile_is_a_number_of_the_page_and_each_clock_has_its_test() -> None:
    shown = {row[0]: row[2] for row in ROWS}
    assert {number for number, _ in clauses()} <= set(IDS)
    untested = [number for number, kind in clauses() if kind is Kind.CLOCK and "test_profile.py::" not in shown[number]]
    assert untested == []


def test_the_page_says_that_nobody_compared_it_with_the_law() -> None:
    assert "nobody of this project has compared" in (DOCS / "standards.md").read_text(encoding="utf-8")
