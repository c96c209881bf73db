"""Every gate failure on every path: nothing forbidden comes to be, and who asked is told the missing step.

The matrix fails when a way appears that is not in it: an address that takes a pressed button, a command, a verb,
a tool of assistants, a job of the worker.
"""

import ast
import inspect

import pytest
from django.db import transaction

from amends.verbs.table import VERBS
from tests.doors.conftest import GET_ONLY, routes
from tests.doors.paths import FORMS, PATHS, Try
from tests.doors.situations import SITUATIONS, WITHOUT_GATE

pytestmark = pytest.mark.django_db

# Refusals that look like a page or case that is not there say nothing of what they hide.
SILENT = {"priya"}


ON_PAGES = {"desk form", "keyboard"}


def rows(situation):
    """The forbidden records there are, with everything in them."""
    return {repr(sorted(row.items())) for model in situation.forbidden for row in model.objects.values()}


def says(situation, path, told):
    """Whether a refusal names what is missing."""
    wanted = situation.on_page if path in ON_PAGES and situation.on_page else situation.names
    return wanted.casefold() in told.casefold()


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)
def test_no_path_leaks(situation, recovery, tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    one = recovery()
    fields = situation.arrange(one)
    before, untold = rows(situation), []
    for name, path in PATHS.items():
        if name in situation.not_on:
            continue
        one.case.refresh_from_db()
        with transaction.atomic():
            told = path(Try(one, situation.who, situation.verb, fields, tmp_path))
            assert rows(situation) <= before, f"{situation.name} leaks by {name}"
            transaction.set_rollback(True)
        if told is not None and situation.who not in SILENT and not says(situation, name, told):
            untold.append((name, told[-300:]))
    assert untold == []


def test_the_matrix_has_a_cell_for_every_situation_on_every_path():
    cells = sum(len(set(PATHS) - set(situation.not_on)) for situation in SITUATIONS)
    print(f"{cells} cells: {len(SITUATIONS)} situations on {len(PATHS)} paths")  # noqa: T201 - a figure that is asked for
    assert cells > 30 * len(PATHS)
    assert all(set(situation.not_on) <= set(PATHS) for situation in SITUATIONS)
    assert all(situation.forbidden for situation in SITUATIONS)


def test_the_matrix_holds_every_verb():
    tried = {situation.verb for situation in SITUATIONS}
    assert tried | set(WITHOUT_GATE) == set(VERBS)
    assert not tried & set(WITHOUT_GATE)
    assert tried == set(FORMS)


# Each address that takes a button: the path that presses it, or why no verb with a gate stands behind it.
BUTTONS = {
    **dict.fromkeys(set(FORMS.values()), "desk form"),
    **dict.fromkeys(("api-verb", "api-do"), "REST"),
    "api-nowhere": "no verb: it says that there is nothing",
    **dict.fromkeys(("api-read", "api-check"), "no case: a text is read, nothing is kept"),
    "bulk": "bulk",
    "phrase-insertion": "phrase",
    "clarification": "nothing is stored: a question goes into the draft",
    "phrases": "no verb on a case: words are kept, not sent",
    "rules": "rule: what is made here is run by the path",
    "issues": "the verb hear, before which nothing comes",
    "cause": "the verb attribute",
    "assignment": "the verbs assign, unassign and pass_on",
    "take-next": "the verb take_next",
    **dict.fromkeys(
        ("care-switch", "care-moment", "care-break", "care-later", "care-wishes"), "about oneself, not a case"
    ),
    "polls": "one question below letters, not a case",
    "poll": "no verb: the customer's own answer, by the link of a letter that asked; it opens no gate",
    **dict.fromkeys(("ourselves", "ourselves-round"), "what people say of their own practice, not a case"),
    "rota": "the shifts of a team, not a case",
    "hand-over": "no verb with a gate: assign() asks its own, tests/rooms/test_hand_over.py",
    "snooze": "the verb snooze",
    "note": "the verb note",
    "answered": "the verb mark_answered",
    "reopening": "the verb reopen",
    **dict.fromkeys(
        ("person-file", "person-hold", "person-erasure", "person-answer"), "no verb: about a customer, not a case"
    ),
    "retention": "no verb: the policy's period for closed cases, confirmed",
    "offer-withdrawal": "the verb withdraw",
    "reply-undo": "the verb undo",
    "reply-check": "nothing is stored",
    "remark-aside": "no verb: about a remark on a draft, not about the case",
    "checks": "the checks of a team, not a case",
    "low-score": "the verb answer_low_score",
    **dict.fromkeys(
        ("survey", "survey-more", "survey-stop"),
        "no verb: the customer's own answer, by the link of a letter that asked; it opens no gate",
    ),
    **{"decision": "the verb decide", "decision-review": "the verb review_decision", "issue-split": "the verb split"},
    **{"issue-merger": "the verbs merge and unmerge", "issue-return": "the verb put_back", "subject": "name_subject"},
    **{"conduct": "set_boundary and limit_contact", "conduct-review": "the verb review_boundary"},
    "promises": "the verbs keep_promise, renegotiate and release",
    "spot-check": "the verb look_at, after the fact",
    **dict.fromkeys(("look-ask", "look"), "no verb: a draft is looked at by a colleague, nothing is sent"),
    **dict.fromkeys(("hint", "hint-dismissal"), "no verb: a word between two colleagues"),
    **dict.fromkeys(("debrief", "debrief-sharing"), "no verb: one's own looking back"),
    **dict.fromkeys(("coaching-letter", "coaching-said"), "no verb: between two colleagues, about a letter that left"),
    **dict.fromkeys(("study-writing", "study-reading"), "no verb: words about a closed case, nothing is sent"),
    "study-removal": "words in the library, not a case",
    "customer": "notes about a customer and what they like to be called: no verb with a gate",
    "gesture": "no verb: give() asks the same gate itself, tests/rooms/test_purse.py",
    "gesture-after": "what became of a gesture, after the fact",
    "gestures": "the budget of a team, not a case",
    "purchases": "purchases of everybody, not a case",
    "posts": "no verb with a gate: which case a public post is about, tests/rooms/test_posts.py",
    "team-settings": "the hours and the rule book of a team, not a case",
    "policy-change": "the policy of the house, not a case",
    **dict.fromkeys(
        (name for name in routes() if name.startswith("practice") and name not in GET_ONLY),
        "one's own practice, not a case",
    ),
    "prevention": "the verb name_cause",
    "cause-card": "the verbs that tend a cause, not a case",
    "second-coding": "no verb with a gate: a second opinion on a cause, tests/rooms/test_causes.py",
    "theme-decision": "a cause named or a hint put aside, not a case",
    "change": "the verbs agree_change and make_change",
    "training": "the verb agree_training",
    "newcomers": "the verb let_begin",
    "news": "the verbs tell and owe_again",
    "watch": "the verb state_claim",
    **dict.fromkeys(("insight-letter", "figures-stop"), "which letters a colleague gets, not a case"),
    "complaint-report": "figures of a quarter, not a case",
    "exposure": "the verb import_exposure",
    **dict.fromkeys((name for name in routes() if name.startswith("portal-")), "customer's page"),
    **dict.fromkeys(("account_login", "account_logout", "theme", "keys"), "one's own session and settings"),
}
COMMANDS = {
    "amends do": "amends do",
    "amends mcp": "assistant",
    "amends import mail": "import",
    "amends import exposure": "figures, not a case",
    "amends work": "jobs",
    "amends up": "jobs, and the pages of the other paths",
    "amends web": "the pages of the other paths",
    "amends intake": "keeps raw mail only",
    **dict.fromkeys(
        (f"amends {name}" for name in ("team", "person", "limit", "remedies")), "the desk itself, not a case"
    ),
    **dict.fromkeys((f"amends {name}" for name in ("token", "tokens", "revoke-token")), "keys, not a case"),
    **dict.fromkeys((f"amends {name}" for name in ("status", "verify", "policy", "read", "check")), "reads"),
    **dict.fromkeys(("amends give-out", "amends erase"), "no verb: about a customer, not a case"),
    "amends learn": "what reading learned, not a case",
    **dict.fromkeys((f"amends archive {name}" for name in ("write", "ask", "read")), "copies facts, changes no case"),
    "amends practise": "practice with nobody real, not a case",
    "amends manage": "Django's own commands, for whoever runs the machine",
}
JOBS = {
    **dict.fromkeys(("read_mail", "read_one", "open_raw", "put_into_case"), "mail"),
    **dict.fromkeys(("send_letters", "sweep", "run_rules", "forget"), "jobs"),
    "send_figures_due": "a letter to a colleague, which changes nothing of a case",
    "send_call_outs": "a letter to a colleague, which changes nothing of a case",
    "waiting_work": "counts",
    "erase_those_due": "no verb: about customers whose cases are closed, tests/rooms/test_retention.py",
    "read_exposure": "figures, not a case",
    "rewrite_files": "the files of the database, not a case",
}


def test_the_matrix_holds_every_address_that_takes_a_button(world, door):
    client, takes = door("ada"), set()
    for name in sorted(routes()):
        with transaction.atomic():
            response = client.post(world.url(name), {"to": "team"})
            transaction.set_rollback(True)
        takes |= {name} if response.status_code != 405 else set()
        client = door("ada") if name == "account_logout" else client
    looked_at_only = {"health", "home", "live", "queue", "case", "case-thread", "history", "mailroom", "ui-kit"}
    looked_at_only |= {"attachment", "raw-message", "unreadable", "sent-mail", "sent-letter", "api-schema"}
    looked_at_only |= {"offer-made", "overrides", "overrides-file", "policy", "policy-version", "second-look"}
    looked_at_only |= {"care", "care-cards", "thanks", "team-load"}
    looked_at_only |= {"approvals", "spot-checks"}
    assert takes - looked_at_only == set(BUTTONS)


def test_an_address_that_is_only_looked_at_changes_nothing_when_pressed(world, door):
    from tests.doors.conftest import everything

    client = door("ada")
    before = everything()
    for name in sorted(set(routes()) - set(BUTTONS) - {"live"}):
        client.post(world.url(name), {"text": "x", "words": "x", "reason": "x"})
    changed = {table for table, held in everything().items() if held != before[table]}
    assert changed <= {"sessions.Session"}


def test_the_matrix_holds_every_command():
    from tests.docs.test_docs import commands_offered

    assert commands_offered() == set(COMMANDS)


def test_the_matrix_holds_every_tool_of_assistants():
    from amends.cli.assistant import tools

    assert set(tools()) == set(VERBS) | {"read_case", "list_cases", "find_studies"}


def test_the_matrix_holds_every_job():
    import amends.jobs

    source = ast.parse(inspect.getsource(amends.jobs))
    written = {node.name for node in source.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    worker = next(node for node in source.body if isinstance(node, ast.ClassDef) and node.name == "Worker")
    called = {
        node.func.id for node in ast.walk(worker) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    domain = {
        name for name in called if getattr(getattr(amends.jobs, name, None), "__module__", "").startswith("amends")
    }
    assert written | (domain - {"beat"}) == set(JOBS) | {"Ear"} & domain
