"""The learning path as its owner uses it, a certificate that is shown and taken back, and doors that certify nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.policy import adopt
from amends.method.policy import preset
from amends.practice.course import courses
from amends.practice.drills import drills
from amends.practice.models import LessonRead, Passed, Played
from amends.team.certificate import ShownCertificate
from amends.team.token import make_token
from tests.doors.conftest import page, words
from tests.rooms.test_courses import GOLDEN, RAISES, finish

pytestmark = pytest.mark.django_db

SHOWING = "/practice/path/agents/certificate/showing/"
MINE = "/practice/path/agents/certificate/"


@pytest.fixture
def tom(door):
    return door("tom")


@pytest.fixture
def done(cast, clock):
    """Tom finished the course for agents."""
    finish("agents", by=cast.tom, now=clock.now)


def test_the_practice_room_leads_to_the_path_and_the_path_to_what_is_next(tom):
    assert "/practice/path/" in [link.attributes["href"] for link in page(tom.get("/practice/")).css("main a")]
    shown = page(tom.get("/practice/path/"))
    assert "Next: Let them finish" in shown.css_first("#next-title").text()
    assert [len(one.css("li")) for one in shown.css(".lessons")] == [8, 6, 4]


def test_the_path_asks_once_what_was_read_passed_and_shown(tom, done):
    tom.get("/practice/path/")
    with CaptureQueriesContext(connection) as made:
        assert "Your certificate" in words(tom.get("/practice/path/"))
    for table in ("lessonread", "passed", "showncertificate"):
        assert sum(f'FROM "amends_{table}"' in one["sql"] for one in made) == 1, table


def test_every_certificate_that_is_shown_to_a_lead_is_listed(cast, clock, door):
    home = cast.ines.team
    for number in range(15):
        name = f"uma{number}"
        one = type(cast.tom).objects.create_user(name, "make-it-right", name=name, role="agent", team=home)
        ShownCertificate.objects.create(person=one, team=home, course="agents", passed_at=clock.now, shown_at=clock.now)
    assert len(page(door("ines").get("/practice/")).css('a[href^="/practice/certificates/"]')) == 15


def test_a_lesson_is_read_and_its_round_begins(tom):
    address = reverse("practice-lesson", args=["agents", "anger"])
    assert not LessonRead.objects.exists()
    shown = page(tom.get(address))
    assert len(shown.css(".lesson > p")) > 3
    assert not LessonRead.objects.exists()
    response = tom.post(address)
    assert response["Location"] == reverse("practice-round", args=[Played.objects.get().pk])
    assert LessonRead.objects.get().lesson == "anger"
    assert tom.post(address)["Location"] == response["Location"]


def test_a_round_that_passes_only_by_what_was_ticked_leads_to_the_turn_to_say_in_other_words(tom, cast, clock):
    """The golden words pass; a turn of them is misread by hand, put right by a tick, and said again from there."""
    lesson = courses()["agents"].lessons[0]
    tom.post(reverse("practice-lesson", args=["agents", lesson.id]))
    row = Played.objects.get()
    said = GOLDEN[row.scenario]
    for number, text in enumerate(said, 1):
        tom.post(reverse("practice-round", args=[row.pk]), {"text": text, "turn": number})
    row.refresh_from_db()
    for turn in row.turns[1:]:
        turn |= {"heard": [], "corrected": turn["heard"]}
    row.save()
    tom.post(reverse("practice-end", args=[row.pk]))
    assert not Passed.objects.exists()
    shown = tom.get(reverse("practice-debrief", args=[row.pk]))
    assert "say it in words and it passes" in words(shown)
    assert "Say turn 2 in other words" in words(shown)
    again = tom.post(reverse("practice-again", args=[row.pk]), {"turn": 2})["Location"]
    branch = Played.objects.exclude(pk=row.pk).get()
    for number, text in enumerate(said[1:], 2):
        tom.post(again.partition("#")[0], {"text": text, "turn": number})
    end = tom.post(reverse("practice-end", args=[branch.pk]), follow=True)
    assert [(one.scenario, one.persona) for one in Passed.objects.all()] == [(row.scenario, row.persona)]
    assert "It is practice for" not in words(end)
    assert "in other words" not in words(end)


def test_a_lesson_with_a_drill_leads_there_and_is_done_with_its_tasks(tom):
    address = reverse("practice-lesson", args=["newcomers", "promising"])
    drill = tom.post(address)["Location"]
    assert drill == reverse("practice-drill", args=["promises"])
    for number, task in enumerate(drills()["promises"].tasks, 1):
        ours = tom.post(drill, {"task": number, f"text-{number}": task.model})
        assert "Say it in your own and it counts" in words(ours)
    assert not Passed.objects.exists()
    for number, task in enumerate(drills()["promises"].tasks, 1):
        tom.post(drill, {"task": number, f"text-{number}": f"Hello. {task.model}"})
    assert "1 of 8 lessons done" in words(tom.get("/practice/path/"))


def test_a_certificate_says_what_for_when_and_until_when(tom, done, clock):
    told = words(tom.get(MINE))
    for part in ("Tom Becker", "Everyday work", f"completed on {clock.now:%-d %B %Y}", "It counts until", "You alone."):
        assert part in told
    assert all(lesson.title in told for lesson in courses()["agents"].lessons)
    assert tom.get("/practice/path/leads/certificate/")["Location"] == "/practice/path/#leads"


def test_shown_to_the_leads_of_the_team_until_taken_back(tom, done, door):
    ines = door("ines")
    assert "Certificates shown to you" not in words(ines.get("/practice/"))
    tom.post(SHOWING)
    address = reverse("practice-certificate-shown", args=[ShownCertificate.objects.get().pk])
    assert address in ines.get("/practice/").content.decode()
    assert "Tom Becker shows you a certificate" in words(ines.get(address))
    assert "Take it back" not in words(ines.get(address))
    for who in ("priya", "sam"):
        theirs, nobodys = door(who).get(address), door(who).get("/practice/certificates/987654321/")
        assert (theirs.status_code, words(theirs)) == (404, words(nobodys))
    tom.post(SHOWING, {"back": "yes"})
    assert ines.get(address).status_code == 404
    assert address not in ines.get("/practice/").content.decode()


def test_a_lead_sees_the_same_whether_somebody_finished_a_course_or_not(cast, door, clock):
    """Every page a lead has of practice, policy and the team, before and after a colleague finished all courses."""
    ines = door("ines")
    pages = ["/practice/", "/practice/path/", "/policy/", "/team/load/", MINE]
    before = [words(ines.get(one, follow=True)) for one in pages]
    for course in courses():
        finish(course, by=cast.tom, now=clock.now)
    assert [words(ines.get(one, follow=True)) for one in pages] == before


def test_nobody_certifies_themselves_by_a_request(tom, cast, clock, done, door):
    sam = door("sam")
    response = sam.post(SHOWING, {"person": "tom", "course": "agents", "passed_at": "2026-01-01"}, follow=True)
    assert "is not finished yet" in words(response)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {make_token(cast.tom, 'robot', clock.now)}"}
    program = door("")
    for address in (SHOWING, "/practice/path/agents/anger/", "/practice/"):
        assert "/sign-in/" in program.post(address, **bearer)["Location"]
    for verb in ("show_certificate", "certificate", "pass", "practise"):
        assert program.post(f"/api/v1/cases/1/{verb}/", "{}", "application/json", **bearer).status_code == 404
    assert not ShownCertificate.objects.exists()


def test_where_an_offer_is_made_the_limit_says_why(tom, done, recovery, clock):
    one = recovery()
    one.person_first()
    adopt(preset("standard") | {"raises": RAISES}, "Practice counts", by=None, now=clock.now)
    address = reverse("offer", args=[one.case.pk])
    assert "limit of €100" in words(tom.get(address))
    tom.post(SHOWING)
    told = words(tom.get(address))
    assert "limit of €150, raised by your certificate “Everyday work” until" in told


def test_a_rule_typed_into_the_form_of_the_policy_is_in_force(cast, door):
    ines = door("ines")
    form = page(ines.get("/policy/change/")).css_first(".policy-form")
    typed = {one.attributes["name"]: one.attributes.get("value") or "" for one in form.css("input[name]")}
    typed |= {one.attributes["name"]: one.text().removeprefix("\n") for one in form.css("textarea[name]")}
    for one in form.css("select[name]"):
        chosen = one.css_first("option[selected]") or one.css_first("option")
        typed[one.attributes["name"]] = chosen.attributes["value"] or ""
    typed |= {"raises-1-per_case_cents": "150", "raises-1-per_customer_cents": "450", "note": "Practice counts"}
    assert "With the certificate “Everyday work”, any remedy, EUR" in words(ines.post("/policy/change/", typed))
    told = words(ines.post("/policy/change/", typed | {"confirm": "yes"}, follow=True))
    assert "With the certificate “Everyday work”, any remedy, EUR" in told
    refused = ines.post("/policy/change/", typed | {"raises-1-per_case_cents": "5000", "base": "2", "note": "More"})
    assert "Nobody raises their own limit." in words(refused)


def test_forgetting_asks_once_and_leaves_nothing(tom, done, cast):
    tom.post(SHOWING)
    assert "the certificate you show is taken back" in words(tom.get("/practice/path/forgetting/"))
    assert Passed.objects.filter(trainee=cast.tom).exists()
    tom.post("/practice/path/forgetting/")
    assert not Passed.objects.filter(trainee=cast.tom).exists()
    assert not ShownCertificate.objects.exists()
