"""“What is new?” and deciding about it, through the pages."""

import csv

import pytest

from amends.prevention.models import Cause
from amends.prevention.themes import ThemeDecision
from tests.doors.conftest import page, words
from tests.doors.test_insights import sentence
from tests.rooms.test_themes import NEW, paper, said  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_a_hint_leads_to_its_cases_and_to_its_decision(door, paper):  # noqa: F811
    ines = door("ines")
    response = ines.get("/insights/new/?period=12-weeks")
    assert sentence(response) in words(ines.get("/insights/")).replace("\xa0", " ")
    shown = page(response)
    assert [one.text(strip=True) for one in shown.css(".hints .chip")] == ["A hint"]
    assert NEW in shown.css_first(".hints .quote").text()
    assert shown.css_first("select[name=period]") is None
    opened = shown.css_first('.hints a[href*="/cases/?"]').attributes["href"]
    assert "“brown paper” in Delivery" in words(ines.get(opened))
    decide = shown.css_first('.hints a[href*="/themes/"]').attributes["href"]
    assert NEW in words(ines.get(decide))
    assert door("tom").get(decide).status_code == 403
    rows = list(csv.reader(ines.get("/insights/new/themes/file/").getvalue().decode().splitlines()))
    assert rows[1][:3] == ["brown paper", "Delivery", "10"]


def test_making_it_a_cause_or_putting_it_aside(door, cast, paper):  # noqa: F811
    ines, form = door("ines"), {"category": "delivery", "words": "brown paper"}
    for wrong in ({}, {"name": "Paper"}, {"do": "dismiss", "reason": " "}, {"category": "x", "words": "y"}):
        assert ines.post("/themes/", {**form, **wrong}).status_code == 422
    made = {**form, "name": "Packed in paper", "definition": "A parcel has nothing but paper around its goods."}
    assert ines.post("/themes/", made).status_code == 302
    assert Cause.objects.get(name="Packed in paper").owner == cast.ines
    assert ines.post("/themes/", {**form, "do": "dismiss", "reason": "Nothing"}).status_code == 409
    said_who = words(ines.get("/themes/?category=delivery&words=brown+paper"))
    assert "Ines Castellano decided on" in said_who
    assert "Ines" not in page(ines.get("/insights/new/")).css_first("main").text()
    other = {**form, "words": "wrapped", "do": "dismiss", "reason": "A carton of the season."}
    assert ines.post("/themes/", other).status_code == 302
    assert ThemeDecision.objects.filter(cause=None).get().reason == "A carton of the season."


@pytest.mark.parametrize("query", ["", "?category=²&words=x", "?category=delivery&words=%00", "?words=nothing"])
def test_a_theme_nobody_knows_says_so(door, query):
    assert "Nothing stands out here" in words(door("ines").get(f"/themes/{query}"))
