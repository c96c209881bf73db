"""The case library through the doors: written, read by a second person, found by everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.cases.closure import close
from amends.cli.assistant import use
from amends.library.models import TEXTS, Publication, Study, StudySource
from amends.library.public import stories
from amends.team.token import make_token
from tests.conftest import mail
from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db
LETTER = "Order KX-77120 came nine days late to 14 Larch Road, Leeds, and the clerk Otis laughed. Maria Oduya"


@pytest.fixture
def case(recovery):
    one = recovery(mail(LETTER))
    one.person_first()
    one.decide(one.issues[0], "ours", "upheld")
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(minutes=5))
    return one.case


def form(client, case):
    """What the form proposes, as a browser would send it back."""
    shown = client.get(reverse("study-writing", args=[case.pk]))
    names = ("title", "what_happened", "what_we_did", "outcome", "lesson")
    return {name: typed(shown, name) for name in names}


def test_a_lead_writes_from_what_the_records_say_and_quality_publishes_it(door, case):
    ines = door("ines")
    said = form(ines, case)
    assert "Maria" not in str(said)
    assert "77120" not in str(said)
    assert "Leeds" not in str(said)
    assert "nine days late" in said["what_happened"]
    assert "Refund" in said["what_we_did"]
    said |= {"title": "Nine days late", "outcome": "It was right again.", "lesson": "Tell them before they ask."}
    kept = ines.post(reverse("study-writing", args=[case.pk]), said, follow=True)
    assert "Somebody else reads it" in words(kept)
    sam = door("sam")
    assert "Nine days late" in words(sam.get(reverse("studies-waiting")))
    address = reverse("study-reading", args=[Study.objects.get().pk])
    assert sam.post(address, {"publish": "yes", "looked": "yes"}).status_code == 302
    assert not StudySource.objects.exists()
    for who in ("tom", "priya"):
        found = door(who).get(reverse("library"), {"q": "nine late"})
        link = page(found).css_first(f'a[href="{reverse("study", args=[Study.objects.get().pk])}"]')
        assert "Nine days late" in link.text()
        assert "Tell them before they ask." in words(door(who).get(link.attributes["href"]))


def test_a_name_is_told_beside_its_field_and_what_was_typed_stays(door, case):
    ines = door("ines")
    said = form(ines, case) | {"outcome": "Maria was glad.", "lesson": "Ask."}
    refused = ines.post(reverse("study-writing", args=[case.pk]), said)
    assert refused.status_code == 422
    assert "Maria" in page(refused).css_first("#outcome-error").text()
    assert typed(refused, "outcome") == "Maria was glad."
    assert not Study.objects.exists()


def test_marked_places_are_judged_first(door, case):
    ines = door("ines")
    said = form(ines, case) | {"what_happened": "They run the only vegan bakery of the island.", "outcome": "Right."}
    ines.post(reverse("study-writing", args=[case.pk]), said | {"lesson": "Ask."})
    sam, address = door("sam"), reverse("study-reading", args=[Study.objects.get().pk])
    marked = page(sam.get(address)).css_first("mark").text()
    assert "the only vegan bakery" in marked
    assert sam.post(address, {"publish": "yes"}).status_code == 422
    assert sam.post(address, {"publish": "yes", "looked": "yes"}).status_code == 302


def test_what_waits_is_not_there_for_others(door, case):
    ines = door("ines")
    ines.post(reverse("study-writing", args=[case.pk]), form(ines, case) | {"outcome": "Right.", "lesson": "Ask."})
    number = Study.objects.get().pk
    assert door("tom").get(reverse("study", args=[number])).status_code == 404
    assert door("tom").get(reverse("study-reading", args=[number])).status_code == 403
    assert "Ask." not in words(door("tom").get(reverse("library")))


def test_every_story_of_others_says_where_it_is_from(door):
    client = door("tom")
    shown = words(client.get(reverse("library")))
    assert len(stories()) >= 10
    for one in stories():
        assert one.title in shown
        told = words(client.get(reverse("other-firm", args=[one.key])))
        assert all(source in told for source in one.sources)
        assert "not checked" in told


def test_a_lesson_names_what_others_did(door):
    told = words(door("tom").get(reverse("practice-lesson", args=["agents", "non-apologies"])))
    assert "A first letter that blames the passenger" in told


def test_the_offer_leads_to_studies_of_its_kind(door, recovery):
    one = recovery()
    one.person_first()
    shown = page(door("tom").get(reverse("offer", args=[one.case.pk])))
    link = shown.css_first('a[href*="/library/?category="]').attributes["href"]
    assert link.endswith(one.issues[0].category)


def test_programs_and_assistants_read_what_is_published_and_nothing_else(cast, clock):
    studies = [
        Study.objects.create(**dict.fromkeys(TEXTS, f"A lamp of {name}."), by=cast.ines, at=clock.now)
        for name in ("glass", "paper")
    ]
    Publication.objects.create(study=studies[0], by=cast.sam, at=clock.now)
    key = make_token(cast.tom, "test", clock.now)
    headers = {"Authorization": f"Bearer {key}"}
    found = Client().get(reverse("api-studies"), {"q": "lamp"}, headers=headers).json()
    assert [one["study"] for one in found["studies"]] == [studies[0].pk]
    assert {one["firm"] for one in Client().get(reverse("api-studies"), headers=headers).json()["others"]} >= {
        "JetBlue"
    }
    asked = [Client().get(reverse("api-study", args=[one.pk]), headers=headers) for one in studies]
    assert [one.status_code for one in asked] == [200, 404]
    assert asked[0].json()["lesson"] == "A lamp of glass."
    assert use(key, "find_studies", {"words": "glass"})["studies"][0]["study"] == studies[0].pk
    assert Client().get(reverse("api-studies")).status_code == 401
