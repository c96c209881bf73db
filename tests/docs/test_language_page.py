"""The page on reading and checking shows the kept figures and no other."""

import re

import pytest

from bench.language.publish import FOLDER, MARKED, PAGE, SCRIPTS, kept_figures, written

BY_HAND = MARKED.sub("", PAGE.read_text())
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def test_every_table_is_as_its_figures_were_kept():
    assert written(PAGE.read_text()) == PAGE.read_text(), "run python -m bench.language.publish --page"


def test_every_kept_figure_is_shown_once_and_can_be_measured_again():
    shown = [name for _, name, _ in MARKED.findall(PAGE.read_text())]
    assert sorted(shown) == sorted(path.stem for path in FOLDER.glob("*.json"))
    assert set(shown) <= set(SCRIPTS)


def test_nobody_typed_a_figure():
    assert re.findall(r"\d[\d.,]* ?%|\d\.\d", CODE.sub("", BY_HAND)) == []
    assert "|" not in CODE.sub("", BY_HAND)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_kept_figures_say_when_and_of_what(path):
    kept = kept_figures(path.stem)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept["date"])
    assert re.fullmatch(r"commit [0-9a-f]{9}", kept["commit"]), "measure again with everything committed"
    assert kept["command"] == SCRIPTS[path.stem][0]
    assert kept["rows"]
    assert all(len(row) == len(kept["head"]) for row in kept["rows"])


def test_the_example_prints_remarks(capsys):
    exec(CODE.search(PAGE.read_text()).group().removeprefix("```python").removesuffix("```"), {})
    assert capsys.readouterr().out.startswith("C")
