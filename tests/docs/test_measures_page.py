"""The page on the figures shows what the bench measured, and the exact tables are made again here."""

import json

import pytest

from bench.measures.__main__ import KEPT, MARKED, PAGE, TABLES, written

FIGURES = json.loads(KEPT.read_text())
EXACT = ["csat", "times", "limits", "power"]


def test_every_table_is_as_its_figures_were_kept():
    assert written(PAGE.read_text(), FIGURES) == PAGE.read_text(), "run python -m bench.measures --page"


def test_every_table_is_shown_once():
    assert sorted(name for _, name, _ in MARKED.findall(PAGE.read_text())) == sorted(TABLES) == sorted(FIGURES)


@pytest.mark.parametrize("name", EXACT)
def test_an_exact_table_comes_out_the_same(name):
    assert [list(row) for row in TABLES[name]().rows] == FIGURES[name]["rows"]


def shares(name, column):
    """Return a column of per cent as numbers."""
    return [float(row[column].removesuffix(" %")) for row in FIGURES[name]["rows"]]


def test_a_change_that_does_nothing_is_said_to_have_worked_once_in_twenty_times_at_most():
    assert max(shares("triggers", 5) + shares("no_effect", 3)) <= 5


def test_the_interval_of_the_net_promoter_score_keeps_its_promise():
    assert min(shares("nps", 3)) >= 94


def test_the_example_prints_a_sentence(capsys):
    exec(PAGE.read_text().split("```python")[1].split("```")[0], {})
    assert capsys.readouterr().out.startswith("Net promoter score: +40 (")
