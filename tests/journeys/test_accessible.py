"""Every page, in light and dark, wide and narrow: no finding of axe, nothing to scroll sideways, a quiet console."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import expect

from amends.team.permissions import ROUTES
from tests.doors.conftest import POST_ONLY
from tests.journeys.looks import LOOKS, NO_PAGE, Look
from tests.journeys.people import sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
AXE = {
    "light": {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False},
    # The theme changes colours and nothing else: what is no matter of colour was asked in light.
    "dark": {"runOnly": {"type": "rule", "values": OF_COLOUR}, "resultTypes": ["violations"], "preload": False},
}
FINDINGS = """options => axe.run(document, options).then(results => results.violations.map(
    one => `${one.id}: ${one.help}: ${one.nodes.map(node => `${node.target} ${node.failureSummary}`).join(' | ')}`))"""
SEND_EMPTY = """form => {
    form.noValidate = true;
    form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea").forEach(
        one => { one.value = ""; });
    form.querySelectorAll(":checked").forEach(one => { one.checked = false; });
    form.requestSubmit();
}"""
WIDER = """() => {
    const room = document.documentElement.clientWidth;
    const seen = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > room + 1);
    return document.documentElement.scrollWidth > room ? seen.map(one => one.outerHTML.slice(0, 120)).slice(-3) : [];
}"""


@dataclass
class Looker:
    """One person's browser page and what its console complained about."""

    page: object
    complaints: list[str]
    theme: str

    def open(self, look: Look, address: str) -> int:
        status = self.page.goto(address).status
        if look.press:
            form = self.page.locator(look.press).first
            with self.page.expect_navigation() as moved:
                form.evaluate(SEND_EMPTY)
            status = moved.value.status
        return status

    def findings(self) -> list[str]:
        return self.page.evaluate(FINDINGS, AXE[self.theme])

    def heard(self) -> list[str]:
        """What the console said since the last look, save the browser's own line about an error status."""
        told = [one for one in self.complaints if "the server responded with a status of" not in one]
        self.complaints.clear()
        return told


@pytest.fixture(scope="module", params=["light", "dark"])
def lookers(request, chromium, shared_desk) -> Iterator[dict[str, Looker]]:
    made, contexts = {}, []
    for who in ("anyone", "tom", "sam", "ines", "ada"):
        context = chromium.new_context(base_url=shared_desk.url, color_scheme=request.param, reduced_motion="reduce")
        page, complaints = context.new_page(), []
        page.on("console", lambda line, kept=complaints: _note(kept, line))
        page.on("pageerror", lambda error, kept=complaints: kept.append(str(error)))
        if who != "anyone":
            sign_in(page, who)
        made[who] = Looker(page, complaints, request.param)
        contexts.append(context)
    yield made
    for context in contexts:
        context.close()


def _note(kept: list[str], line) -> None:
    if line.type in ("error", "warning"):
        kept.append(f"{line.type}: {line.text}")


@pytest.fixture(scope="module")
def address(shared_desk) -> Callable[[Look], str]:
    staged = json.loads(shared_desk.told)
    letters = sorted(path.name for path in (shared_desk.home / "sent-mail").glob("*.log"))
    known = {"letter": letters[0], "case:none": 99999, **staged.pop("ids")}
    for state, one in staged.items():
        known |= {f"{what}:{state}": value for what, value in one.items()}

    def made(look: Look) -> str:
        query = look.query
        for name, value in known.items():
            query = query.replace(f"={name}", f"={value}")
        return reverse(look.route, args=[known.get(arg, arg) for arg in look.args]) + query

    return made


def test_every_route_is_looked_at_or_is_no_page():
    looked = {look.route for look in LOOKS}
    assert looked | set(NO_PAGE) | POST_ONLY == set(ROUTES)
    assert not looked & (set(NO_PAGE) | POST_ONLY)
    assert not set(NO_PAGE) & POST_ONLY


def test_what_is_post_only_gives_no_page(lookers, shared_desk):
    page = lookers["ines"].page  # who holds every right these ask for
    for route in POST_ONLY:
        for args in ([], [1], [1, 1], ["made~up"]):
            try:
                address = reverse(route, args=args)
            except Exception:  # noqa: BLE001 - not as many arguments as this route takes
                continue
            assert page.request.get(shared_desk.url + address).status in (404, 405)
            break
        else:
            pytest.fail(f"No address could be made for {route}")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_page(lookers, address, look):
    looker = lookers[look.who]
    page = looker.page
    page.set_viewport_size({"width": 1440, "height": 900})
    assert looker.open(look, address(look)) == look.status
    assert looker.heard() == []
    page.evaluate(AXE_SCRIPT)
    assert looker.findings() == []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(WIDER) == []
        if width == 390:
            assert looker.findings() == []
    looker.complaints.clear()


