"""The customer's page: what one signed link opens, what a pressed button changes, and what a mail scanner cannot."""

import pytest
from django.test import Client

from amends.cases.issue import Issue
from amends.cases.message import Message, Understanding
from amends.cases.note import add_note
from amends.cases.once import button
from amends.cases.reply import undo
from amends.method.steps import Step
from amends.recovery.escalate import Escalation
from amends.recovery.offer import Acceptance, Decline
from tests.doors.conftest import everything, let_letters_leave, page, routes, typed, words

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name in routes() if name.startswith("portal"))


@pytest.fixture
def one(recovery):
    return recovery()


@pytest.fixture
def browse():
    """The customer's browser: no account, no cookies from before."""
    return Client(raise_request_exception=False)


def press(browse, one, action, form=None, subject=""):
    """The customer presses a button of a page that has just been opened."""
    name = {"yes/": "yes", "not-quite/": "not-quite", "choice/": "choice", "none/": "none"}.get(action, action[:-1])
    return browse.post(link(one, action), {"once": button(one.case.pk, name, subject), **(form or {})})


def link(one, page_name=""):
    return f"/c/{one.token}/{page_name}"


def test_the_page_says_where_it_stands_and_what_was_said(one, browse):
    let_letters_leave()
    said = words(browse.get(link(one)))
    assert "We have your complaint. A person is going to read it." in said
    assert "My order arrived nine days late" in said
    assert "Your message has reached us" in said


def test_looking_at_every_page_changes_nothing(world, browse):
    before = everything()
    for name in PAGES:
        for _ in range(2):
            browse.get(world.url(name))
            browse.head(world.url(name))
            browse.options(world.url(name))
    assert everything() == before


def test_yes_that_is_it(one, browse):
    one.person_first()
    let_letters_leave()
    assert page(browse.get(link(one))).css_first('form[action$="/yes/"]') is not None
    assert press(browse, one, "yes/")["Location"] == link(one)
    assert Understanding.objects.get().agreed
    assert "You confirmed this on" in words(browse.get(link(one)))


def test_not_quite_with_their_own_words(one, browse):
    one.person_first()
    let_letters_leave()
    first, second = one.issues
    form = {f"issue-{first.pk}": "Eleven days late", f"issue-{second.pk}": second.summary, "missing": "And rude\nVery."}
    assert press(browse, one, "not-quite/", form).status_code == 302
    first.refresh_from_db()
    assert first.summary == "Eleven days late"
    assert not hasattr(Issue.objects.get(pk=first.pk), "hearing")
    assert Issue.objects.filter(source="customer").get().summary == "And rude"
    assert Understanding.objects.get().corrections[0]["before"].startswith("Order arrived")
    said = words(browse.get(link(one)))
    assert "Eleven days late" in said
    assert "And rude" in said


def test_not_quite_without_a_change_is_asked_again(one, browse):
    one.person_first()
    response = press(browse, one, "not-quite/", {"missing": " "})
    assert response.status_code == 422
    assert "Change what is not right, or write what is missing." in words(response)
    assert Understanding.objects.count() == 0


def test_choosing_once_and_again(one, browse):
    one.person_first()
    offer = one.offer()
    first, second = offer.options.all()
    assert press(browse, one, "choice/", {"option": first.pk}, offer.pk)["Location"] == link(one)
    again = press(browse, one, "choice/", {"option": first.pk}, offer.pk)
    assert (again.status_code, "chosen already" in words(again)) == (409, True)
    other = press(browse, one, "choice/", {"option": second.pk}, offer.pk)
    assert (other.status_code, "was chosen before" in words(other)) == (409, True)
    assert Acceptance.objects.get().option == first
    said = words(browse.get(link(one)))
    assert "What you chose" in said
    assert "You have agreed" in said
    assert "By " in said


def test_a_choice_without_choosing_is_asked_again(one, browse):
    one.person_first()
    one.offer()
    response = browse.post(link(one, "choice/"), {})
    assert response.status_code == 422
    assert "Choose one of the options" in words(response)
    assert browse.post(link(one, "choice/"), {"option": "²"}).status_code == 404


