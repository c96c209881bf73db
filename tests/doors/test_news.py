"""Who it hurt: the list, the letters, telling them, and the customer's own no."""

import re

import pytest
from django.test import Client

from amends.cases.links import page_token
from amends.cases.message import Message
from amends.customers.models import NoNews
from amends.prevention.models import Cause, Change
from amends.prevention.telling import LeftOut, News
from amends.prevention.verbs import attribute, make_change
from tests.conftest import mail
from tests.doors.conftest import let_letters_leave, page, typed, words

pytestmark = pytest.mark.django_db
TEXT = "Every parcel is scanned at the door."


@pytest.fixture
def change(cast) -> Change:
    made = Change.objects.get()
    make_change(made, by=cast.ines, now=cast.clock.now)
    return made


@pytest.fixture
def hurt(cast, recovery):
    """The cases of these people, each linked to the cause."""

    def link(*names):
        made = []
        for name in names:
            who = name.split()[0].lower()
            one = recovery(mail(sender=f"{name} <{who}@post.example>", message_id=f"<{who}@post.example>"))
            one.hear()
            attribute(one.issues[0], Cause.objects.get(), by=cast.ines, now=cast.clock.now)
            made.append(one.case)
        return made

    return link


def at(change) -> str:
    return f"/changes/{change.pk}/news/"


def form(response, **more) -> dict[str, object]:
    """The form as a browser would send it, with what was typed."""
    seen = [node.attributes["value"] for node in page(response).css("input[name=seen]")]
    return {"seen": seen, "text-en": TEXT, **more}


def test_from_the_cause_to_everyone_told(change, hurt, door):
    maria, noor = hurt("Maria Oduya", "Noor Haddad")
    client = door("ines")
    assert f'href="{at(change)}"' in client.get(f"/prevention/{change.cause_id}/").content.decode()
    shown = client.get(at(change))
    assert "2 people hurt = 0 told + 0 left out with a reason + 2 still owed the news" in words(shown)
    assert "A second courier collects at noon (since" in typed(shown, "text-en")
    assert "Tell 2 people" in words(shown)
    reason = {f"reason-{noor.customer_id}": "Tom called her"}
    looked = client.post(at(change), form(shown, preview="yes", **reason))
    assert looked.status_code == 200
    assert TEXT in page(looked).css_first(".folded-words").text()
    assert "/c/" not in page(looked).css_first(".folded-words").text()
    assert "Tell 1 person" in words(looked)
    assert typed(looked, f"reason-{noor.customer_id}") == "Tom called her"
    assert News.objects.count() == 0
    assert client.post(at(change), form(shown, **reason)).status_code == 302
    after = words(client.get(at(change)))
    assert "2 people hurt = 1 told + 1 left out with a reason" in after
    assert "Tom called her" in after
    assert Message.objects.get(automatic="news").case == maria
    assert client.post(at(change), form(shown)).status_code == 409


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(change, hurt, door):
    [maria] = hurt("Maria Oduya")
    client = door("ines")
    empty = client.post(at(change), {"seen": [maria.customer_id], "text-en": " ", f"reason-{maria.customer_id}": "Why"})
    assert empty.status_code == 422
    assert "Write in English what was changed." in words(empty)
    assert typed(empty, f"reason-{maria.customer_id}") == "Why"
    hurt("Noor Haddad")
    stale = client.post(at(change), {"seen": [maria.customer_id], "text-en": TEXT})
    assert stale.status_code == 409
    assert "One more person was linked" in words(stale)
    assert Message.objects.filter(automatic="news").count() == 0


def test_people_of_another_language_are_named_and_the_missing_translation_told(change, cast, recovery, door):
    german = "Guten Tag,\n\nmein Paket ist neun Tage zu spät gekommen, und niemand hat mir etwas gesagt.\n\nHanna\n"
    one = recovery(mail(german, sender="Hanna Vogt <hanna@post.example>", message_id="<h@post.example>"))
    one.hear()
    attribute(one.issues[0], Cause.objects.get(), by=cast.ines, now=cast.clock.now)
    client = door("ines")
    shown = client.get(at(change))
    assert "Not translated: 1 person who writes in German gets the English text." in words(shown)
    looked = client.post(at(change), form(shown, preview="yes", **{"text-de": "Jedes Paket wird gescannt."}))
    assert "Not translated" not in words(looked)
    assert "Jedes Paket wird gescannt." in page(looked).css_first(".folded-words").text()


def test_only_who_may_change_things_tells(change, hurt, door):
    hurt("Maria Oduya")
    shown = door("tom").get(at(change))
    assert "A lead or a quality manager tells them." in words(shown)
    assert "Leave out" not in words(shown)
    assert door("tom").post(at(change), form(shown)).status_code == 403
    assert "Maria" not in words(door("priya").get(at(change)))


def test_a_change_that_is_not_made_is_no_news(cast, hurt, door):
    hurt("Maria Oduya")
    change, client = Change.objects.get(), door("ines")
    shown = client.get(at(change))
    assert "is not in place yet" in words(shown)
    assert client.post(at(change), form(shown)).status_code == 409


def test_owed_after_all(change, hurt, door):
    [maria] = hurt("Maria Oduya")
    client = door("ines")
    form_ = form(client.get(at(change)), **{f"reason-{maria.customer_id}": "On holiday"})
    client.post(at(change), form_)
    assert client.post(at(change), {"again": LeftOut.objects.get().pk}).status_code == 302
    assert "1 still owed the news" in words(client.get(at(change)))
    assert client.post(at(change), {"again": "²"}).status_code == 404


def test_one_press_in_the_letter_and_no_news_comes_any_more(change, hurt, door):
    [maria] = hurt("Maria Oduya")
    client = door("ines")
    client.post(at(change), form(client.get(at(change))))
    letter = Message.objects.get(automatic="news")
    link = re.search(r"http\S+(/c/\S+/news/)", letter.text)[1]
    theirs = Client(raise_request_exception=False)
    shown = theirs.get(link)
    assert not NoNews.objects.exists()
    once = typed(shown, "once")
    assert theirs.post(link, {"once": once}).status_code == 422
    assert theirs.post(link, {"once": once, "news": "no"}).status_code == 302
    assert NoNews.objects.get().customer == maria.customer
    assert theirs.post(link, {"once": once, "news": "no"}).status_code == 409
    assert "You get no news of what we change" in words(theirs.get(link))
    again = typed(theirs.get(link), "once")
    assert theirs.post(link, {"once": again, "news": "yes"}).status_code == 302
    assert not NoNews.objects.exists()


def test_the_letter_stands_on_their_page_once_it_left(change, hurt, door):
    [maria] = hurt("Maria Oduya")
    client = door("ines")
    client.post(at(change), form(client.get(at(change))))
    theirs = Client()
    assert TEXT not in words(theirs.get(f"/c/{page_token(maria.pk)}/"))
    let_letters_leave()
    assert TEXT in words(theirs.get(f"/c/{page_token(maria.pk)}/"))
