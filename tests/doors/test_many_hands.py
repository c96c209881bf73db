"""Phrases, one thing for many cases, rules, and the terminal: what their pages and commands say and do."""

import pytest
from typer.testing import CliRunner

from amends.cases.assignment import Assignment
from amends.cases.closure import Closure
from amends.cases.message import Message
from amends.cases.note import Note
from amends.cases.phrase import Phrase, keep_phrase
from amends.team.token import ApiToken
from amends.verbs.rule import Rule
from amends.verbs.run_rules import run_rules
from tests.conftest import mail
from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(recovery):
    return recovery(), recovery(mail(message_id="<two@post.example>", sender="Jo Hart <jo@post.example>"))


@pytest.fixture
def phrase(cast):
    def keep(text="Dear {first_name}, about {issue}: I am sorry."):
        return keep_phrase("Sorry", text, team=cast.tom.team, by=cast.tom, now=cast.clock.now)

    return keep


def test_a_phrase_is_kept_read_and_taken_out_of_use(cast, door):
    client = door()
    assert client.post("/phrases/", {"name": "Thanks", "text": "Thank you, {first_name}."}).status_code == 302
    assert "Thank you, {first_name}." in words(client.get("/phrases/"))
    assert "Thank you" not in words(door("priya").get("/phrases/"))
    again = client.post("/phrases/", {"name": "thanks", "text": "x"})
    assert (again.status_code, "already" in words(again)) == (409, True)
    one = Phrase.objects.get()
    assert door("priya").post("/phrases/", {"retire": one.pk}).status_code == 404
    client.post("/phrases/", {"retire": one.pk})
    assert "Thank you, {first_name}." not in words(client.get("/phrases/"))


def test_a_place_nothing_fills_is_named(cast, door):
    response = door().post("/phrases/", {"name": "Odd", "text": "Dear {title}"})
    assert (response.status_code, typed(response, "text")) == (422, "Dear {title}")
    assert "Nothing fills {title}. You can use {first_name}" in words(response)


def test_a_phrase_goes_into_the_letter_after_what_was_typed(recovery, door, phrase):
    one, kept = recovery(), phrase()
    one.hear("It came late")
    address = f"/cases/{one.case.pk}/phrase/"
    response = door().post(address, {"text": "First this.", "phrase": kept.pk})
    said = page(response).css_first("#reply-text").text().strip()
    assert said == f"First this.\n\nDear Maria, about {one.issues[0]}: I am sorry."
    assert Message.objects.filter(outgoing=True, automatic="").count() == 0
    nothing = door().post(address, {"text": "First this."})
    assert nothing.status_code == 422
    assert page(nothing).css_first("#reply-text").text().strip() == "First this."


def test_a_phrase_about_issues_nobody_confirmed_is_refused(recovery, door, phrase):
    response = door().post(f"/cases/{recovery().case.pk}/phrase/", {"phrase": phrase().pk})
    assert response.status_code == 409
    assert "First confirm what that is." in words(response)


def test_many_cases_at_once_each_with_its_own_outcome(two, cast, door, phrase):
    first, second = two
    first.hear()
    second.person_first()
    form = {"cases": [first.case.pk, second.case.pk], "verb": "send_phrase", "send_phrase-phrase": phrase().pk}
    said = words(door().post("/bulk/", form))
    assert "2 of 2 done" in said
    closing = words(door().post("/bulk/", {**form, "verb": "close"}))
    assert "0 of 2 done" in closing
    assert "Still to do" in closing
    assert Closure.objects.count() == 0
    door().post("/bulk/", {**form, "verb": "note", "note-text": "Seen"})
    assert Note.objects.count() == 2
    door().post("/bulk/", {**form, "verb": "assign", "assign-to": "ines"})
    assert set(Assignment.objects.values_list("to__username", flat=True)) == {"ines"}


def test_cases_of_another_team_cannot_be_ticked(two, door):
    cases = [one.case.pk for one in two]
    response = door("priya").post("/bulk/", {"cases": cases, "verb": "note", "note-text": "x"})
    assert (response.status_code, Note.objects.count()) == (422, 0)
    assert "Oduya" not in words(door("priya").get("/bulk/", {"cases": cases}))


