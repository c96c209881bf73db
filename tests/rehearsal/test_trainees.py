"""Scripted trainees come out in the order the evidence states."""

import statistics
from itertools import pairwise
from pathlib import Path

import pytest

from amends.rehearsal.rubric import rubric
from bench.rehearsal.__main__ import scores, table
from bench.rehearsal.trainees import TRAINEES

MEDIANS = {name: statistics.median(scores(acts_of)) for name, acts_of in TRAINEES.items()}
STATED = ["method", "no prevention", "warm only", "solver only", "over-apologiser", "over-promiser"]
WORST = ["excuse maker", "policy reader", "interrupter"]


def test_each_is_better_than_the_next() -> None:
    for better, worse in pairwise(STATED):
        assert MEDIANS[better] > MEDIANS[worse], (better, worse)


@pytest.mark.parametrize("name", ["no apology", "solution first"])
def test_leaving_out_the_person_costs_more_than_leaving_out_prevention(name: str) -> None:
    assert MEDIANS["no prevention"] > MEDIANS[name] > MEDIANS["warm only"]


def test_excuses_the_policy_and_interruptions_are_the_end_of_the_list() -> None:
    assert max(MEDIANS[name] for name in WORST) < MEDIANS["over-apologiser"]
    assert max(MEDIANS["policy reader"], MEDIANS["interrupter"]) < MEDIANS["excuse maker"]


def test_the_pass_mark_separates_the_method_from_the_rest() -> None:
    assert min(scores(TRAINEES["method"])) >= rubric().passed
    others = [name for name in TRAINEES if name not in ("method", "no prevention")]
    assert max(max(scores(TRAINEES[name])) for name in others) < rubric().passed
    assert max(scores(TRAINEES["no prevention"])) <= rubric().lead + 1


def test_the_page_shows_what_the_bench_prints() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "practice" / "index.md"
    assert table() in page.read_text("utf-8")
