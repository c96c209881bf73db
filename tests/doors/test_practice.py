"""The practice room as its trainee uses it, and as nobody else can."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.practice.models import Played, Shared
from amends.practice.play import begin
from tests.doors.conftest import PRIVATE, page, words

pytestmark = pytest.mark.django_db

SORRY = "I am sorry that the leg of your sofa cracked in the second week. We promised hardwood and did not keep it."
EXCUSE = "I understand, but this was due to high demand."
CHOSEN = {"scenario": "retail-sofa-leg", "persona": "steady"}


@pytest.fixture
def tom(door):
    return door("tom")


@pytest.fixture
def began(tom):
    """The address of a round that Tom began."""
    return tom.post("/practice/", CHOSEN)["Location"]


def say(client, address, text, turn=1):
    return client.post(address, {"text": text, "turn": turn}, follow=True)


def ended(tom, began):
    say(tom, began, SORRY)
    say(tom, began, EXCUSE, 2)
    return tom.post(f"{began}end/")["Location"]


@pytest.mark.parametrize("who", ["tom", "ines", "priya", "sam", "ada"])
def test_everybody_at_the_desk_finds_the_room_in_the_navigation(who, door):
    client = door(who)
    links = [link.attributes["href"] for link in page(client.get("/policy/")).css("nav a")]
    assert "/practice/" in links
    assert client.get("/practice/").status_code == 200


def test_there_is_a_choice_of_everything_and_a_line_for_each_person(tom):
    shown = page(tom.get("/practice/"))
    assert len(shown.css("[name=scenario]")) == 24
    assert len(shown.css("[name=persona]")) == 17
    assert all(label.css_first(".hint") for label in shown.css("label:has([name=persona])"))
    assert len(shown.css(".sectors > div")) == 6


@pytest.mark.parametrize("way", [{"way": "surprise"}, {"way": "daily"}, CHOSEN])
def test_a_round_begins_and_the_customer_speaks_first(way, tom):
    response = tom.post("/practice/", way, follow=True)
    shown = page(response)
    assert shown.css_first(".from-customer .words").text().strip()
    assert [one.text() for one in shown.css(".meters dt")] == ["Temper", "Trust", "Heard"]
    assert Played.objects.get().turns == []


@pytest.mark.parametrize("chosen", [{}, {"scenario": "nothing", "persona": "steady"}, {"scenario": "retail-sofa-leg"}])
def test_without_a_choice_the_page_asks_for_one(chosen, tom):
    response = tom.post("/practice/", chosen)
    assert response.status_code == 422
    assert "Choose what happened, and to whom." in words(response)
    assert not Played.objects.exists()


def test_after_every_turn_stands_what_it_was_read_as_what_it_did_and_what_to_try(tom, began):
    first = page(say(tom, began, SORRY))
    second = page(say(tom, began, EXCUSE, 2))
    assert [one.text(deep=False) for one in first.css(".feedback .chip > span:first-child")] == ["apologised"]
    assert [one.text(deep=False) for one in second.css("#turn-2 .chip > span:first-child")] == ["an excuse"]
    assert "Read as: apologised" in second.css_first("#turn-1 summary").text()
    for shown, turn in ((first, 1), (second, 1), (second, 2)):
        assert len(shown.css(f"#turn-{turn} .meters > div")) == 3
        assert shown.css(f"#turn-{turn} .remarks li")
        assert "Try next:" in shown.css_first(f"#turn-{turn} .to-try").text()
        assert shown.css_first(f"#turn-{turn} form[action$='/again/']")
    assert re.search(r"Temper \d+ of 100 \+\d+ , it was \d+", words(say(tom, began, "", 3)))


def test_a_reading_is_corrected_with_one_press(tom, began):
    chip = page(say(tom, began, EXCUSE)).css_first("#turn-1 [name=not]").attributes["value"]
    response = tom.post(f"{began}correction/", {"turn": 1, "not": chip}, follow=True)
    assert [one.text() for one in page(response).css("#turn-1 .chips .chip")] == ["nothing I know"]
    response = tom.post(f"{began}correction/", {"turn": 1, "move": ["listen", "reflect"]}, follow=True)
    shown = page(response)
    assert [one.text(deep=False) for one in shown.css("#turn-1 .chip > span:first-child")] == [
        "let them tell it",
        "said it back",
    ]
    ticked = [one.attributes["value"] for one in shown.css("#turn-1 [name=move][checked]")]
    assert ticked == ["listen", "reflect"]


def test_a_press_takes_off_a_move_about_one_issue_and_leaves_it_for_the_other(tom):
    began = tom.post("/practice/", {**CHOSEN, "persona": "many_issues"})["Location"]
    say(tom, began, "Please go on.")
    both = "I am sorry that the leg of your sofa cracked. I am sorry that our form refused you."
    chips = page(say(tom, began, both, 2)).css("#turn-2 [name=not]")
    assert [one.css_first("span").text() for one in chips] == ["apologised · issue 1", "apologised · issue 2"]
    again = {"turn": 2, "not": chips[0].attributes["value"]}
    for _ in range(2):
        left = page(tom.post(f"{began}correction/", again, follow=True)).css("#turn-2 [name=not]")
        assert [one.css_first("span").text() for one in left] == ["apologised · issue 2"]


@pytest.mark.parametrize("move", ["promise_kept", "promise_broken", "no_follow_up", "idle"])
def test_what_no_words_can_be_is_not_taken_for_a_reading(move, tom, began):
    say(tom, began, SORRY)
    response = tom.post(f"{began}correction/", {"turn": 1, "move": ["apologise", move]}, follow=True)
    chips = page(response).css("#turn-1 .chip > span:first-child")
    assert [one.text(deep=False) for one in chips] == ["apologised"]


def test_the_list_asks_no_more_for_ten_rounds_than_for_one(tom, cast, clock):
    def begun():
        row = begin("retail-sofa-leg", "steady", by=cast.tom, now=clock.now)
        Played.objects.filter(pk=row.pk).update(ended_at=clock.now)

    def asked():
        with CaptureQueriesContext(connection) as made:
            tom.get("/practice/")
        return len(made)

    begun()
    asked()
    one = asked()
    for _ in range(9):
        begun()
    assert asked() == one


def test_from_every_turn_it_can_be_tried_again_and_the_old_round_stays(tom, began):
    ended(tom, began)
    response = tom.post(f"{began}again/", {"turn": 2}, follow=True)
    assert EXCUSE in page(response).css_first("#reply-text").text()
    assert page(response).css_first("#turn-1")
    assert not page(response).css_first("#turn-2")
    listed = words(tom.get("/practice/"))
    assert "again from turn 2" in listed
    assert Played.objects.count() == 2


def test_the_debrief_quotes_what_each_point_rests_on(tom, began):
    response = tom.get(ended(tom, began))
    said, shown = words(response), page(response)
    assert re.search(r"\d+ of 100", said)
    assert "85 would pass" in said
    assert {"Apologised for each issue", "An excuse"} <= {one.text() for one in shown.css(".scored-what")}
    quoted = [one.text() for one in shown.css(".quotes q")]
    assert "I am sorry that the leg of your sofa cracked in the second week." in quoted
    assert EXCUSE in quoted
    assert EXCUSE in shown.css_first("#cost-title ~ .quote").text()
    assert "One thing to try next time:" in said
    assert "The customer is a toy" in said
    assert "nobody else can open them" in said


def test_the_curve_has_a_name_and_the_same_figures_beside_it(tom, began):
    shown = page(tom.get(ended(tom, began)))
    drawing = shown.css_first("svg.chart")
    assert drawing.attributes["role"] == "img"
    assert drawing.css_first("title").text()
    row = [cell.text() for cell in shown.css(".curve-beside tbody tr:last-child > *")]
    assert row[0] == "turn 2"
    assert f"Temper begins at {shown.css('.curve-beside td')[0].text()} and ends at {row[1]}" in drawing.text()
    assert [len(line.attributes["points"].split()) for line in shown.css("svg.chart polyline")] == [3, 3, 3]


@pytest.mark.parametrize(
    "text",
    ["asdf qwer", "!!! ???", "=reflect", "+listen", "You stupid cow, shut up.", "Das tut mir leid.", "\u202eyrros"],
)
def test_nonsense_and_hostile_words_are_answered_and_the_round_goes_on(text, tom, began):
    shown = page(say(tom, began, text))
    answer = shown.css_first("#turn-1 .from-customer .words").text().strip()
    assert answer
    assert shown.css_first("#turn-1 .remarks li")
    assert shown.css_first("#reply-text")


def test_nothing_a_hundred_thousand_letters_and_a_stray_sign_are_told_kindly(tom, began):
    empty = tom.post(began, {"text": "  ", "turn": 1})
    assert empty.status_code == 422
    assert "Grace Mutua is waiting" in words(empty)
    assert "I read the first 4,000 characters" in words(say(tom, began, "sorry " * 17_000))
    stray = tom.post(began, {"text": "a\x00b", "turn": 2})
    assert stray.status_code == 400
    assert "Take it out and send again" in words(stray)


def test_pressed_twice_it_is_said_once(tom, began):
    say(tom, began, SORRY)
    assert "went on in another window" in words(say(tom, began, SORRY, 1))
    assert len(Played.objects.get().turns) == 1


@pytest.mark.parametrize("turn", ["", "x", "0", "99"])
def test_a_turn_that_is_none_changes_nothing(turn, tom, began):
    say(tom, began, SORRY)
    before = Played.objects.values().get()
    for way in ("correction", "again"):
        response = tom.post(f"{began}{way}/", {"turn": turn, "not": "apologise:leg"})
        assert response.status_code == 302
    assert Played.objects.values().get() == before


def test_a_short_round_ends_after_its_turns(tom):
    address = tom.post("/practice/", {"way": "daily"})["Location"]
    for turn in range(1, 5):
        response = say(tom, address, SORRY, turn)
    assert "That was your last turn of this short round." in words(response)
    assert not page(response).css_first("#reply-text")


@pytest.mark.parametrize("who", ["ines", "priya", "sam", "ada"])
def test_nobody_else_can_open_press_or_guess_a_round(who, tom, began, door):
    ended(tom, began)
    row = Played.objects.values().get()
    client = door(who)
    for name in PRIVATE:
        theirs, nobodys = (
            [getattr(client, method)(reverse(name, args=[pk])) for method in ("get", "post")]
            for pk in (row["id"], 987654321)
        )
        assert [one.status_code for one in theirs] == [one.status_code for one in nobodys]
        assert {one.status_code for one in theirs} <= {404, 405}
        assert [words(one) for one in theirs if one.status_code == 404] == [
            words(one) for one in nobodys if one.status_code == 404
        ]
    assert Played.objects.values().get() == row
    assert "A sofa leg" not in words(client.get("/practice/")).split("Choose yourself")[0]


def test_shown_to_a_colleague_until_taken_back(tom, began, door):
    debrief = ended(tom, began)
    pressed = tom.post(f"{began}sharing/", {"to": "ines"}, follow=True)
    assert "Ines" in page(pressed).css_first(".keep .rounds").text()
    shown = Shared.objects.get()
    ines = door("ines")
    assert f"/practice/shared/{shown.pk}/" in ines.get("/practice/").content.decode()
    response = ines.get(f"/practice/shared/{shown.pk}/")
    assert EXCUSE in words(response)
    assert not page(response).css("main form")
    assert [ines.get(one).status_code for one in (began, debrief)] == [404, 404]
    tom.post(f"{began}sharing/", {"back": shown.pk})
    assert ines.get(f"/practice/shared/{shown.pk}/").status_code == 404


def test_a_round_is_deleted_after_being_asked_once(tom, began):
    assert "Delete this round?" in words(tom.get(f"{began}deletion/"))
    assert Played.objects.exists()
    tom.post(f"{began}deletion/")
    assert not Played.objects.exists()
    assert tom.get(began).status_code == 404


def test_a_drill_answers_at_once_and_keeps_nothing(tom):
    address = "/practice/drills/non-apologies/"
    assert len(page(tom.get(address)).css("section.drill")) == 3
    first = tom.post(address, {"task": 1, "text-1": "We are sorry if you felt inconvenienced."})
    assert "Not yet." in words(first)
    assert "a sorry that is none" in words(first)
    better = tom.post(address, {"task": 1, "text-1": SORRY})
    assert "That is it." in words(better)
    assert SORRY in page(better).css_first("#text-1").text()
    assert not Played.objects.exists()
    empty = tom.post(address, {"task": 2, "text-2": ""})
    assert (empty.status_code, "Nothing was written yet" in words(empty)) == (422, True)
    assert tom.get("/practice/drills/juggling/").status_code == 404
    assert tom.post(address, {"task": "x"}).status_code == 200


def test_a_round_of_an_earlier_version_says_so_and_can_be_deleted(tom, cast, clock):
    row = begin("retail-sofa-leg", "steady", by=cast.tom, now=clock.now)
    Played.objects.filter(pk=row.pk).update(scenario="long-gone", ended_at=clock.now)
    assert "played with an earlier version" in words(tom.get("/practice/"))
    refused = tom.get(f"/practice/{row.pk}/debrief/")
    assert refused.status_code == 422
    assert "There is no scenario “long-gone”" in words(refused)
    assert tom.post(f"/practice/{row.pk}/deletion/").status_code == 302
