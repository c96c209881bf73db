"""Two people at one case: what is new comes in by itself, what is being written stays, keys work or are off."""

import json
import re
import time

import pytest

from tests.conftest import mail
from tests.journeys.people import sign_in

SOON = 6000  # two seconds on an idle machine; the tests share two cores with whatever else runs
DRAFT = "Dear Heard,\n\nI am looking at the"


def arrives(desk, text: str, number: int) -> None:
    """A further mail of the customer of the case “heard”, sent to the address that names their case."""
    letter = next(one for one in desk.letters() if "heard@post.example" in one)
    reply_to = re.search(r"^Reply-To: (\S+)", letter, re.M)[1]
    raw = mail(text, sender="Heard Oduya <heard@post.example>", message_id=f"<again-{number}@post.example>")
    desk.send(raw, sender="heard@post.example", to=reply_to)


@pytest.fixture
def numbers(shared_desk) -> dict[str, int]:
    return {state: one["case"] for state, one in json.loads(shared_desk.told).items() if state != "ids"}


@pytest.fixture
def people(chromium, shared_desk):
    contexts = []

    def come(username: str, **settings):
        context = chromium.new_context(
            base_url=shared_desk.url, viewport={"width": 1440, "height": 900}, reduced_motion="reduce", **settings
        )
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username)
        return page

    yield come
    for context in contexts:
        context.close()


def test_what_is_new_comes_in_while_a_reply_is_written(shared_desk, people, numbers):
    tom, ines = people("tom"), people("ines")
    for page in (tom, ines):
        page.goto(f"/cases/{numbers['heard']}/")
    tom.fill("#reply-text", DRAFT)
    tom.evaluate("window.notLoadedAgain = true")
    ines.keyboard.press("n")
    ines.fill("#note-text", "I have called the courier.")
    ines.click("text=Add note")
    tom.wait_for_selector("#thread .note:has-text('I have called the courier.')", timeout=SOON)
    shown = tom.locator("#thread .from-customer").count()
    arrives(shared_desk, "And now the box is broken too.", 1)
    tom.wait_for_selector("#thread .from-customer:has-text('the box is broken too')", timeout=SOON)
    assert tom.locator("#thread .from-customer").count() == shown + 1
    assert tom.input_value("#reply-text") == DRAFT
    assert tom.evaluate("window.notLoadedAgain")
    assert ines.input_value("#note-text") == ""


def test_a_reply_on_a_stale_page_is_refused_once_and_its_words_stay(shared_desk, people, numbers):
    tom = people("tom")
    tom.goto(f"/cases/{numbers['heard']}/")
    tom.fill("#reply-text", DRAFT)
    ours = tom.locator("#thread .from-us:not(.from-machine)").count()
    arrives(shared_desk, "Please do not send another courier.", 2)
    tom.wait_for_selector("#thread .from-customer:has-text('another courier')", timeout=SOON)
    with tom.expect_navigation() as refused:
        tom.click("text=Send reply")
    assert refused.value.status == 409
    assert tom.input_value("#reply-text") == DRAFT
    assert tom.locator("#reply-error").is_visible()
    assert tom.locator("#thread .from-us:not(.from-machine)").count() == ours
    with tom.expect_navigation():
        tom.click("text=Send reply")
    tom.wait_for_selector("#thread .from-us:has-text('I am looking at the')")
    assert tom.locator("#thread .from-us:not(.from-machine)").count() == ours + 1
    assert tom.input_value("#reply-text") == ""


def test_a_draft_survives_leaving_the_page(people, numbers):
    tom = people("tom")
    tom.goto(f"/cases/{numbers['offered']}/")
    tom.fill("#reply-text", DRAFT)
    tom.goto("/queue/mine/")
    tom.goto(f"/cases/{numbers['offered']}/")
    assert tom.input_value("#reply-text") == DRAFT


