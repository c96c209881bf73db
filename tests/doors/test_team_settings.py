"""The page where a lead sets a team's hours and rule book, and where its clocks are shown."""

import pytest
from django.urls import reverse

from amends.team.models import Team
from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db

HOURS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-12:30, 13:30-17:00")
GOOD = {
    "zone": "Europe/London",
    **HOURS,
    "country": "gb",
    "region": "ENG",
    "closed": "2026-12-24",
    "profile": "uk_disp",
}


@pytest.fixture
def address(cast):
    return reverse("team-settings", args=[Team.objects.get(name="Home").pk])


def test_hours_are_typed_kept_and_shown_again(door, address):
    client = door("ines")
    assert typed(client.get(address), "mon") == "00:00-24:00"
    answer = client.post(address, GOOD, follow=True)
    assert "The Home team's clocks run by these hours now." in words(answer)
    assert [typed(answer, name) for name in ("zone", "mon", "sat", "country", "region")] == [
        "Europe/London",
        "09:00-12:30, 13:30-17:00",
        "",
        "GB",
        "ENG",
    ]
    assert typed(answer, "closed") == "2026-12-24"
    assert typed(answer, "profile") == "uk_disp"


def test_what_cannot_be_read_is_said_beside_its_field_and_kept(door, address):
    answer = door("ines").post(address, GOOD | {"wed": "nine to five"})
    assert answer.status_code == 422
    assert "“nine to five” on Wednesday is not a span of hours." in page(answer).css_first("#wed-error").text()
    assert typed(answer, "wed") == "nine to five"
    assert Team.objects.get(name="Home").calendar == {}


def test_every_rule_book_says_that_nobody_compared_it_with_the_law(door, address):
    shown = words(door("ada").get(address))
    assert shown.count("not checked against the legal text") == 4


def test_only_the_lead_of_the_team_and_administrators_find_the_page(door, cast):
    home, office = (reverse("team-settings", args=[team.pk]) for team in Team.objects.order_by("name"))
    codes = {
        who: (door(who).get(home).status_code, door(who).get(office).status_code) for who in ("ines", "tom", "ada")
    }
    assert codes == {"ines": (200, 404), "tom": (403, 403), "ada": (200, 200)}


def test_a_lead_finds_the_way_there(door, address):
    assert f'href="{address}"' in door("ines").get(reverse("keys")).content.decode()
    assert f'href="{address}"' not in door("tom").get(reverse("keys")).content.decode()


def test_the_case_shows_the_clocks_of_its_rule_book(door, address, recovery):
    door("ines").post(address, GOOD)
    one = recovery()
    answer = door("tom").get(reverse("case", args=[one.case.pk]))
    clocks = page(answer).css_first(".clocks").text(separator=" ")
    assert "UK financial services (FCA DISP 1)" in clocks
    assert "not checked against the legal text" in clocks
    assert "Final response, or a letter that says why not yet" in clocks
    assert "Final response, if it is about a payment or e-money" in clocks


def test_a_team_under_its_own_policy_shows_none(door, recovery):
    one = recovery()
    assert page(door("tom").get(reverse("case", args=[one.case.pk]))).css_first(".clocks") is None
