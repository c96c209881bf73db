"""The whole path from reading to closing with JavaScript switched off, for the desk and for the customer."""

from tests.conftest import mail
from tests.journeys.people import link_in, newest_letter, sign_in


def send(page, text: str, *stated: str) -> None:
    page.fill("#reply-text", text)
    for folded in page.locator("details.stated:not([open]) > summary").all():
        folded.click()
    for step in stated:
        for box in page.locator(f"[name=covers][value$=':{step}']").all():
            box.check()
    page.click("text=Send reply")
    page.wait_for_selector("#thread .from-us .delivery")


def test_from_reading_to_closing(shared_desk, chromium):
    shared_desk.send(
        mail(sender="Olga Plain <olga@post.example>", message_id="<olga@post.example>"), sender="olga@post.example"
    )
    acknowledgement = newest_letter(shared_desk, "Dear Olga")
    plain = {"base_url": shared_desk.url, "java_script_enabled": False}
    context, hers = chromium.new_context(**plain), chromium.new_context(**plain)
    page, olga = context.new_page(), hers.new_page()

    sign_in(page, "tom")
    page.click("nav >> text=Unassigned")
    page.click("#queue .row:has-text('Olga Plain')")
    case = page.url.split("?")[0]
    page.click("#path a.step:has-text('Listen')")
    for select in page.locator("fieldset.line:has(input[name=issue]) select").all():
        if not select.input_value():
            select.select_option("delivery")
    page.click("text=Confirm what went wrong")
    send(
        page,
        "Dear Olga,\n\nI am sorry that your order arrived nine days late and that we charged you twice.\n\nTom",
        "apologise",
        "reflect",
        "acknowledge",
    )
    newest_letter(shared_desk, "arrived nine days late and that")

    olga.goto(link_in(acknowledgement))
    olga.click("button:has-text('Yes, that')")
    olga.wait_for_selector("text=Then we understand each other")

    page.click("text=Offer options")
    for number in (0, 1):
        box = page.locator("input[name=options]").nth(number)
        box.check()
        amount = page.locator(f"[name='amount-{box.get_attribute('value')}']")
        if amount.count():
            amount.fill("30")
    page.fill("[name=can]", "We can put this right in one of these two ways.")
    page.click("text=Send the offer to Olga")
    page.wait_for_selector("#thread")
    offer = newest_letter(shared_desk, "in one of these two ways")

    olga.goto(link_in(offer))
    olga.locator("input[name=option]").first.check()
    olga.locator("form:has(input[name=option]) button[type=submit]").click()
    olga.wait_for_selector("text=Agreed. We are on it.")

    page.goto(f"{case}fulfilment/")
    page.fill("[name=proof] >> nth=0", "Bank transfer 2026-1122")
    page.click("text=Write down that it is done")
    page.wait_for_selector("#thread")
    page.goto(f"{case}cause/")
    for select in page.locator("select[name^=cause-]").all():
        select.select_option(label="Handover to the courier without a date")
    page.click("text=Link the causes")
    page.wait_for_selector("#thread")
    send(
        page,
        "Dear Olga,\n\nFrom now on the parcels are scanned at the handover, so that it does not happen again.\n\nTom",
        "prevent",
    )
    page.goto(f"{case}closure/")
    page.click("form button:has-text('Close the case')")
    page.wait_for_selector("text=closed today")
    olga.reload()
    olga.wait_for_selector("text=We have closed your complaint")
    for one in (context, hers):
        one.close()


def test_a_remark_is_put_aside_and_the_draft_stays(shared_desk, chromium):
    shared_desk.send(
        mail(sender="Otto Plain <otto@post.example>", message_id="<otto@post.example>"), sender="otto@post.example"
    )
    newest_letter(shared_desk, "Dear Otto")
    page = chromium.new_context(base_url=shared_desk.url, java_script_enabled=False).new_page()
    sign_in(page, "tom")
    page.click("nav >> text=Unassigned")
    page.click("#queue .row:has-text('Otto Plain')")
    draft = "Dear Otto,\n\nThis was due to high demand. I will call you tomorrow at 10."
    page.fill("#reply-text", draft)
    page.click("text=Send reply")
    remark = page.locator(".advice li", has_text="sounds like a reason")
    remark.locator("summary").click()
    remark.locator("button", has_text="It does not fit this case").click()
    page.wait_for_selector(".put-aside")
    assert remark.count() == 0
    assert page.locator("#reply-text").input_value() == draft
    page.click("text=Show it again")
    page.wait_for_selector(".advice li:has-text('sounds like a reason')")
    assert page.locator("#reply-text").input_value() == draft
