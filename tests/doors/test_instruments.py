"""Reading a message and checking a draft without a desk: the terminal, line by line, and over the API."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from django.core.cache import cache
from django.test import Client
from typer.testing import CliRunner

from amends.cli import app
from amends.team.token import make_token

COMPLAINT = (
    "The grey desk came nine days late and one leg is broken. I rang three times and nobody called back.\n"
    "I want my 89 euros back.\n\nMaria Oduya\n"
)
EXCUSE = (
    "Dear Maria,\n\nWe apologise for any inconvenience. Our courier has been very busy due to high demand.\n"
    "We will get back to you as soon as possible.\n"
)


@pytest.fixture
def amends(tmp_path, monkeypatch):
    """`amends …` in an empty folder, where no desk was ever set up."""
    from amends.cli import check, read  # noqa: F401 - each adds its command

    monkeypatch.chdir(tmp_path)
    (tmp_path / "complaint.txt").write_text(COMPLAINT)
    (tmp_path / "reply.txt").write_text(EXCUSE)
    return lambda *words, stdin=None: CliRunner().invoke(app, list(words), input=stdin)


def test_a_complaint_is_read_in_the_customers_words(amends):
    reading = json.loads(amends("read", "complaint.txt", "--json").stdout)
    assert reading["language"] == "en"
    assert reading["complaint"]["is"] is True
    assert len(reading["issues"]) >= 2
    assert all(COMPLAINT[one["start"] : one["end"]] == one["span"] for one in reading["issues"])
    assert "refund" in reading["asks"]
    assert {"severity", "threats", "vulnerable", "safety", "repeat_failure", "facts", "missing"} <= set(reading)


def test_what_it_prints_for_a_person_names_each_issue(amends):
    told = amends("read", "-", stdin=COMPLAINT)
    assert told.exit_code == 0
    assert told.stdout.startswith("A complaint (")
    assert "nobody called back" in told.stdout


def test_findings_are_printed_like_a_linter_does(amends):
    told = amends("check", "reply.txt", "--to", "complaint.txt")
    assert told.exit_code == 1
    rows = told.stdout.splitlines()
    assert any(row.startswith("reply.txt:3:") and " C03 generic_apology: " in row for row in rows)
    assert any(row.startswith("reply.txt:4:") and " C19 vague_when: " in row for row in rows)


def test_places_in_json_are_places_in_the_draft(amends):
    findings = json.loads(amends("check", "reply.txt", "--to", "complaint.txt", "--json").stdout)
    assert findings
    assert all(EXCUSE[one["start"] : one["end"]] == one["text"] for one in findings)
    assert {one["level"] for one in findings} <= {"stop", "warn", "hint"}


def test_the_issue_a_finding_is_about_is_named(amends):
    issues = ("--issue", "one leg is broken")
    findings = json.loads(amends("check", "reply.txt", "--to", "complaint.txt", "--json", *issues).stdout)
    assert {one["issue"] for one in findings} <= {None, "one leg is broken"}
    assert "one leg is broken" in {one["issue"] for one in findings}


def test_objects_go_in_and_come_out_with_their_reading(amends):
    given = [{"id": 7, "text": COMPLAINT}, {"id": 8, "text": "When do you open on Sunday?"}]
    told = amends("read", "--jsonl", "-", stdin="".join(json.dumps(one) + "\n" for one in given))
    rows = [json.loads(row) for row in told.stdout.splitlines()]
    assert [row["id"] for row in rows] == [7, 8]
    assert rows[0]["reading"]["complaint"]["is"] is True
    assert rows[1]["reading"]["issues"] == []
    assert told.exit_code == 0


def test_a_line_that_cannot_be_used_keeps_its_place_and_says_why(amends):
    told = amends("read", "--jsonl", "-", stdin='nonsense\n{"id": 1}\n{"text": "The parcel never came."}\n')
    rows = [json.loads(row) for row in told.stdout.splitlines()]
    assert [bool(row["reading"]) for row in rows] == [False, False, True]
    assert "no JSON" in rows[0]["error"]
    assert "“text” is missing" in rows[1]["error"]
    assert told.exit_code == 1


def test_an_object_with_an_error_of_its_own_keeps_it_and_is_read(amends):
    told = amends("read", "--jsonl", "-", stdin='{"text": "The parcel never came.", "error": "E42"}\n')
    row = json.loads(told.stdout)
    assert (row["error"], bool(row["reading"]), told.exit_code) == ("E42", True, 0)


@pytest.mark.parametrize("option", [("--to", "complaint.txt"), ("--issue", "one leg is broken")])
def test_what_each_line_brings_is_not_named_for_all(option, amends):
    refused = amends("check", "--jsonl", "-", *option, stdin="")
    assert refused.exit_code == 2
    assert "Each line brings its own" in refused.output


def test_drafts_are_checked_line_by_line(amends):
    given = {"complaint": COMPLAINT, "reply": EXCUSE, "issues": ["one leg is broken"], "channel": "chat"}
    wrong = {**given, "channel": "pigeon"}
    told = amends("check", "--jsonl", "-", stdin=f"{json.dumps(given)}\n{json.dumps(wrong)}\n")
    first, second = (json.loads(row) for row in told.stdout.splitlines())
    assert {"C03", "C19"} <= {one["id"] for one in first["findings"]}
    assert (second["findings"], "“channel”" in second["error"]) == (None, True)


def test_bytes_that_are_no_text_are_read_all_the_same(amends, tmp_path):
    (tmp_path / "odd.txt").write_bytes(b"My order \xff\xfe arrived broken. \x00\x01")
    assert amends("read", "odd.txt").exit_code == 0


def test_a_pipe_is_a_file_and_a_folder_is_refused(amends, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(COMPLAINT,))
    writer.start()
    told = amends("read", "pipe")
    writer.join()
    assert told.stdout.startswith("A complaint (")
    refused = amends("read", str(tmp_path))
    assert refused.exit_code == 2
    assert "is a folder" in refused.output


def test_no_desk_and_no_database_is_made(tmp_path):
    home = tmp_path / "home"
    (tmp_path / "complaint.txt").write_text(COMPLAINT)
    environment = {**os.environ, "AMENDS_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "amends", "read", "complaint.txt", "--json"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["issues"]
    assert not list(tmp_path.rglob("*.db"))


@pytest.fixture
def post(cast):
    token = make_token(cast.tom, "other desk", cast.clock.now)

    def ask(address, body, token=token):
        cache.clear()
        headers = {"Authorization": f"Bearer {token}"}
        response = Client().post(address, body, content_type="application/json", headers=headers)
        return response.status_code, response.json()

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/read", "/api/v1/read/"])
def test_a_program_has_a_message_read(post, address):
    status, body = post(address, {"text": COMPLAINT})
    assert status == 200
    assert body["reading"]["complaint"]["is"] is True


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/check", "/api/v1/check/"])
def test_a_program_has_a_draft_checked(post, address):
    status, body = post(address, {"complaint": COMPLAINT, "reply": EXCUSE})
    assert status == 200
    assert {"C03", "C19"} <= {one["id"] for one in body["findings"]}


@pytest.mark.django_db
def test_what_cannot_be_used_is_refused_with_a_sentence(post):
    status, body = post("/api/check", {"reply": EXCUSE})
    assert (status, body["sentence"]) == (422, "“complaint” is missing: it has to be a text.")
    assert post("/api/read", {"text": COMPLAINT}, token="no-such-token")[0] == 401
