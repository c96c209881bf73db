"""The public page of the complaint report: off until it is published, as it was published, and as a table."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from amends.prevention.exposure import import_exposure
from amends.reporting.publish import publish_quarter, withdraw_quarter
from amends.reporting.quarter import quarter_of
from amends.reporting.version import ReportVersion
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db
PAGE = "/complaints/"


@pytest.fixture
def last():
    return quarter_of(datetime.now(UTC).date()).back(1)


def publish(cast, quarter, **more):
    return publish_quarter(quarter, more.pop("counted_in", ""), {}, by=cast.ines, now=datetime.now(UTC), **more)


def test_it_is_not_there_until_published_nor_after_it_was_taken_off(cast, last):
    anyone = Client()
    addresses = [PAGE, f"{PAGE}file/", f"{PAGE}{last.key}/1/"]
    assert [anyone.get(one).status_code for one in addresses] == [404, 404, 404]
    publish(cast, last)
    assert [anyone.get(one).status_code for one in addresses] == [200, 200, 200]
    assert "fewer than 5" in words(anyone.get(PAGE))
    withdraw_quarter(last, "Counted twice.", by=cast.ines, now=datetime.now(UTC))
    assert [anyone.get(one).status_code for one in addresses] == [404, 404, 404]


def test_a_quarter_taken_off_says_why_among_the_others(cast, last):
    for back in range(4):
        publish(cast, last.back(back))
    withdraw_quarter(last.back(2), "Counted twice.", by=cast.ines, now=datetime.now(UTC))
    shown = page(Client().get(PAGE)).css("table tbody tr")
    assert [row.css_first("th").text() for row in shown] == [last.back(back).words for back in range(4)]
    assert "Counted twice." in shown[2].text()


def test_an_old_version_stays_readable_and_leads_to_the_new_one(cast, last):
    publish(cast, last)
    weeks = f"orders,{last.start + timedelta(days=-last.start.weekday() % 7)},1000"
    import_exposure(f"name,week,count\n{weeks}", by=cast.ines, now=datetime.now(UTC))
    publish(cast, last, counted_in="orders", reason="We count in orders now.")
    old = words(Client().get(f"{PAGE}{last.key}/1/"))
    assert "This is an earlier version." in old
    assert "per 100,000 orders" not in old
    new = words(Client().get(PAGE))
    assert "corrected: We count in orders now." in new
    assert "version 1" in new
    assert Client().get(f"{PAGE}{last.key}/3/").status_code == 404
    assert Client().get(f"{PAGE}nowhere/1/").status_code == 404


def test_the_file_cannot_run_in_a_spreadsheet(cast, last):
    made = publish(cast, last)
    cause = {"name": "=HYPERLINK(1)", "complaints": 7, "changed": "+49", "verdict": "", "told": "nobody"}
    ReportVersion.objects.filter(pk=made.pk).update(shown=made.shown | {"causes": [cause]})
    body = b"".join(Client().get(f"{PAGE}file/")).decode()
    rows = list(csv.reader(body.splitlines()))
    assert rows[0] == ["Quarter", "Version", "Published", "Figure", "About", "Value"]
    assert [last.words, "1"] == rows[1][:2]
    cells = [cell for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert "'+49" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_publishing_and_taking_off_on_the_page_of_the_desk(cast, door, last):
    ines, desk = door("ines"), reverse("complaint-report")
    assert "Nothing of it is public until you publish it." in words(ines.get(desk))
    done = ines.post(desk, {"quarter": last.key, "counted_in": ""}, follow=True)
    assert f"{last.words} is on the public page, version 1." in words(done)
    refused = ines.post(desk, {"quarter": last.key, "counted_in": ""})
    assert refused.status_code == 422
    assert "Say why it is published again" in words(refused)
    refused = ines.post(desk, {"quarter": last.key, "withdraw": "yes", "why": ""})
    assert "Say why it is taken off" in words(refused)
    ines.post(desk, {"quarter": last.key, "withdraw": "yes", "why": "Counted twice."})
    assert Client().get(PAGE).status_code == 404
    assert "Taken off" in words(ines.get(desk))


def test_who_finds_the_way_to_it(door):
    assert "The complaint report we publish" in words(door("ines").get("/insights/"))
    assert "The complaint report we publish" not in words(door("sam").get("/insights/"))
    assert door("sam").get(reverse("complaint-report")).status_code == 403
