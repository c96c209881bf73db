"""The page You, “Take the next” and the load of a team, as people press them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from amends.care.consent import is_on, switch_on
from amends.care.models import Break, HardMoment, PassedOn, Wishes
from amends.care.moments import tell_moment
from amends.cases.assignment import Assignment
from tests.conftest import mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(cast):
    switch_on(cast.tom, datetime.now(UTC) - timedelta(days=2))
    return cast.tom


def test_it_is_off_until_somebody_switches_it_on_and_says_what_it_never_is(cast, door):
    client = door()
    shown = words(client.get(reverse("care")))
    assert "never reads your voice, your face or the tone of your letters" in shown
    assert "How was the last conversation?" not in shown
    after = client.post(reverse("care-switch"), {"switch": "on"}, follow=True)
    assert "How was the last conversation?" in words(after)
    assert is_on(cast.tom)


def test_one_tap_says_how_it_was(tom, door):
    after = door().post(reverse("care-moment"), {"felt": "angry"}, follow=True)
    assert "Kept, for you alone." in words(after)
    assert "You have had a little to carry" in words(after)
    assert HardMoment.objects.get().minutes == 15


def test_a_tap_for_somebody_who_did_not_switch_it_on_is_refused_kindly(cast, door):
    response = door().post(reverse("care-moment"), {"felt": "angry"})
    assert response.status_code == 409
    assert "you have not switched this on" in words(response)
    assert not HardMoment.objects.exists()


def test_after_abuse_the_card_that_helps_comes_with_the_ways_out_of_that_case(tom, cast, door):
    case = cast.case()
    after = door().post(reverse("care-moment"), {"felt": "abusive", "case": case.pk}, follow=True)
    assert "After somebody was abusive" in words(after)
    links = {node.attributes["href"] for node in page(after).css(".calm-card a")}
    assert links == {reverse("assignment", args=[case.pk]), reverse("conduct", args=[case.pk])}


def test_the_cards_name_no_case_of_another_team(cast, door):
    case = cast.case()
    shown = door("priya").get(reverse("care-cards"), {"case": case.pk})
    assert page(shown).css(".calm-card a") == []


def test_i_need_a_minute(tom, door):
    client = door()
    after = client.post(reverse("care-break"), {"minutes": "10"}, follow=True)
    assert "You are away until" in words(after)
    back = client.post(reverse("care-break"), {"back": "1"}, follow=True)
    assert "10 minutes" in words(back)
    assert Break.objects.get().ends_at <= datetime.now(UTC)


def test_a_break_is_suggested_quietly_on_every_page_and_can_be_put_aside_without_a_trace(tom, door):
    client = door()
    client.get(reverse("care"))
    tell_moment(tom, "abusive", datetime.now(UTC))
    shown = client.get(reverse("queue", args=["mine"]))
    assert page(shown).css_first(".suggestion p").text() == "A break of 15 minutes?"
    assert "abusive" not in words(shown)
    before = (HardMoment.objects.count(), Break.objects.count())
    later = client.post(reverse("care-later"), headers={"Referer": "http://testserver" + reverse("mailroom")})
    assert later["Location"].endswith(reverse("mailroom"))
    assert page(client.get(reverse("queue", args=["mine"]))).css_first(".suggestion") is None
    assert (HardMoment.objects.count(), Break.objects.count()) == before


def test_the_suggestion_begins_the_break(tom, door):
    client = door()
    client.get(reverse("care"))
    tell_moment(tom, "abusive", datetime.now(UTC))
    form = page(client.get(reverse("mailroom"))).css_first(".suggestion form")
    button = form.css_first("[name=minutes]")
    client.post(form.attributes["action"], {"minutes": button.attributes["value"]})
    assert Break.objects.exists()
    assert page(client.get(reverse("mailroom"))).css_first(".suggestion") is None


def test_no_address_takes_somebody_away_from_the_desk(tom, door):
    away = door().post(reverse("care-later"), headers={"Referer": "https://elsewhere.example/"})
    assert away["Location"] == reverse("care")


def test_what_was_said_can_be_deleted_one_by_one(tom, door):
    said = tell_moment(tom, "angry", datetime.now(UTC))
    door().post(reverse("care-moment"), {"take_back": said.pk})
    assert not HardMoment.objects.exists()


def test_take_the_next_opens_the_case_and_says_by_which_rule(cast, door):
    case = cast.case()
    shown = page(door().get(reverse("queue", args=["unassigned"])))
    action = shown.css_first("#queue header form").attributes["action"]
    after = door().post(action, follow=True)
    assert Assignment.objects.get(case=case).to == cast.tom
    assert "This one is yours now: the one due first." in words(after)


def test_take_the_next_with_nothing_there_says_so(cast, door):
    after = door().post(reverse("take-next"), follow=True)
    assert after.status_code == 200
    assert "Nothing is waiting that nobody has." in words(after)


def test_who_only_reads_has_no_such_button(cast, door):
    shown = page(door("sam").get(reverse("queue", args=["unassigned"])))
    assert shown.css_first("#queue header form") is None


def test_somebody_else_please(tom, cast, door):
    case = cast.case()
    door().post(reverse("take-next"))
    form = door().get(reverse("assignment", args=[case.pk]))
    assert "Back to the team, and not to you again." in words(form)
    door().post(reverse("assignment", args=[case.pk]), {"to": "else"})
    assert not Assignment.objects.filter(case=case).exists()
    assert PassedOn.objects.get().case == case


def test_what_somebody_takes_is_kept_and_shown_again(tom, door):
    client = door()
    form = {"not_taken": ["privacy"], "languages": ["en", "de"], "at_once": "6"}
    after = client.post(reverse("care-wishes"), form)
    assert after.status_code == 302
    shown = page(client.get(reverse("care-wishes")))
    assert {node.attributes["value"] for node in shown.css("input[checked]")} == {"privacy", "en", "de"}
    assert shown.css_first("[name=at_once]").attributes["value"] == "6"


@pytest.mark.parametrize("at_once", ["0", "100", "many", "-1"])
def test_a_number_nobody_could_mean_is_asked_again_with_what_was_typed(tom, door, at_once):
    response = door().post(reverse("care-wishes"), {"languages": ["en"], "at_once": at_once})
    assert response.status_code == 422
    assert page(response).css_first("[name=at_once]").attributes["value"] == at_once
    assert not Wishes.objects.exists()


def test_the_tap_stands_below_a_case_just_after_an_answer_and_only_for_who_wants_it(recovery, cast, door, clock):
    one = recovery()
    address = reverse("case", args=[one.case.pk])
    clock.now = datetime.now(UTC) - timedelta(minutes=20)
    one.person_first()
    client = door()
    assert page(client.get(address)).css_first(".felt") is None
    client.post(reverse("care-switch"), {"switch": "on"}, follow=True)
    assert len(page(client.get(address)).css(".felt button")) == 5
    assert page(door("ines").get(address)).css_first(".felt") is None
    client.post(reverse("care-switch"), {"switch": "off"}, follow=True)
    assert page(client.get(address)).css_first(".felt") is None


def test_the_load_of_the_team_for_leads_only(cast, door):
    cast.case(mail(message_id="<load@post.example>"))
    shown = words(door("ines").get(reverse("team-load")))
    assert "Cases to do 1" in shown
    assert "There is no figure for a person" in shown
    assert door().get(reverse("team-load")).status_code == 403
    assert door("sam").get(reverse("team-load")).status_code == 403


@pytest.mark.parametrize(
    ("contacts", "people", "said"),
    [
        ("32", "10", "10 people would be busy 80 % of the time."),
        ("34", "10", "From 85 % on"),
        ("44", "10", "More comes in than 10 people can do."),
    ],
)
def test_from_85_percent_on_the_page_says_that_it_is_too_tight(cast, door, contacts, people, said):
    """32 contacts of 15 minutes are 8 people's worth of work: 80 % of ten."""
    form = {"contacts": contacts, "minutes": "15", "people": people, "wait": "5"}
    shown = words(door("ines").get(reverse("team-load"), form))
    assert said in shown
    assert ("Too tight" in shown) == (contacts != "32")


def test_the_plan_is_at_80_and_at_75_percent(cast, door):
    """24 contacts of 15 minutes are 6 people's worth: 8 people are busy 75 %, and wait 1.5 minutes or so."""
    form = {"contacts": "24", "minutes": "15", "people": "9", "wait": "60"}
    assert "Plan 8 people to stay at 80 % or below, 8 people for 75 %" in words(
        door("ines").get(reverse("team-load"), form)
    )


@pytest.mark.parametrize("name", ["contacts", "minutes", "people", "wait"])
@pytest.mark.parametrize("typed", ["", "many", "-1", "1e99", "nan"])
def test_a_figure_nobody_could_mean_is_asked_again(cast, door, name, typed):
    response = door("ines").get(reverse("team-load"), {name: typed})
    assert response.status_code == 422
    assert "Write a number from" in words(response)
