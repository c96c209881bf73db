"""Invariant 5: the doors, and the table they share, write no record: a verb of the rooms does."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "amends"
DOORS = ["cli", "jobs.py", "desk", "portal", "api", "ui", "verbs"]
WRITES = {"create", "save", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MORE = {f"a{name}" for name in WRITES}

# Where a door may write, what, and why it is nobody's case.
ALLOWED = {
    ("desk/views/health.py", "save"): "one's own settings",
    ("cli/company.py", "get_or_create"): "setting the desk up",
    ("cli/company.py", "update_or_create"): "setting the desk up",
    ("cli/imports.py", "create"): "raw mail is kept as it came; reading it is the worker's verb",
    ("api/kept.py", "create"): "the API's own memory of what it answered",
    ("api/kept.py", "delete"): "the API's own memory of what it answered",
    ("verbs/rules.py", "create"): "a rule is made: nothing of a case",
    ("verbs/rules.py", "update"): "a rule is stopped: nothing of a case",
    ("verbs/run_rules.py", "create"): "what came of a rule",
    ("verbs/run_rules.py", "save"): "how far a rule has read",
    ("verbs/run_rules.py", "update"): "a rule waits on: the customer is still writing",
    ("verbs/waiting.py", "create"): "a rule waits",
    ("verbs/waiting.py", "delete"): "a rule waits for the newest message of an account",
}


def writes() -> set[tuple[str, str]]:
    """Each call in a door that writes a record, by file and name."""
    found = set()
    for door in DOORS:
        place = ROOT / door
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node.func):
                    found.add((path.relative_to(ROOT).as_posix(), node.func.attr))
    return found


def _is_write(called: ast.Attribute) -> bool:
    """A method of a record or of a set of records; `update` and the like of dicts and hashes are told apart by name."""
    if called.attr not in WRITES | MORE:
        return False
    text = ast.unparse(called.value)
    return called.attr not in {"update", "delete"} or "objects" in text or ".filter(" in text or ".all()" in text


def test_doors_write_no_record():
    assert writes() == set(ALLOWED)
