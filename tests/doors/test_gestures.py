"""The page of a customer, a gesture for them and the budget of gestures, as people press them."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from amends.customers.models import Customer
from amends.loyalty.notes import CustomerNote
from amends.purse.gesture import Gesture
from tests.conftest import mail
from tests.doors.conftest import let_letters_leave, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(recovery):
    one = recovery()
    one.person_first()
    let_letters_leave()
    return one


def form(**changed):
    until = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
    return {
        "reason": "hard",
        "title": "Towards your next order",
        "amount": "12.50",
        "unit": "EUR",
        "until": until,
        "because": "The present came too late.",
        "words": "You stayed kind all the way.",
    } | changed


def test_a_lead_sets_a_budget_and_an_agent_gives_from_it(heard, door):
    lead, tom = door("ines"), door()
    told = lead.post(reverse("gestures"), {"amount": "100", "unit": "EUR"}, follow=True)
    assert "The Home team may give €100 this month; €100 is left." in words(told)
    asked = words(tom.get(reverse("gesture", args=[heard.case.pk])))
    assert "EUR: €100 left this month" in asked
    after = tom.post(reverse("gesture", args=[heard.case.pk]), form(), follow=True)
    assert "The letter to Maria is on its way." in words(after)
    assert "What they went through was hard: The present came too late." in words(after)
    shown = words(lead.get(reverse("gestures")))
    assert "€87.50 left of €100. €12.50 was given." in shown
    assert "Towards your next order" in shown


def test_what_was_meant_in_one_currency_is_never_given_in_another(heard, door):
    door("ines").post(reverse("gestures"), {"amount": "100", "unit": "EUR"})
    for unit in ("PTS", "SEK", "no currency"):
        response = door().post(reverse("gesture", args=[heard.case.pk]), form(unit=unit, amount="12"))
        assert response.status_code == 422
        assert "There is no budget in" in words(response)
    assert not Gesture.objects.exists()


def test_what_was_typed_comes_back_with_the_reason(heard, door):
    response = door().post(reverse("gesture", args=[heard.case.pk]), form(amount="a lot"))
    assert response.status_code == 422
    assert "“a lot” is not an amount." in words(response)
    assert "The present came too late." in response.content.decode()
    response = door().post(reverse("gesture", args=[heard.case.pk]), form())
    assert response.status_code == 409
    assert "The Home team has nothing left for gestures this month." in words(response)


def test_a_sum_is_never_taken_from_a_budget_nobody_chose(heard, door):
    """The budget that was chosen is gone by the time it is sent, as over the turn of a month."""
    door("ines").post(reverse("gestures"), {"amount": "100", "unit": "EUR"})
    response = door().post(reverse("gesture", args=[heard.case.pk]), form(unit="PTS"))
    assert response.status_code == 422
    assert "There is no budget in Points this month. Choose another." in words(response)
    assert not Gesture.objects.exists()


def test_before_they_were_heard_the_page_says_what_comes_first(cast, door):
    case = cast.case()
    shown = words(door().get(reverse("customer", args=[case.pk])))
    assert "Not now: Still to do:" in shown
    response = door().post(reverse("gesture", args=[case.pk]), form(amount=""))
    assert response.status_code == 422
    assert "Not yet: this comes first" in words(response)
    assert not Gesture.objects.exists()


def test_it_is_used_with_proof_and_the_file_says_so(heard, door):
    door("ines").post(reverse("gestures"), {"amount": "100", "unit": "EUR"})
    door().post(reverse("gesture", args=[heard.case.pk]), form(title="=HYPERLINK(1)"))
    one = Gesture.objects.get()
    page = reverse("gesture-after", args=[heard.case.pk, one.pk])
    assert door().post(page, {"what": "used", "amount": "20", "words": "Order 7"}).status_code == 422
    after = door().post(page, {"what": "used", "amount": "2.50", "words": "Order 7"}, follow=True)
    assert "Partly used, the rest until" in words(after)
    file = door("ines").get(reverse("gestures-file"))
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode())))
    assert rows[1][3] == "'=HYPERLINK(1)"
    assert rows[1][4] == "€12.50"


def test_a_gesture_of_another_customer_is_not_there(heard, door, cast):
    door().post(reverse("gesture", args=[heard.case.pk]), form(amount=""))
    other = cast.case(mail("The lamp is broken.", sender="Joe <joe@post.example>", message_id="<joe@post.example>"))
    page = reverse("gesture-after", args=[other.pk, Gesture.objects.get().pk])
    assert door().get(page).status_code == 404


def test_they_are_called_as_they_like_and_known_where_one_writes(heard, door):
    page = reverse("customer", args=[heard.case.pk])
    assert "letters begin with Mrs Oduya" in words(door().post(page, {"likes": "Mrs Oduya"}, follow=True))
    door().post(page, {"text": "Letters rather than calls."})
    shown = words(door().get(reverse("case", args=[heard.case.pk])))
    assert "Letters rather than calls. What we know of Mrs Oduya" in shown
    assert "Reply to Mrs Oduya" in shown
    door().post(page, {"remove": CustomerNote.objects.get().pk})
    assert not CustomerNote.objects.exists()
    assert door().post(page, {"text": "x" * 501}).status_code == 422
    assert Customer.objects.get().likes == "Mrs Oduya"


def test_who_reads_cases_of_the_team_alone_sees_no_other_teams_case(heard, cast, door):
    letter = mail(message_id="<two@post.example>", to="office@lindqvist.example", subject="The office chair")
    cast.case(letter)
    shown = words(door().get(reverse("customer", args=[heard.case.pk])))
    assert "One more case is with another team." in shown
    assert "The office chair" not in shown
    assert "The office chair" in words(door("ada").get(reverse("customer", args=[heard.case.pk])))


def test_the_composer_remembers_how_it_ended_last_time(heard, cast, door):
    cast.clock.forward(minutes=60)
    again = cast.case(mail("The lamp is broken.", message_id="<three@post.example>", subject="The lamp"))
    assert again.pk != heard.case.pk
    shown = words(door().get(reverse("case", args=[again.pk])))
    assert "about “Late, and billed twice”, and that is not finished either." in shown
    shown = words(door().get(reverse("customer", args=[heard.case.pk])))
    assert f"Not now: Maria has not been heard and apologised to in case {again.pk} yet." in shown


def test_a_budget_is_its_teams_own(heard, cast, door):
    door("ines").post(reverse("gestures"), {"amount": "50", "unit": "EUR", "team": cast.priya.team_id})
    shown = words(door("ada").get(reverse("gestures"), {"team": cast.priya.team_id}))
    assert "No budget is set for this month." in shown
    assert "What the Office team gives" in shown
