"""Asked how it was, from policy to score: a lead decides, the worker asks, a phone without JavaScript answers."""

import re

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.journeys.desk import until
from tests.journeys.people import sign_in, words_of
from tests.journeys.test_accessible import AXE, FINDINGS, WIDER


def ask_everybody_at_once(page) -> None:
    """Ines changes the policy in its two steps."""
    page.goto("/policy/change/")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.fill("[name=survey_share]", "100")
    page.fill("[name=survey_after_days]", "0")
    page.fill("[name=note]", "We want to know how it was, also where it went badly.")
    page.click("button[name=preview]")
    expect(page.locator(".changes li")).to_have_count(2)
    page.click("main button[name=adopt], main button.button-primary")


def letter_to_piet(desk) -> str:
    found = [one for one in desk.letters() if "picked@post.example" in one and "How satisfied are you" in words_of(one)]
    return found[0] if found else ""


def looked_at(browser, context, page) -> None:
    """No finding of axe, nothing to scroll sideways; axe itself needs scripts, so it looks in a page beside."""
    beside = browser.new_context(base_url=context["base_url"], viewport={"width": 390, "height": 844})
    twin = beside.new_page()
    twin.goto(page.url)
    twin.evaluate(AXE_SCRIPT)
    assert twin.evaluate(FINDINGS, AXE["light"]) == []
    assert twin.evaluate(WIDER) == []
    beside.close()


def test_from_the_policy_to_the_score(shared_desk, chromium):
    desk = chromium.new_context(base_url=shared_desk.url)
    ines = desk.new_page()
    sign_in(ines, "ines")
    ask_everybody_at_once(ines)
    letter = words_of(until(lambda: letter_to_piet(shared_desk), within=60))
    links = re.findall(r"http\S+/q/\S+", letter)
    assert len(links) == 6

    # A scanner opens every link of the letter, twice.
    scanner = chromium.new_context(user_agent="LinkScanner/1.0")
    for link in links * 2:
        assert scanner.request.get(link).ok
    assert (
        shared_desk.shell(
            "from amends.recovery.survey import *; a = SurveyAnswer.objects; "
            "print(a.filter(asked__case__address='picked@post.example').count())"
        ).strip()
        == "0"
    )

    # Piet taps “2, dissatisfied” on a phone without JavaScript.
    phone = {"base_url": shared_desk.url, "java_script_enabled": False, "viewport": {"width": 390, "height": 844}}
    piet = chromium.new_context(**phone).new_page()
    piet.goto(links[3])
    expect(piet.locator("input:checked")).to_have_value("2")
    looked_at(chromium, phone, piet)
    piet.click("text=Send my answer")
    expect(piet.locator("h1")).to_contain_text("Thank you")
    looked_at(chromium, phone, piet)
    piet.fill("[name=words]", "The refund took nine days and nobody called me.")
    piet.click("main button")
    expect(piet.locator("main")).to_contain_text("A person reads it")

    # Somebody has to hear from him; Tom writes down what came of it.
    tom = chromium.new_context(base_url=shared_desk.url).new_page()
    sign_in(tom, "tom")
    tom.goto("/queue/team/")
    row = tom.locator("#queue .row", has_text="Piet")
    expect(row).to_contain_text("Piet was not content with how it went")
    row.click()
    expect(tom.locator("#thread")).to_contain_text("nobody called me")
    tom.click("text=Write down what came of it")
    tom.fill("[name=words]", "Called him; the bank was slow. He has the money now.")
    tom.click("text=Write it down")
    expect(tom.locator("#thread")).to_contain_text("the bank was slow")

    # Ines reads the score, and what it rests on.
    ines.goto("/scores/")
    expect(ines.locator("h2").first).to_have_text("Are they satisfied with how we dealt with it? (CSAT)")
    expect(ines.locator("main")).to_contain_text("asked answered")