def test_the_queue_takes_in_a_new_case_by_itself(shared_desk, people):
    tom = people("tom")
    tom.goto("/queue/unassigned/")
    began = time.monotonic()
    raw = mail(sender="Nadia Live <nadia@post.example>", message_id="<nadia@post.example>")
    shared_desk.send(raw, sender="nadia@post.example")
    tom.wait_for_selector("#queue .row:has-text('Nadia Live')", timeout=SOON)
    assert time.monotonic() - began < 2.5


def focused(page, attribute: str) -> str:
    return page.evaluate("name => document.activeElement.getAttribute(name) || ''", attribute)


def test_every_key_does_what_the_list_says(people, numbers):
    tom = people("tom")
    tom.goto("/queue/team/")
    tom.keyboard.press("j")
    first = focused(tom, "id")
    tom.keyboard.press("j")
    second = focused(tom, "id")
    assert first.startswith("row-")
    assert second != first
    tom.keyboard.press("k")
    assert focused(tom, "id") == first
    with tom.expect_navigation():
        tom.keyboard.press("Enter")
    assert re.search(r"/cases/\d+/", tom.url)

    case = f"/cases/{numbers['new']}/"
    tom.goto(case)
    tom.keyboard.press("n")
    assert focused(tom, "id") == "note-text"
    tom.locator("h1").first.click()
    tom.keyboard.press("r")
    assert focused(tom, "id") == "reply-text"
    tom.keyboard.type("jkrnoe[?")
    assert tom.input_value("#reply-text") == "jkrnoe[?"
    tom.fill("#reply-text", "")
    tom.locator("h1").first.click()
    tom.keyboard.press("[")
    assert tom.evaluate("document.documentElement.dataset.panes") == "hidden"
    assert not tom.locator("#queue").is_visible()
    tom.keyboard.press("[")
    assert tom.locator("#queue").is_visible()
    tom.keyboard.press("?")
    tom.wait_for_selector("#keys:popover-open")
    tom.keyboard.press("Escape")
    assert tom.locator("#keys:popover-open").count() == 0
    for key, page in (("o", "offer"), ("e", "closure"), ("a", "assignment"), ("s", "snooze")):
        tom.goto(case)
        with tom.expect_navigation():
            tom.keyboard.press(key)
        assert tom.url.endswith(f"{case}{page}/")


def test_ctrl_enter_sends_what_is_being_written(people, numbers):
    tom = people("tom")
    tom.goto(f"/cases/{numbers['new']}/")
    tom.keyboard.press("n")
    tom.keyboard.type("Sent with two keys.")
    with tom.expect_navigation():
        tom.keyboard.press("Control+Enter")
    tom.wait_for_selector("#thread .note:has-text('Sent with two keys.')")


def test_letters_are_letters_when_the_keys_are_off(people, numbers):
    ines = people("ines")
    ines.goto("/me/")
    ines.uncheck("[name=letter_keys]")
    ines.locator("form:has([name=letter_keys]) button[type=submit]").click()
    ines.wait_for_selector("html[data-letter-keys=off]")
    try:
        case = f"/cases/{numbers['new']}/"
        ines.goto(case)
        for key in ("j", "r", "n", "[", "?", "o", "e"):
            ines.keyboard.press(key)
        ines.wait_for_timeout(300)
        assert ines.url.endswith(case)
        assert focused(ines, "id") not in ("reply-text", "note-text")
        assert not focused(ines, "class").startswith("row")
        assert ines.locator("#keys:popover-open").count() == 0
        assert ines.locator("#queue").is_visible()
        ines.check("#write-note", force=True)
        ines.fill("#note-text", "This one still goes with Ctrl and Enter.")
        with ines.expect_navigation():
            ines.keyboard.press("Control+Enter")
        ines.wait_for_selector("#thread .note:has-text('still goes')")
    finally:
        ines.goto("/me/")
        ines.check("[name=letter_keys]")
        ines.locator("form:has([name=letter_keys]) button[type=submit]").click()
