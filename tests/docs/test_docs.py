"""The documentation keeps its promises: links, decisions, settings, commands, capabilities, sizes."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from typer.main import get_command

from amends.method.gates import Gate
from amends.method.steps import Group, Step
from tests.docs.tables import FOLDER, GENERATED

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
MODULES = sorted((ROOT / "amends").rglob("*.py"))
HAND_WRITTEN = [path for path in MODULES if path.parent.name != "migrations"]
LONGEST_MODULE = 500
LARGEST_PICTURE = 250_000
COUNTS = [(0, 36), (1, 16), (2, 32), (3, 25), (4, 17)]
CAPABILITIES = [f"S{part}.{one}" for part, count in COUNTS for one in range(1, count + 1)]
FEATURES = [f"F{one}" for one in range(1, 36)]
WHOLE_METHOD = [f"F{one}" for one in (1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 26, 28, 29, 33, 34)]
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
VARIABLE = re.compile(r"AMENDS_[A-Z0-9_]+|DATABASE_URL")


def named(path: Path) -> str:
    """Return a path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def table_rows(page: Path) -> list[list[str]]:
    """Return the cells of every row of every table on a page, without headings and rulers."""
    rows = [line.strip().strip("|").split("|") for line in prose(page).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    rulers = [number for number, row in enumerate(cells) if set("".join(row)) <= set("-: ")]
    return [row for number, row in enumerate(cells) if number not in rulers and number + 1 not in rulers]


def numbers_in(cell: str) -> list[str]:
    """Return the numbers of features and capabilities in a cell."""
    return re.findall(r"F\d+|S\d\.\d+", cell)


CLAIMS = table_rows(DOCS / "capabilities.md")
SHOWN = [row for row in CLAIMS if len(row) == 3]


def variables_read() -> set[str]:
    """Return each environment variable of ours that a module of Amends asks the environment for."""
    return {name for path in HAND_WRITTEN for name in environment_names(ast.parse(path.read_text("utf-8")))}


def environment_names(tree: ast.AST) -> set[str]:
    """Return the strings in a module that are, as a whole, the name of one of our variables."""
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in strings if isinstance(value, str) and VARIABLE.fullmatch(value)}


def commands_offered() -> set[str]:
    """Return each command line that can be typed, such as "amends import mail"."""
    import amends.cli

    for module in pkgutil.iter_modules(amends.cli.__path__):
        importlib.import_module(f"amends.cli.{module.name}")
    return set(leaves("amends", get_command(amends.cli.app)))


def leaves(name: str, command: object) -> list[str]:
    """Return the full names of a command and everything below it that does something by itself."""
    below = getattr(command, "commands", {})
    visible = [(word, child) for word, child in below.items() if not child.hidden]
    return [leaf for word, child in visible for leaf in leaves(f"{name} {word}", child)] or [name]


def functions_in(module: Path) -> set[str]:
    """Return the names of the functions of a module; none when there is no such file."""
    if not module.is_file():
        return set()
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_there_is_something_to_check() -> None:
    assert len(PAGES) >= 15
    assert len(DECISIONS) >= 6
    assert MODULES


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [first or second for first, second in LINK.findall(prose(page))]
    inside = [target.split("#")[0] for target in targets if not re.match(r"https?:|mailto:", target)]
    missing = [target for target in inside if target and not (page.parent / target).exists()]
    assert not missing, f"{named(page)} links to what does not exist: {', '.join(missing)}"


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_a_decision_says_context_decision_and_price(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Price"]
    assert text.startswith(f"# {int(decision.name[:4])}. "), "the title begins with the decision's number"


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("module", HAND_WRITTEN, ids=named)
def test_a_module_is_short_and_says_what_it_is(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    lines = source.count("\n")
    assert lines <= LONGEST_MODULE, f"{named(module)} has {lines} lines: split it"
    assert ast.get_docstring(ast.parse(source)), f"{named(module)} does not begin with a docstring"


def test_every_setting_is_documented_and_no_other() -> None:
    rows = {name for row in table_rows(DOCS / "running/settings.md") for name in VARIABLE.findall(row[0])}
    assert variables_read() == rows


def test_every_command_is_documented_and_no_other() -> None:
    rows = table_rows(DOCS / "running/commands.md")
    documented = {row[0].strip("`") for row in rows if row[0].startswith("`amends")}
    assert commands_offered() == documented


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row[0])
def test_what_is_claimed_names_tests_that_exist(row: list[str]) -> None:
    named_tests = re.findall(r"`([^`]+)`", row[2])
    assert named_tests, f"{row[0]} names no test"
    missing = [test for test in named_tests if not exists(test)]
    assert not missing, f"{row[0]} in docs/capabilities.md names tests that do not exist: {', '.join(missing)}"


def test_the_lists_hold_each_feature_and_each_capability_once() -> None:
    missing = [one for row in CLAIMS if len(row) == 2 for one in numbers_in(row[1])]
    assert sorted([row[0] for row in SHOWN] + missing) == sorted(FEATURES + CAPABILITIES)


def test_each_feature_says_what_is_missing() -> None:
    assert [row[0] for row in SHOWN if row[0] in FEATURES and "*Missing:*" not in row[1]] == []


def test_the_page_counts_what_it_shows() -> None:
    shown = [row[0] for row in SHOWN]
    features = len(set(shown) & set(FEATURES))
    capabilities = len(set(shown) & set(CAPABILITIES))
    said = " ".join((DOCS / "capabilities.md").read_text(encoding="utf-8").split())
    assert f"{features} features and {capabilities} capabilities are shown by a test" in said
    assert f"the other {len(FEATURES) - features} and {len(CAPABILITIES) - capabilities} stand under" in said


@pytest.mark.parametrize("number", WHOLE_METHOD)
def test_the_features_of_the_method_are_shown(number: str) -> None:
    assert number in [row[0] for row in SHOWN], f"{number} names no test"


def exists(node: str) -> bool:
    """Return whether a test such as "tests/rooms/test_hear.py::test_x" is a function of that file that pytest runs."""
    path, _, name = node.partition("::")
    is_test = Path(path).name.startswith("test_") and name.startswith("test_")
    return is_test and path.startswith("tests/") and name in functions_in(ROOT / path)


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == GENERATED[name](), f"docs/running/{name} is old: run .venv/bin/python -m tests.docs.tables"


def test_every_route_and_kind_of_event_stands_in_its_page() -> None:
    from amends.cases.kinds import KINDS
    from amends.team.permissions import ROUTES

    routes = {row[0].strip("`") for row in table_rows(FOLDER / "permissions.md") if len(row) == 3}
    kinds = {row[0].strip("`") for row in table_rows(FOLDER / "events.md")}
    assert (routes, kinds) == (set(ROUTES), set(KINDS))


def test_the_method_names_every_step_group_and_gate() -> None:
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    words = [f"**{step.heading}**" for step in Step] + [group.value for group in Group] + [f"`{gate}`" for gate in Gate]
    assert [word for word in words if word not in text] == []


def test_every_picture_is_drawn_and_small() -> None:
    drawn = {path.name: path.stat().st_size for path in (DOCS / "pictures").glob("*.png")}
    shown = {name for page in PAGES for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))}
    assert shown == set(drawn)
    assert max(drawn.values()) <= LARGEST_PICTURE
