"""A round of practice played to agreement in a browser, with JavaScript and without; the keyboard sends a turn."""

import pytest

from tests.journeys.people import sign_in

METHOD = [
    "Thank you for telling me. Please go on, I am listening.",
    "Please tell me the rest, I would like to hear all of it.",
    "So the leg of your sofa cracked in the second week, with your mother sitting on it. "
    "That must have been a shock for you both.",
    "I am sorry that the leg of your sofa cracked. We promised you hardwood and did not keep it.",
    "We can change all four legs at your home on Friday, or take the sofa back and refund the full price. "
    "Which would you prefer?",
    "I, Tom, will send the van on Friday before noon and ring you on Thursday at five. "
    "A supplier notice now stops the stock until the workshop has cleared it.",
    "Does that put it right for you?",
]


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "with JavaScript"])
def test_a_round_is_played_to_agreement(scripts, shared_desk, chromium):
    context = chromium.new_context(base_url=shared_desk.url, java_script_enabled=scripts)
    page = context.new_page()
    sign_in(page, "tom")
    page.click("nav >> text=Learning")
    page.click("nav >> text=Practice")
    page.check("[name=scenario][value=retail-sofa-leg]")
    page.check("[name=persona][value=steady]")
    page.click("text=Begin the round")
    for number, said in enumerate(METHOD, 1):
        page.fill("#reply-text", said)
        if scripts:
            page.press("#reply-text", "Control+Enter")
        else:
            page.click("text=Say it")
        turn = page.locator(f"#turn-{number}")
        turn.wait_for()
        assert turn.locator(".feedback .meters > div").count() == 3
        assert turn.locator(".from-customer .words").inner_text().strip()
    assert page.locator(".composer .first-listen").inner_text().startswith("They agreed.")
    page.click("text=End and look back")
    page.wait_for_selector("text=That passes: 85 and above.")
    assert int(page.locator(".score b").inner_text()) >= 85
    context.close()


def test_what_is_told_after_a_correction_does_not_lie_on_the_button(shared_desk, chromium):
    context = chromium.new_context(base_url=shared_desk.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, "tom")
    page.click("nav >> text=Learning")
    page.click("nav >> text=Practice")
    page.check("[name=scenario][value=retail-sofa-leg]")
    page.click("text=Begin the round")
    for number in (1, 2):
        page.fill("#reply-text", METHOD[3])
        page.click("text=Say it", timeout=5000)
        page.locator(f"#turn-{number}").wait_for()
        page.click(f"#turn-{number} [name=not] >> nth=0")
        page.wait_for_selector(".flash")
    context.close()
