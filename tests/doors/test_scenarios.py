"""The scenarios of the practice room as their writers and players use them."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases.closure import close
from amends.practice.models import Played
from amends.practice.own.draft import draft_of
from amends.practice.own.models import OwnScenario, OwnVersion
from amends.practice.own.write import keep_scenario
from amends.rehearsal.filed import as_file
from amends.rehearsal.sheet import sheet
from amends.rehearsal.shelf import named_scenario, read_scenario
from tests.conftest import mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db

SOFA = replace(named_scenario("retail-sofa-leg"), id="our-sofa", title="Our own sofa")
NEW = "/practice/scenarios/new/"


def filled(scenario=SOFA, **changed):
    """The form as somebody sends it."""
    draft = draft_of(scenario)
    sent = {"issues": len(draft.issues), **draft.top}
    for at, issue in enumerate(draft.issues, 1):
        sent |= {f"{name}-{at}": value for name, value in issue.items()}
    return {"do": "keep", **sent, **changed}


def given(words, name="ours.toml", **more):
    data = words if isinstance(words, bytes) else words.encode()
    return {"do": "file", "file": SimpleUploadedFile(name, data), **more}


@pytest.fixture
def ines(door):
    return door("ines")


@pytest.fixture
def own(cast, clock):
    return keep_scenario(SOFA, by=cast.ines, now=clock.now).scenario


def test_a_scenario_is_written_in_a_form_and_played_like_any_other(ines, door):
    address = ines.post(NEW, filled())["Location"]
    assert [one.said for one in OwnVersion.objects.get().read().issues] == [one.said for one in SOFA.issues]
    shown = words(ines.get(address))
    assert "This is how they begin" in shown
    tom = door("tom")
    key = page(tom.get("/practice/")).css_first(".sectors [name=scenario]").attributes["value"]
    said = tom.post("/practice/", {"scenario": key, "persona": "steady"}, follow=True)
    assert "Our own sofa" in words(said)
    assert Played.objects.get().version.scenario_id == OwnScenario.objects.get().pk


def test_what_is_shown_in_the_form_is_what_was_kept(ines, own):
    shown = page(ines.get(f"/practice/scenarios/{own.pk}/change/"))
    assert shown.css_first("[name=title]").attributes["value"] == SOFA.title
    assert shown.css_first("[name=held_back-1]").text().strip() == SOFA.issues[0].held_back
    after = shown.css_first(".scenario [name=after]").attributes["value"]
    ines.post(f"/practice/scenarios/{own.pk}/change/", filled(title="Changed", after=after))
    assert [one.title for one in own.versions.all()] == ["Our own sofa", "Changed"]


def test_a_refusal_keeps_everything_that_was_typed(ines):
    hopeless = filled(**{f"remedy-{at}": "" for at in range(1, len(SOFA.issues) + 1)})
    response = ines.post(NEW, hopeless)
    assert response.status_code == 422
    assert "has no remedy that fits" in words(response)
    shown = page(response)
    kept = {box.attributes["name"]: box.attributes["value"] or "" for box in shown.css(".scenario input[type=text]")}
    kept |= {box.attributes["name"]: box.text().strip() for box in shown.css(".scenario textarea")}
    assert len(kept) > 40
    assert kept == {name: hopeless[name] for name in kept}
    assert not OwnScenario.objects.exists()


def test_an_empty_field_is_named_beside_it(ines):
    response = ines.post(NEW, filled(**{"held_back-2": ""}))
    assert response.status_code == 422
    assert page(response).css_first("#held_back-2").attributes["aria-invalid"] == "true"
    assert page(response).css_first(".errors a").attributes["href"] == "#held_back-2"


def test_the_buttons_of_the_form_change_it_and_keep_nothing(ines):
    count = len(SOFA.issues)
    more = page(ines.post(NEW, filled(do="add")))
    assert len(more.css(".issue-form")) == count + 1
    less = page(ines.post(NEW, filled(do="out-1")))
    assert less.css_first("[name=said-1]").text().strip() == SOFA.issues[1].said
    graver = page(ines.post(NEW, filled(do="up-2")))
    assert graver.css_first("[name=said-1]").text().strip() == SOFA.issues[1].said
    begins = words(ines.post(NEW, filled(do="begins")))
    assert "Nothing is kept yet." in begins
    assert not OwnScenario.objects.exists()


def test_a_scenario_goes_out_as_a_file_and_comes_back(ines, own):
    sent = ines.get(f"/practice/scenarios/{own.pk}/file/")
    assert read_scenario(sheet(sent.text, "x")) == SOFA
    assert "attachment" in sent["Content-Disposition"]
    ines.post(NEW, given(sent.content))
    assert OwnScenario.objects.count() == 2
    ines.post(f"/practice/scenarios/{own.pk}/change/", given(as_file(replace(SOFA, title="By file")), after="1"))
    assert own.versions.last().title == "By file"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (as_file(SOFA).replace('sector = "retail"', 'sector = "moon"'), "ours.toml, line 2, top of the file: “sector”"),
        (as_file(SOFA).replace("held_back", "hold_back", 1), "“hold_back” is not known here"),
        ("title = ", "ours.toml cannot be read as TOML"),
        ("a = " + "[" * 9000, "ours.toml cannot be read"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        ("", "there has to be at least one [[issue]]"),
        ("# " + "x" * 300_000, "too large for a scenario"),
    ],
)
def test_a_broken_file_says_where_and_nothing_of_it_is_kept(broken, told, ines):
    response = ines.post(NEW, given(broken))
    assert response.status_code == 422
    assert told in words(response)
    assert not OwnScenario.objects.exists()


def test_without_a_file_the_page_asks_for_one(ines):
    assert "Choose the file" in words(ines.post(NEW, {"do": "file"}))


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "\u202edrawkcab", "😀" * 500, "\x01", "x" * 90_000]
)
def test_hostile_words_are_words_or_refused(typed, ines):
    response = ines.post(NEW, filled(title=typed, firm=typed), follow=True)
    assert response.status_code in {200, 422}
    assert "<script>alert" not in response.text
    assert "49" not in words(response)[:300]
    ines.get("/practice/scenarios/")


@pytest.mark.parametrize("count", ["", "0", "-3", "99999999999", "six"])
def test_an_impossible_number_of_issues_is_brought_into_bounds(count, ines):
    shown = page(ines.post(NEW, {"do": "add", "issues": count}))
    assert 1 <= len(shown.css(".issue-form")) <= 6


def test_an_agent_reads_and_may_not_write(door, own):
    tom = door("tom")
    assert "Our own sofa" in words(tom.get("/practice/scenarios/"))
    shown = tom.get(f"/practice/scenarios/{own.pk}/")
    assert "/change/" not in shown.text
    assert "Take it out of use" not in words(shown)
    for address in (NEW, f"/practice/scenarios/{own.pk}/change/"):
        assert tom.post(address, filled()).status_code == 403
    assert tom.post(f"/practice/scenarios/{own.pk}/retirement/").status_code == 403
    assert OwnVersion.objects.count() == 1


def test_a_lead_lets_it_count_and_retires_it(ines, door, own):
    address = f"/practice/scenarios/{own.pk}/"
    assert "counts as practice before live work" in words(ines.post(f"{address}counting/", follow=True))
    assert "they do not count" in words(ines.post(f"{address}counting/", {"back": "yes"}, follow=True))
    assert door("sam").post(f"{address}counting/").status_code == 403
    assert "A new version brings it back" in words(ines.post(f"{address}retirement/", follow=True))
    assert not page(ines.get("/practice/")).css(f'[value="{own.key}"]')


def test_one_that_comes_with_amends_begins_a_form_or_is_a_file(ines):
    shown = page(ines.get(f"{NEW}?like=saas-lost-export"))
    assert shown.css_first("[name=firm]").attributes["value"] == named_scenario("saas-lost-export").firm
    assert page(ines.get(f"{NEW}?like=nothing")).css_first("[name=firm]").attributes["value"] in ("", None)
    sent = ines.get("/practice/scenarios/saas-lost-export.toml")
    assert read_scenario(sheet(sent.text, "x")) == named_scenario("saas-lost-export")
    assert ines.get("/practice/scenarios/nothing.toml").status_code == 404


def test_no_page_of_a_scenario_names_who_played_it(door, own, cast):
    tom = door("tom")
    tom.post("/practice/", {"scenario": own.key, "persona": "steady"})
    told = door("ines").get(f"/practice/scenarios/{own.pk}/").text
    main = re.search(r"<main.*</main>", told, re.S)[0]
    assert cast.tom.name not in main


@pytest.fixture
def closed(recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(hours=1))
    return one.case


def test_a_closed_case_becomes_a_scenario_that_a_second_person_reads_first(closed, door):
    ines, tom, sam = door("ines"), door("tom"), door("sam")
    form = f"/cases/{closed.pk}/scenario/"
    assert form in ines.get(f"/cases/{closed.pk}/").text
    assert form not in tom.get(f"/cases/{closed.pk}/").text
    assert "Make up the rest" in words(ines.get(form))
    name = closed.customer.name
    named = ines.post(form, filled(setting=f"It was {name} who wrote."))
    assert named.status_code == 422
    assert page(named).css_first(".errors a").attributes["href"] == "#setting"
    address = ines.post(form, filled())["Location"]
    assert tom.get(address).status_code == 404
    assert tom.get(f"{address}file/").status_code == 404
    assert "somebody else has to read it" in words(ines.get(address))
    assert "You wrote this version" in words(ines.post(f"{address}reading/", {"version": 1}, follow=True))
    assert "I read it: nobody can be known by it" in words(sam.get(address))
    assert "Everybody can play it now" in sam.post(f"{address}reading/", {"version": 1}, follow=True).text
    assert "Practise it" in words(tom.get(address))


def test_an_open_case_another_teams_case_and_an_agent_make_none(closed, door, recovery):
    assert door("tom").get(f"/cases/{closed.pk}/scenario/").status_code == 403
    still_open = recovery(mail("It is late.", message_id="<open@x>")).case
    response = door("ines").get(f"/cases/{still_open.pk}/scenario/")
    assert response.status_code == 409
    assert "closed case" in words(response)
    assert door("ines").get("/cases/99999/scenario/").status_code == 404