def test_the_keys_and_an_open_menu(lookers, address):
    """What opens over a page is held to the same."""
    looker = lookers["tom"]
    page = looker.page
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address(Look("case", ("case:heard",))))
        page.evaluate(AXE_SCRIPT)
        page.keyboard.press("?")
        page.wait_for_selector("#keys:popover-open")
        assert looker.findings() == []
        page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert looker.findings() == []
        assert page.evaluate(WIDER) == []


def test_a_promise_found_in_a_letter_and_a_saved_phrase(lookers, address):
    """What the check brings while somebody writes."""
    looker = lookers["tom"]
    page = looker.page
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address(Look("case", ("case:heard",))))
        page.evaluate(AXE_SCRIPT)
        page.select_option("#phrase", label="Late or missing delivery")
        page.click(".phrase-pick button")
        letter = page.locator("#reply-text")
        expect(letter).to_have_value(re.compile("did not keep it"))
        letter.fill(f"{letter.input_value()} I will call you tomorrow at 10.")
        page.wait_for_selector("#check .promised")
        assert page.locator("#check .promised li").count() == 1
        page.evaluate("document.querySelector('#composer').scrollTop = 9999")  # nothing half under the sticky buttons
        assert looker.findings() == []
        assert page.evaluate(WIDER) == []
        letter.fill("")
    assert looker.heard() == []


def test_a_remark_is_put_aside_and_shown_again_by_keyboard(lookers, address):
    """The keyboard goes on where it was, a refusal stands beside its remark, and Enter in a line presses nothing."""
    looker = lookers["tom"]
    page = looker.page
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address(Look("case", ("case:heard",))))
        page.evaluate(AXE_SCRIPT)
        letter = page.locator("#reply-text")
        letter.fill("Dear Henry,\n\nWe will look at it as soon as possible.")
        remark = page.locator(".advice li", has_text="is no time")
        remark.locator("summary").focus()
        page.keyboard.press("Enter")
        assert looker.findings() == []
        remark.locator("input").press("Enter")
        remark.locator("button", has_text="Put aside").press("Enter")
        expect(remark.locator("input")).to_be_focused()
        expect(page.locator("#aside-error")).to_contain_text("Say in a few words")
        assert looker.findings() == []
        assert page.evaluate(WIDER) == []
        remark.locator("input").fill("They asked for no day")
        remark.locator("button", has_text="Put aside").press("Enter")
        expect(page.locator(".put-aside")).to_be_focused()
        expect(remark).to_have_count(0)
        assert looker.findings() == []
        expect(letter).to_have_value(re.compile("as soon as possible"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(remark).to_have_count(1)
        expect(page.locator(".put-aside")).to_have_count(0)
        letter.fill("")
    assert looker.heard() == []


def test_what_a_policy_would_change_and_every_part_of_its_form(lookers, address):
    looker = lookers["ines"]
    page = looker.page
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address(Look("policy-change")))
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate(AXE_SCRIPT)
        assert looker.findings() == []
        assert page.evaluate(WIDER) == []
        page.fill("[name=offer_open_days]", "21")
        page.fill("[name=articles-1-text]", "")
        page.fill("[name=articles-1-title]", "")
        page.fill("[name=note]", "Two weeks were too short over the holidays.")
        page.click("button[name=preview]")
        assert page.locator(".changes li").count() == 2
        page.evaluate(AXE_SCRIPT)
        assert looker.findings() == []
        assert page.evaluate(WIDER) == []
    assert looker.heard() == []


def test_a_form_without_its_token_is_refused_on_a_page(lookers):
    looker = lookers["tom"]
    looker.page.goto("/me/")
    looker.page.context.clear_cookies(name="csrftoken")
    with looker.page.expect_navigation() as moved:
        looker.page.locator("main form[method=post]").first.evaluate(SEND_EMPTY)
    assert moved.value.status == 403
    looker.page.evaluate(AXE_SCRIPT)
    assert looker.findings() == []
    looker.complaints.clear()
