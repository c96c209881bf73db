"""One change on its page: the verdict first, its chart with the numbers, its claim; and the figures it needs."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.desk.watched_weeks import watched_weeks
from amends.measures.weeks import Week
from amends.prevention.claim import Claim, state_claim
from amends.prevention.exposure import Exposure
from amends.prevention.judge import judge_those_due
from amends.prevention.models import Change
from amends.prevention.verbs import make_change
from tests.doors.conftest import page, typed, words
from tests.rooms.history import claimed, linked, orders

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()
MONDAY = TODAY - timedelta(days=TODAY.weekday())
FORM = {
    "action": "corrective",
    "population": "parcels to homes",
    "exposure": "",
    "baseline_weeks": "12",
    "trigger_weeks": "4",
    "drop_percent": "50",
    "review_date": (TODAY + timedelta(days=400)).isoformat(),
}


@pytest.fixture
def change(cast) -> Change:
    return Change.objects.get()


def at(change) -> str:
    return f"/changes/{change.pk}/"


def weeks_ago(weeks: int) -> datetime:
    return datetime.now(UTC) - timedelta(weeks=weeks)


@pytest.fixture
def worked(cast, change) -> Change:
    """Agreed 30 weeks ago, in place since a Wednesday 20 weeks ago, its review yesterday: from ten a week to three."""
    made = datetime.combine(MONDAY, time(9), UTC) - timedelta(weeks=20, days=-2)
    Change.objects.filter(pk=change.pk).update(agreed_at=weeks_ago(30), due_date=made.date())
    change.refresh_from_db()
    orders(cast, 60, until=TODAY)
    state_claim(change, claimed(change, review_date=TODAY - timedelta(days=1)), by=cast.ines, now=weeks_ago(29))
    make_change(change, "https://wiki.example/scan", by=cast.ines, now=made)
    linked(cast, change, [10] * 28, first=MONDAY - timedelta(weeks=48))
    linked(cast, change, [3] * 19, first=MONDAY - timedelta(weeks=19))
    return Change.objects.get()


def test_a_claim_is_stated_and_what_is_missing_is_asked_for(change, door):
    client = door("ines")
    assert "claims nothing yet" in words(client.get(at(change)))
    for field, value in [("population", " "), ("baseline_weeks", "11"), ("drop_percent", "²"), ("review_date", "")]:
        kept = client.post(at(change), {**FORM, field: value})
        assert kept.status_code == 422, field
        assert typed(kept, "action") == "corrective"
        assert page(kept).css_first(f"#{field}").attributes["aria-invalid"] == "true"
    assert not Claim.objects.exists()
    assert client.post(at(change), FORM).status_code == 302
    shown = words(client.get(at(change)))
    assert "For parcels to homes, at least 50 % fewer such complaints than in the 12 weeks before, by" in shown
    assert "It is counted in weeks alone." in shown
    assert door("tom").post(at(change), FORM).status_code == 403
    assert "State another claim" not in words(door("tom").get(at(change)))


def test_the_verdict_stands_first_then_the_chart_then_its_numbers(worked, door):
    judge_those_due(datetime.now(UTC))
    shown = door("ines").get(at(worked))
    said = words(shown)
    assert "It worked. 57 in 19,000 orders since the change," in said
    assert said.index("It worked.") < said.index("The numbers, week by week") < said.index("What it claims")
    assert "Proven" in said
    chart = page(shown).css_first("svg.plot-weeks")
    title, described = chart.attributes["aria-labelledby"].split()
    assert "Complaints of this cause, per 100 orders" in page(shown).css_first(f"#{title}").text()
    assert "The change was made on" in page(shown).css_first(f"#{described}").text()
    weeks = len(chart.css("circle, path"))
    assert weeks == len(page(shown).css("table.table tbody tr")) > 40
    assert len(chart.css(".plot-left-out")) >= 4
    assert chart.css_first("line.plot-change") is not None
    assert "style=" not in shown.content.decode().partition('<svg class="plot-weeks"')[2].partition("</svg>")[0]
    assert "Watching 0" in words(door("ines").get("/prevention/"))
    assert "Proven 1" in words(door("ines").get("/prevention/"))


def test_calling_it_proven_too_early_is_refused_with_its_day(cast, change, door):
    from amends.team.token import make_token

    client = door("ines")
    client.post(at(change), FORM)
    make_change(change, by=cast.ines, now=cast.clock.now)
    assert "never before" in words(client.get(at(change)))
    key = {"Authorization": f"Bearer {make_token(cast.ines, 'robot', cast.clock.now)}"}
    refused = Client().post("/api/v1/do/prove/", {"change": change.pk}, "application/json", headers=key)
    assert refused.status_code == 409
    assert "Not proven yet: its review is on" in refused.json()["sentence"]


def test_where_it_can_be_seen_is_kept_and_only_a_real_link_is_one(cast, change, door):
    client = door("ines")
    address = f"/prevention/{change.cause_id}/"
    assert client.post(address, {"made": change.pk, f"evidence-{change.pk}": "javascript:alert(1)"}).status_code == 302
    shown = client.get(address)
    assert "Where it can be seen: javascript:alert(1)" in words(shown)
    assert 'href="javascript' not in shown.content.decode()


def test_figures_come_in_by_a_file_or_pasted_whole_or_not_at_all(cast, door):
    client = door("ines")
    last = MONDAY - timedelta(weeks=1)
    good = f"name,week,count\norders,{last},412\n"
    file = SimpleUploadedFile("orders.csv", good.encode("utf-8-sig"), "text/csv")
    assert client.post("/prevention/exposure/", {"file": file}).status_code == 302
    assert Exposure.objects.get().count == 412
    assert "Orders" in words(client.get("/prevention/exposure/"))
    bad = f"{good}orders,{last},-1\norders,soon,4\n"
    kept = client.post("/prevention/exposure/", {"rows": bad})
    assert kept.status_code == 422
    assert "Line 3: the count -1 is below nought" in words(kept)
    assert "Line 4: “soon” is no day" in words(kept)
    assert typed(kept, "rows").strip() == bad.strip()
    assert Exposure.objects.get().count == 412
    picture = SimpleUploadedFile("orders.csv", b"\xff\xd8\xff", "text/csv")
    assert "no text in UTF-8" in words(client.post("/prevention/exposure/", {"file": picture}))
    assert client.post("/prevention/exposure/", {}).status_code == 422
    assert door("tom").post("/prevention/exposure/", {"rows": good}).status_code == 403


def test_a_change_that_failed_shows_in_the_navigation_of_its_owner(cast, change, door):
    from amends.prevention.verdict import Regression

    make_change(change, by=cast.ines, now=cast.clock.now)
    Claim.objects.create(**{**FORM, "review_date": date(2099, 1, 1)}, change=change, by=cast.ines, at=cast.clock.now)
    Regression.objects.create(change=change, at=cast.clock.now, weeks=[], words="It came back: 30 in 3 weeks.")
    entry = page(door("ines").get("/prevention/")).css_first('nav a[href="/prevention/"]')
    assert entry.text(separator=" ").split() == ["Prevention", "1"]
    assert "It came back: 30 in 3 weeks." in words(door("ines").get("/prevention/"))
    assert "Look again" in words(door("ines").get(at(change)))
    folded = page(door("ines").get("/queue/mine/")).css_first(".nav-more:not([open]) .nav-count")
    assert folded.text() == "1"
    others = page(door("tom").get("/prevention/")).css_first('nav a[href="/prevention/"]')
    assert others.text().split() == ["Prevention"]


def test_the_command_names_each_broken_row_and_keeps_nothing(cast, tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from amends.cli import app

    monkeypatch.setattr("amends.cli.imports.bring_up_to_date", lambda: False)
    file = tmp_path / "orders.csv"
    file.write_text(f"name,week,count\norders,{MONDAY - timedelta(weeks=1)},412\norders,never,1\n")
    refused = CliRunner().invoke(app, ["import", "exposure", str(file)])
    assert refused.exit_code == 1
    assert "line 3: “never” is no day" in refused.stderr
    assert not Exposure.objects.exists()
    file.write_text(f"name,week,count\norders,{MONDAY - timedelta(weeks=1)},412\n")
    assert CliRunner().invoke(app, ["import", "exposure", str(file)]).exit_code == 0
    assert Exposure.objects.get().count == 412


@pytest.mark.parametrize(
    ("week", "unit"),
    [(Week(MONDAY, 1), "per 10 orders"), (Week(MONDAY, 0, 100), "per 1,000 orders"), (Week(MONDAY, 1, 1e9), "users")],
    ids=["every order", "none", "one of a milliard"],
)
def test_a_chart_without_weeks_before_says_so_and_names_no_rate(week, unit):
    drawn = watched_weeks([week], [], counted_in=unit.split()[-1], changed_on=None, left_out=set())
    assert drawn.chart.says == f"1 week from {MONDAY:%-d %B %Y}; no week before is known."
    assert drawn.chart.title.endswith(unit)
    assert drawn.rows[0][-2] == "–"
