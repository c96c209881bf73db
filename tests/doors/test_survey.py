"""How was it? The customer's side as whole requests: opening answers nothing, a press answers once, words are read."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from amends.jobs import sweep
from amends.method.survey import Kind
from amends.recovery.survey import LowScore, SurveyAnswer, SurveyOptOut
from amends.recovery.survey_link import survey_token
from amends.team.token import make_token
from tests.asked import asked_how_it_was
from tests.doors.conftest import everything, let_letters_leave, page, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    made = recovery()
    made.hear("The lamp is broken")
    return made


@pytest.fixture
def asked(one):
    made = asked_how_it_was(one.case, one.now)
    let_letters_leave()
    return made


@pytest.fixture
def browse():
    return Client(raise_request_exception=False, enforce_csrf_checks=False)


def links(asked) -> list[str]:
    """The addresses in the letter, as a mail program finds them."""
    return [
        found.partition("/q/")[1] + found.partition("/q/")[2] for found in re.findall(r"http\S+", asked.letter.text)
    ]


def tap(asked, value, kind=Kind.CSAT, name=""):
    return f"/q/{survey_token(asked.pk, kind, value)}/{name}"


def answers() -> dict[str, int | None]:
    return dict(SurveyAnswer.objects.values_list("kind", "value"))


def test_a_mail_scanner_that_opens_every_link_answers_nothing_and_stops_nothing(asked, browse):
    before = everything()
    for address in links(asked):
        for method in (browse.get, browse.head):
            assert method(address, headers={"User-Agent": "LinkScanner/1.0"}).status_code == 200
    after = everything()
    assert {table for table, rows in after.items() if rows != before[table]} <= {"sessions.Session"}


def test_the_link_comes_with_its_answer_chosen_and_one_button(asked, browse):
    shown = page(browse.get(tap(asked, 4)))
    assert [node.attributes["value"] for node in shown.css("input[type=radio]")] == ["5", "4", "3", "2", "1"]
    assert shown.css_first("input[checked]").attributes["value"] == "4"
    assert len(shown.css("main button")) == 1
    assert shown.css_first("h1").text() == "How satisfied are you with the way we dealt with it?"
    assert not shown.css("script[src*=desk]")


def test_a_press_answers_once_and_leads_to_the_other_questions(asked, browse):
    address = tap(asked, 4)
    for _ in range(3):
        answered = browse.post(address, {"csat": "4"})
        assert (answered.status_code, answered["Location"]) == (302, tap_of(address) + "more/")
    assert answers() == {"csat": 4}
    assert asked.case.events.filter(kind="survey_answered").count() == 1
    more = browse.get(answered["Location"])
    names = {node.attributes["name"] for node in page(more).css("main [name]")} - {"csrfmiddlewaretoken"}
    issues = asked.case.open_issues()
    assert names == {"ces", "words", *(f"settled-{issue.pk}" for issue in issues)}


def tap_of(address: str) -> str:
    return address.partition("more/")[0]


def test_another_link_of_the_letter_changes_the_answer_and_never_adds_one(asked, browse):
    browse.post(tap(asked, 4), {"csat": "4"})
    again = browse.get(tap(asked, 2))
    assert "We have your answer already" in words(again)
    assert "Change my answer" in words(again)
    browse.post(tap(asked, 2), {"csat": "2"})
    assert answers() == {"csat": 2}
    assert SurveyAnswer.objects.get().changed_at


def test_the_rest_is_told_in_one_form_and_can_be_changed(asked, browse):
    first, second, *_ = asked.case.open_issues()
    address = tap(asked, 5, name="more/")
    form = {"ces": "6", f"settled-{first.pk}": "1", f"settled-{second.pk}": "0", "words": "Call me before you send it."}
    assert browse.post(address, form).status_code == 302
    assert {(one.kind, one.issue_id, one.value) for one in SurveyAnswer.objects.all()} == {
        ("ces", None, 6),
        ("settled", first.pk, 1),
        ("settled", second.pk, 0),
        ("words", None, None),
    }
    shown = browse.get(address)
    assert (typed(shown, "ces"), typed(shown, "words")) == ("6", "Call me before you send it.")
    browse.post(address, {**form, "words": "Call me first."})
    assert SurveyAnswer.objects.get(kind="words").words == "Call me first."
    assert SurveyAnswer.objects.count() == 4


def test_their_own_words_can_be_taken_back_and_another_tap_leaves_them(asked, browse):
    more = tap(asked, 4, name="more/")
    browse.post(more, {"words": "Nobody called me."})
    browse.post(tap(asked, 4), {"csat": "4"})
    assert answers() == {"csat": 4, "words": None}
    assert browse.post(more, {"words": ""}).status_code == 302
    assert answers() == {"csat": 4}
    assert typed(browse.get(more), "words") == ""


def test_what_they_say_stands_on_the_case_and_a_low_answer_asks_for_a_person(asked, browse, door):
    browse.post(tap(asked, 1), {"csat": "1"})
    browse.post(tap(asked, 1, name="more/"), {"words": "You lost my order again and nobody called. I am angry."})
    shown = words(door("tom").get(f"/cases/{asked.case.pk}/"))
    assert "Maria was not content with how it went" in shown
    assert "Satisfied: 1 of 5" in shown
    assert "nobody called" in shown
    assert "Amends reads in it:" in shown
    address = f"/cases/{asked.case.pk}/low-score/"
    assert door("tom").post(address, {"words": ""}).status_code == 422
    assert door("tom").post(address, {"words": "Called her: the parcel is found."}).status_code == 302
    assert LowScore.objects.get().words == "Called her: the parcel is found."
    assert "Called her" in words(door("tom").get(f"/cases/{asked.case.pk}/"))
    assert answers()["csat"] == 1


def test_a_letter_as_the_team_reads_it_holds_no_link_anybody_could_press(asked, door, cast):
    shown = door("tom").get(f"/cases/{asked.case.pk}/").content.decode()
    token = make_token(cast.tom, "robot", cast.clock.now)
    told = Client().get(f"/api/v1/cases/{asked.case.pk}/", headers={"Authorization": f"Bearer {token}"}).json()
    letters = " ".join(one["text"] for one in told["messages"] if one["from"] == "us")
    for seen in (shown, letters):
        assert "/q/" not in seen
        assert "/c/" not in seen
        assert "(a link to their page)" in seen


@pytest.mark.parametrize("form", [{"csat": "6"}, {"csat": "0"}, {"csat": "four"}, {"csat": ""}, {}, {"csat": "٤"}])
def test_an_answer_the_question_does_not_have_is_refused_with_the_page(asked, browse, form):
    response = browse.post(tap(asked, 4), form)
    assert response.status_code == 422
    assert "Choose one of the answers" in words(response)
    assert not SurveyAnswer.objects.exists()


def test_sending_nothing_says_so_and_keeps_the_page(asked, browse):
    response = browse.post(tap(asked, 4, name="more/"), {"words": "  "})
    assert response.status_code == 422
    assert "Choose an answer, or say it in your words." in words(response)


def test_a_changed_link_opens_nothing(asked, browse):
    token = survey_token(asked.pk, Kind.CSAT, 4)
    for wrong in (token.replace(".csat.4", ".csat.5"), token.replace(f"{asked.pk}.", "999."), token[:-2], "x"):
        for name in ("", "more/", "stop/"):
            assert browse.get(f"/q/{wrong}/{name}").status_code == 404
            assert browse.post(f"/q/{wrong}/{name}", {"csat": "5"}).status_code == 404
    assert not SurveyAnswer.objects.exists()
    assert not SurveyOptOut.objects.exists()


def test_after_thirty_days_the_page_says_so_and_after_ninety_the_link_is_old(asked, browse):
    address = tap(asked, 4)
    with time_machine.travel(asked.at + timedelta(days=31), tick=False):
        late = browse.post(address, {"csat": "4"})
        assert late.status_code == 409
        assert "more than thirty days ago" in words(late)
    with time_machine.travel(asked.at + timedelta(days=92), tick=False):
        assert browse.get(address).status_code == 410
    assert not SurveyAnswer.objects.exists()


def test_one_press_and_nobody_asks_again_one_more_and_they_may(asked, browse):
    address = tap(asked, 1, name="stop/")
    assert "Shall we not ask you how it was?" in words(browse.get(address))
    assert not SurveyOptOut.objects.exists()
    browse.post(address)
    browse.post(address)
    assert SurveyOptOut.objects.get().customer == asked.case.customer
    assert "We do not ask you any more" in words(browse.get(address))
    browse.post(address, {"again": "1"})
    assert not SurveyOptOut.objects.exists()


def test_hostile_words_are_words(asked, browse, door):
    hostile = "<script>alert(1)</script> =HYPERLINK(1) {{ 7*7 }}"
    browse.post(tap(asked, 5, name="more/"), {"words": hostile})
    shown = door("ines").get(f"/cases/{asked.case.pk}/").content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "49" not in re.findall(r"\{\{.*?\}\}|\b49\b", words(door("ines").get("/scores/cases/")))


def test_the_sweep_leaves_an_answered_survey_in_peace(asked, browse, one):
    browse.post(tap(asked, 5), {"csat": "5"})
    letters = one.case.messages.filter(automatic="survey").count()
    sweep(one.now + timedelta(days=10))
    assert one.case.messages.filter(automatic="survey").count() == letters
