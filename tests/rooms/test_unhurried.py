"""F33: time spent on a complaint is no target, and nobody is ranked. What is checked, and no more, is written here.

1. No name that a setting, policy key, field of a record, address, right, kind of event or command has, and no word on a
   page, speaks of handling time, leaderboards or rankings, save the sentences that say there are none.
2. Each length of time in the policy stands in a list below with what it measures, and so does each published promise.
   A new one fails here until somebody has said what it measures.
3. No query of ours groups rows by a person to count or sum them, save the ones named below with their reason.

Not seen: counting people in plain Python over rows, and a name that hides what it measures.
"""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import apps

from amends.cases.kinds import KINDS
from amends.method.policy import MEASURES, Policy
from amends.team.permissions import ROUTES, Right
from tests.docs.test_docs import commands_offered, variables_read

AMENDS = Path(__file__).resolve().parents[2] / "amends"
HURRY = re.compile(
    r"handl(e|ing)[ _-]?times?|\baht\b|talk[ _-]?time|leader[ _-]?board|\brank(s|ed|ing|ings)?\b"
    r"|top[ _-]?(agents?|people|performers?)|fastest|slowest|time[ _-]spent"
    r"|time[ _-]per[ _-](case|agent|person|complaint)"
    r"|(cases|closed|replies|complaints)[ _-]per[ _-](agent|person|hour|day)|productivity",
    re.IGNORECASE,
)
SAID_SO = re.compile(r"[^.]*(has no target here|is never a target)[^.]*\.")
WAITING = {
    "offer_open_days": "a customer may think it over",
    "follow_up_days": "after the delivery we ask whether it is still right",
    "reply_hours": "a customer waits for the first answer",
    "update_days": "a customer hears nothing",
    "agree_days": "a customer waits until it is agreed what puts it right",
    "double_deviation_days": "the same trouble means that the solution was wrong",
    "promise_warn_hours": "before a promise to a customer is due",
    "listen_minutes": "a customer may still be writing, and nothing answers by itself",
    "survey_after_days": "an outcome is lived with before we ask how it was",
    "survey_open_days": "a customer waits without an outcome",
    "survey_every_days": "a customer is left in peace",
    "survey_reminder_days": "a customer did not answer",
    "low_score_hours": "a dissatisfied customer waits to hear from a person",
    "conduct_review_days": "a boundary holds before somebody else looks at it",
    "keep_days": "what we hold about a customer is kept, before it is erased",
    "certificate_days": "what somebody proved they can do counts, before they show it anew",
}
PROMISED = {"first_reply": "a customer waits for a person", "refund": "a customer waits for their money"}
COUNTED_FOR: dict[str, str] = {}


def names() -> set[str]:
    """Every name by which something can be set, kept, reached, granted, told or typed."""
    kept = {f"{model.__name__} {field.name}" for model in apps.get_models() for field in model._meta.get_fields()}
    policy = {field.name for field in fields(Policy)} | set(MEASURES)
    return (
        kept
        | policy
        | set(ROUTES)
        | {right.value for right in Right}
        | set(KINDS)
        | commands_offered()
        | variables_read()
    )


def test_no_name_speaks_of_hurry_or_rank():
    assert len(names()) > 300
    assert [name for name in sorted(names()) if HURRY.search(name.replace("_", " "))] == []


@pytest.mark.parametrize(
    "words", ["avg_handle_time", "handling time", "Leaderboard", "top agents", "cases_per_agent", "AHT"]
)
def test_the_words_looked_for_are_found(words):
    assert HURRY.search(words)


def test_no_page_speaks_of_them_save_to_say_that_there_are_none():
    pages = {path: path.read_text() for path in AMENDS.rglob("*.html")}
    assert len(pages) > 50
    assert [str(path) for path, text in pages.items() if HURRY.search(SAID_SO.sub("", text))] == []
    assert any(SAID_SO.search(text) for text in pages.values())


def test_each_length_of_time_in_the_policy_is_one_a_customer_or_a_record_waits():
    times = {field.name for field in fields(Policy) if re.search("_(minutes|hours|days|weeks|seconds)$", field.name)}
    assert times == set(WAITING)
    assert set(MEASURES) == set(PROMISED)


def people() -> set[str]:
    """The names of the fields that hold a person of the team."""
    found = (field for model in apps.get_models() for field in model._meta.fields)
    return {field.name for field in found if field.related_model and field.related_model.__name__ == "User"}


def groupings(tree: ast.AST) -> list[str]:
    """Each query in a module that groups by a person and counts, as written."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [ast.unparse(call) for call in calls if call.func.attr in ("annotate", "aggregate") and _by_person(call)]


def _by_person(call: ast.Call) -> bool:
    grouped = [
        node
        for node in ast.walk(call.func)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("values", "values_list")
    ]
    named = [arg.value for node in grouped for arg in node.args if isinstance(arg, ast.Constant)]
    parts = {part.removesuffix("_id") for name in named for part in str(name).split("__")}
    return bool(parts & people())


def test_a_query_that_counts_by_person_would_be_found():
    written = "Closure.objects.values('by').annotate(n=Count('pk')).order_by('-n')"
    assert groupings(ast.parse(written)) == ["Closure.objects.values('by').annotate(n=Count('pk'))"]
    assert groupings(ast.parse("Closure.objects.values('case').annotate(n=Count('pk'))")) == []


def test_no_query_counts_by_person():
    found = {
        f"{path.relative_to(AMENDS)}: {written}"
        for path in AMENDS.rglob("*.py")
        for written in groupings(ast.parse(path.read_text()))
    }
    assert found == set(COUNTED_FOR)
