"""A poll through the doors: a lead asks, a scanner answers nothing, a customer answers with one press."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from amends.recovery.poll import Poll, PollAnswer
from amends.recovery.survey import SurveyOptOut
from tests.asked import polled
from tests.doors.conftest import everything, let_letters_leave, page, words

pytestmark = pytest.mark.django_db
UNTIL = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
FIELDS = {"question": "How would you like to hear from us?", "answers": "By mail\nBy telephone\n", "closes_at": UNTIL}


@pytest.fixture
def asked(cast, recovery):
    made = polled(recovery().case, cast.ines, cast.clock.now)
    let_letters_leave()
    return made


@pytest.fixture
def browse():
    return Client(raise_request_exception=False)


def links(asked) -> list[str]:
    return re.findall(r"/p/[^\s/]+/", asked.letter.text)


def test_a_lead_asks_and_stops_an_agent_does_not_see_it_and_quality_may_ask(cast, door):
    ines = door("ines")
    refused = ines.post("/polls/", {**FIELDS, "answers": "One"})
    assert refused.status_code == 422
    assert "Write two to 5 answers" in words(refused)
    said = words(ines.post("/polls/", FIELDS, follow=True))
    assert "It stands below the next letters" in said
    assert "Nobody was asked yet" in said
    assert door("tom").get("/polls/").status_code == 403
    stopped = door("sam").post("/polls/", {"stop": str(Poll.objects.get().pk)}, follow=True)
    assert "What was asked can still be answered" in words(stopped)
    assert "Ended" in words(ines.get("/polls/"))


def test_a_mail_scanner_that_opens_every_link_answers_nothing(asked, browse):
    assert len(links(asked)) == 2
    before = everything()
    for address in links(asked):
        for method in (browse.get, browse.head):
            assert method(address, headers={"User-Agent": "LinkScanner/1.0"}).status_code == 200
    after = everything()
    assert {table for table in after if after[table] != before[table]} <= {"sessions.Session"}


def test_one_press_answers_once_and_another_takes_its_place(asked, browse):
    first, second = links(asked)
    shown = page(browse.get(second))
    assert [one.attributes["value"] for one in shown.css("input[name=choice][checked]")] == ["1"]
    assert "Your answer has arrived" in words(browse.post(second, {"choice": "1"}, follow=True))
    browse.post(first, {"choice": "0"})
    assert [one.choice for one in PollAnswer.objects.all()] == [0]
    for made_up in ("", "7", "-1", "x"):
        assert browse.post(first, {"choice": made_up}).status_code == 422
    assert PollAnswer.objects.count() == 1


def test_a_changed_link_opens_nothing(asked, browse):
    whole = links(asked)[0]
    for changed in (whole.replace("/p/", "/p/9"), whole[:-2] + "/", "/p/1~made~up/"):
        assert browse.get(changed).status_code == 404
        assert browse.post(changed, {"choice": "0"}).status_code == 404
    assert not PollAnswer.objects.exists()


def test_whoever_does_not_want_such_questions_says_so_on_the_page_and_takes_it_back(asked, browse):
    address = links(asked)[0]
    assert "We ask you no such questions any more" in words(browse.post(address, {"wish": "stop"}, follow=True))
    assert SurveyOptOut.objects.count() == 1
    browse.post(address, {"wish": "again"})
    assert not SurveyOptOut.objects.exists()
    assert not PollAnswer.objects.exists()


def test_after_thirty_days_it_is_told_that_it_counts_no_more(asked, browse):
    type(asked).objects.update(at=datetime.now(UTC) - timedelta(days=31))
    refused = browse.post(links(asked)[0], {"choice": "0"})
    assert refused.status_code == 409
    assert "count it no more" in words(refused)
