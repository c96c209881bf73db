"""The customer's page says what is so: whose turn it is, by which day, in whose words; and takes nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from amends.cases.issue import Issue
from amends.cases.message import Message
from amends.jobs import sweep
from amends.language.follow_up import day_in
from amends.recovery.agree import decline
from amends.recovery.approve import decide_approval, take_back
from amends.recovery.deliver import refuse
from amends.recovery.letter import follow_up_letter
from amends.recovery.offer import Via
from amends.recovery.promise import Promise
from amends.ui.words import full_day
from tests.conftest import mail
from tests.doors.conftest import let_letters_leave, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    begun = recovery()
    begun.person_first()
    let_letters_leave()
    return begun


@pytest.fixture
def maria():
    return Client(raise_request_exception=False)


def sent_twice(maria, one, name: str, form: dict[str, str]) -> str:
    """What the customer reads when they go back, where the page is fetched anew, and press with the same words."""
    address = f"/c/{one.token}/{name}"
    assert maria.post(address, {**form, "once": typed(maria.get(address), "once")}).status_code == 302
    again = maria.post(address, {**form, "once": typed(maria.get(address), "once")})
    assert again.status_code == 409
    return words(again)


def test_what_was_chosen_is_carried_out_next_by_the_day_we_promised_it(one, maria):
    acceptance = one.accept(one.offer())
    said = words(maria.get(f"/c/{one.token}/"))
    assert f"Next, we carry out what we agreed by {full_day(acceptance.promise.due_at)}." in said
    assert "does not happen again by" not in said


def test_a_broken_promise_is_owned_and_its_words_are_not_put_into_the_customers_mouth(one, maria):
    acceptance = one.accept(one.offer())
    Promise.objects.update(due_at=one.now - timedelta(days=2))
    sweep(one.now)
    said = words(maria.get(f"/c/{one.token}/"))
    assert "We did not keep what we promised you. We are sorry." in said
    assert "Next, we write to you about it." in said
    assert "reading what you wrote" not in said
    one.case.refresh_from_db()
    one.person_first()
    let_letters_leave()
    one.deliver(acceptance)
    said = words(maria.get(f"/c/{one.token}/"))
    assert f"“{acceptance.option.title}” In your words" not in said
    assert f"In your words: “{acceptance.option.title}”" not in said
    assert f"It was done on {full_day(one.now)}." in said


def test_who_waits_for_an_approval_reads_that_somebody_decides(one, maria):
    one.ask(cents=25000)
    said = words(maria.get(f"/c/{one.token}/"))
    assert "Next, they decide, and we write to you. You hear from us" in said


def test_after_a_no_the_page_says_what_is_done_about_it(one, maria, cast):
    """Looking for another way; one is found and somebody decides; taken back or not granted, we look again."""

    def said():
        return words(maria.get(f"/c/{one.token}/"))

    decline(one.offer(), "A credit is of no use to me", via=Via.PAGE, now=one.now)
    assert "We are looking for another way." in said()
    first, second = one.ask(cents=25000), one.ask(cents=26000)
    assert "We have found another way. Somebody here has to agree to it first." in said()
    assert "looking for another way" not in said()
    decide_approval(first, granted=False, words="The smaller sum", by=cast.ines, now=one.now)
    assert "We have found another way." in said()
    take_back(second, by=cast.tom, now=one.now)
    assert "We are looking for another way." in said()
    assert "Somebody here has to agree" not in said()


def test_after_a_no_that_was_answered_nobody_looks_for_another_way(one, maria):
    decline(one.offer(issues=one.issues[:1]), "I want it all back", via=Via.PAGE, now=one.now)
    one.decide(one.issues[0])
    refuse(one.issues[0], "The courier's scans say so.", "The ombudsman.", by=one.cast.tom, now=one.now)
    let_letters_leave()
    said = words(maria.get(f"/c/{one.token}/"))
    assert "What you said about our offer" in said
    assert "looking for another way" not in said


def test_the_same_message_after_the_back_button_is_one_message(one, maria):
    assert "We have this already" in sent_twice(maria, one, "write/", {"text": "The lamp flickers."})
    assert Message.objects.filter(text="The lamp flickers.").count() == 1


def test_the_same_words_after_an_answer_of_ours_are_a_new_message(one, maria):
    sent_twice(maria, one, "write/", {"text": "The lamp flickers."})
    one.cast.clock.now = datetime.now(UTC)
    one.say()
    address = f"/c/{one.token}/write/"
    form = {"text": "The lamp flickers.", "once": typed(maria.get(address), "once")}
    assert maria.post(address, form).status_code == 302
    assert Message.objects.filter(text="The lamp flickers.").count() == 2


def test_what_was_missing_is_written_down_once(one, maria):
    assert "We have this already" in sent_twice(maria, one, "not-quite/", {"missing": "Your man laughed at me."})
    assert Issue.objects.filter(summary="Your man laughed at me.").count() == 1


def test_the_offers_letter_says_until_when_and_where_to_go(one):
    offer = one.offer()
    letter = offer.message.text
    assert f"You can take your time until {offer.expires_at:%A %-d %B}." in letter
    assert "somebody else look at it" in letter
    assert letter.split("\n\n")[1].startswith("This is how")


def test_the_letter_that_asks_again_names_all_that_was_carried_out(one):
    one.deliver(one.accept(one.offer()))
    asked = one.case.follow_ups.get()
    assert f"We carried this out for you on {one.now:%A %-d %B}: Refund." in follow_up_letter(asked)


def test_the_letter_that_asks_again_is_in_the_language_of_their_mail(recovery):
    one = recovery(mail("Die Lampe ist kaputt und ich bin wütend, wie kann das sein?", message_id="<de@post.example>"))
    one.person_first()
    one.deliver(one.accept(one.offer()))
    letter = follow_up_letter(one.case.follow_ups.get())
    assert letter.startswith("Guten Tag Maria,")
    assert f"am {day_in('de', one.now.date())} für Sie erledigt: Refund." in letter
    assert all(f"follow-up/?answer={answer}" in letter for answer in ("right", "left", "no"))
    assert "Is it" not in letter