def test_what_is_missing_on_the_bulk_page_is_asked_for(two, door):
    cases = [one.case.pk for one in two]
    assert "Choose what is done to them." in words(door().post("/bulk/", {"cases": cases}))
    assert "Tick the cases first." in words(door().post("/bulk/", {"verb": "note"}))
    assert "needs “text”" in words(door().post("/bulk/", {"cases": cases, "verb": "note"}))


def test_cases_can_be_ticked_in_a_list_by_who_works_on_them(two, door):
    boxes = page(door().get("/queue/team/")).css("input[name=cases]")
    assert {box.attributes["value"] for box in boxes} == {str(one.case.pk) for one in two}
    assert page(door("sam").get("/queue/team/")).css("input[name=cases]") == []


def test_a_rule_is_made_seen_and_stopped(cast, door):
    client = door("ines")
    form = {"verb": "note", "name": "Look", "when": "case_opened", "if-severity": "1", "field-text": "New one"}
    assert client.post("/rules/", form).status_code == 302
    cast.case()
    run_rules(cast.clock.forward(minutes=10))
    said = words(client.get("/rules/"))
    assert "Only if: slight or graver." in said
    assert f"Case {Note.objects.get().case_id}" in said
    client.post("/rules/", {"stop": Rule.objects.get().pk})
    assert Rule.objects.get().stopped_at is not None


def test_a_rule_with_a_gap_is_given_back_with_what_was_typed(cast, door):
    response = door("ines").post("/rules/", {"verb": "note", "name": "Look", "when": "case_opened"})
    assert (response.status_code, typed(response, "name")) == (422, "Look")
    assert "“note” needs “text”" in words(response)


@pytest.fixture
def run(monkeypatch):
    from amends.cli import app, do, tokens  # noqa: F401 - each adds its commands

    monkeypatch.setattr("amends.cli.tokens.bring_up_to_date", lambda: False)
    return lambda *said: CliRunner().invoke(app, [str(word) for word in said])


def test_a_verb_from_a_terminal(recovery, run):
    one = recovery()
    done = run("do", "note", one.case.pk, "text=Call her", "--as", "tom")
    assert (done.exit_code, done.stdout) == (0, f"Done: write a note to the team, note {Note.objects.get().pk}.\n")
    refused = run("do", "close", one.case.pk, "--as", "tom")
    assert (refused.exit_code, refused.stderr) == (1, "Maria wrote and has no answer yet. Answer first, then close.\n")
    assert run("do", "note", one.case.pk, "text", "--as", "tom").exit_code == 2
    assert run("do", "note", one.case.pk, "--as", "nobody").exit_code == 2


def test_tokens_are_made_listed_and_revoked(cast, run):
    made = run("token", "tom", "robot")
    assert made.stdout.startswith("amends_")
    assert run("token", "tom", "robot").exit_code == 2
    assert "robot" in run("tokens").stdout
    assert made.stdout.strip() not in run("tokens").stdout
    assert run("revoke-token", "tom", "robot").exit_code == 0
    assert run("revoke-token", "tom", "robot").exit_code == 2
    assert ApiToken.objects.get().revoked_at is not None


def test_an_assistant_reads_does_and_is_refused(recovery, cast):
    from amends.cli.assistant import tools, use
    from amends.team.token import make_token, revoke_tokens

    one = recovery()
    plain = make_token(cast.tom, "assistant", cast.clock.now)
    assert use(plain, "read_case", {"case": one.case.pk})["case"] == one.case.pk
    assert [row["case"] for row in use(plain, "list_cases", {})["cases"]] == [one.case.pk]
    assert use(plain, "note", {"case": one.case.pk, "text": "Seen"})["done"] == "note"
    assert use(plain, "close", {"case": one.case.pk})["error"] == "not_possible"
    assert "case" in {field.name for field in tools()["note"][1]}
    revoke_tokens(cast.tom, "assistant", cast.clock.now)
    assert use(plain, "read_case", {"case": one.case.pk})["error"] == "no_longer_known"


def test_without_its_library_the_assistants_door_says_how_to_get_it(cast, monkeypatch):
    from amends.cli import assistant

    monkeypatch.setattr(assistant, "find_spec", lambda name: None)
    with pytest.raises(assistant.MissingExtra, match="Install it"):
        assistant.server("any")
