"""The changes that bin/mutate makes, and that a round which learnt nothing says so."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.mutants import mutants
from bench.mutate import NothingLearnt, Target, Tried, changes_of, read_targets, report

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
def grant(rows, by, cents, limit=10):
    check(by)
    record("granted", 1, cents=cents)
    if cents > limit and not by.lead:
        raise ValueError(f"{cents + 1} is too much" if cents else "Nothing")
    return [row for row in rows.filter(open=True, team=by.team) if row.cents <= limit]
"""


def changes(source: str = SOURCE) -> set[str]:
    return {one.change for one in mutants(source, "grant.py")}


def test_a_check_a_refusal_and_a_line_of_the_ledger_are_left_out():
    assert {"check(by) → pass", "record('granted', 1, cents=cents) → pass"} <= changes()
    assert any(one.startswith("raise ValueError") and one.endswith("→ pass") for one in changes())


def test_a_bound_moves_a_condition_goes_and_a_row_is_let_in():
    assert {
        "cents > limit → cents >= limit",
        "cents > limit and (not by.lead) → cents > limit",
        "not by.lead → by.lead",
        "rows.filter(open=True, team=by.team) → rows.filter(open=True)",
        "rows.filter(open=True, team=by.team) → rows",
        "row.cents <= limit → row.cents < limit",
    } <= changes()


def test_what_is_said_is_not_changed():
    assert not any("cents - 1" in one or "'Nothing' if" in one or "record('granted', 2" in one for one in changes())


def test_a_changed_function_does_what_the_change_says():
    def fits(cents, limit):
        return cents <= limit

    source = "def fits(cents, limit):\n    return cents <= limit\n"
    changed = {one.change: one.code for one in mutants(source, "fits.py")}
    assert fits(5, 5)
    fits.__code__ = changed["cents <= limit → cents < limit"]
    assert not fits(5, 5)


@pytest.mark.parametrize("target", read_targets(), ids=lambda one: one.path)
def test_what_is_listed_is_there(target):
    assert all((ROOT / test).exists() for test in target.tests)
    assert set(target.known) <= {name for name, _ in changes_of(target)}
    assert all(len(reason) > 20 for reason in target.known.values())


def test_a_file_nobody_listed_is_refused():
    with pytest.raises(NothingLearnt, match=r"setup.py is not listed"):
        read_targets(["setup.py"])


def test_nothing_tried_and_a_known_change_that_is_gone_are_said():
    target = Target("amends/method/gates.py", (), {})
    with pytest.raises(NothingLearnt, match="nothing was tried"):
        report(target, Tried())
    with pytest.raises(NothingLearnt, match="is not there"):
        report(Target(target.path, (), {"offer_gate: a → b": "because"}), Tried(made=1, noticed=1))


def a_round(test: Path) -> subprocess.CompletedProcess[str]:
    said = f"read_targets=lambda _: [bench.mutate.Target('amends/method/gates.py', ({str(test)!r},), {{}})]"
    script = f"import sys, bench.mutate; bench.mutate.{said}; sys.argv[1:] = []; sys.exit(bench.mutate.main())"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)


def test_a_round_whose_tests_fail_before_anything_is_changed_ends_with_2(tmp_path):
    (tmp_path / "test_it.py").write_text("def test_it():\n    assert False, 'it fails anyway'\n")
    ended = a_round(tmp_path / "test_it.py")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "fail before anything is changed" in ended.stderr
    assert "it fails anyway" in ended.stderr


def test_a_round_whose_tests_ask_for_nothing_shows_what_survived(tmp_path):
    (tmp_path / "test_it.py").write_text("def test_it():\n    assert True\n")
    ended = a_round(tmp_path / "test_it.py")
    assert ended.returncode == 1
    assert "0 noticed" in ended.stdout
    assert "if entitlement: → if True:" in ended.stdout