def test_none_of_these_with_the_reason(one, browse):
    one.person_first()
    offer = one.offer()
    assert browse.post(link(one, "choice/"), {"option": "none"})["Location"] == link(one, "none/")
    assert press(browse, one, "none/", {"offer": offer.pk, "reason": " "}).status_code == 422
    assert press(browse, one, "none/", {"offer": "abc", "reason": "No"}).status_code == 404
    assert press(browse, one, "none/", {"offer": offer.pk, "reason": "I want all of it"}).status_code == 302
    kept = press(browse, one, "none/", {"offer": offer.pk, "reason": "Once more"})
    assert kept.status_code == 409
    assert Decline.objects.get().reason == "I want all of it"


def test_somebody_higher_up(one, browse, cast):
    kept = press(browse, one, "higher/", {"reason": "  "})
    assert kept.status_code == 422
    assert press(browse, one, "higher/", {"reason": "Nobody answers"}).status_code == 302
    assert Escalation.objects.get().to == cast.ines
    assert press(browse, one, "higher/", {"reason": "Again"}).status_code == 409
    assert "Somebody higher up" in words(browse.get(link(one)))


def test_writing_from_the_page(one, browse):
    assert press(browse, one, "write/", {"text": " "}).status_code == 422
    assert press(browse, one, "write/", {"text": "One thing more"}).status_code == 302
    message = Message.objects.get(text="One thing more")
    assert (message.case, message.known_sender, message.outgoing) == (one.case, True, False)
    assert "One thing more" in words(browse.get(link(one)))


@pytest.mark.parametrize("form", ["not-quite/", "none/", "higher/", "write/"])
def test_what_was_typed_is_kept_when_refused(form, one, browse, monkeypatch):
    from amends.cases.errors import Incomplete

    one.person_first()
    offer = one.offer()
    let_letters_leave()

    def refuse(*_args, **_kwargs):
        raise Incomplete("Not so.", "reason")

    for verb in ("views.correct_understanding", "views.decline", "views.escalate", "words.customer_writes"):
        monkeypatch.setattr(f"amends.portal.{verb}", refuse)
    names = {"not-quite/": "missing", "none/": "reason", "higher/": "reason", "write/": "text"}
    response = press(browse, one, form, {names[form]: "Typed words", "offer": offer.pk})
    assert response.status_code == 422
    assert typed(response, names[form]) == "Typed words"
    assert "Not so." in words(response)


def test_a_letter_shows_only_once_it_has_left(one, browse):
    one.hear()
    letter = one.say(Step.APOLOGISE)
    Message.objects.filter(pk=letter.pk).update(text="Our draft that nobody may see yet")
    assert "nobody may see" not in browse.get(link(one)).content.decode()
    undo(letter, by=one.cast.tom, now=one.now)
    assert "nobody may see" not in browse.get(link(one)).content.decode()
    sent = one.say(Step.APOLOGISE)
    Message.objects.filter(pk=sent.pk).update(text="This one has left")
    let_letters_leave()
    assert "This one has left" in words(browse.get(link(one)))


def test_an_offer_shows_only_once_its_letter_has_left(one, browse):
    one.person_first()
    let_letters_leave()
    one.offer()
    assert "Credit" not in browse.get(link(one)).content.decode()
    let_letters_leave()
    assert "Credit" in words(browse.get(link(one)))


def test_a_note_is_never_shown(one, browse):
    one.person_first()
    one.offer()
    add_note(one.case, "Between us: offer less", by=one.cast.tom, now=one.now)
    let_letters_leave()
    for name in ["", "not-quite/", "none/", "higher/", "write/"]:
        assert "Between us" not in browse.get(link(one, name)).content.decode()


def test_a_strangers_mail_in_the_case_is_not_shown(one, browse):
    Message.objects.filter(case=one.case, outgoing=False).update(known_sender=False)
    assert "nine days late" not in page(browse.get(link(one))).css_first("main").text()
