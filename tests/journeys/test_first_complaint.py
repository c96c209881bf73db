"""The whole way in a real browser: a mail by SMTP, Tom at the desk, Maria on her page, closed, the ledger sound."""

import re

import pytest

from tests.conftest import mail
from tests.journeys.desk import company, until
from tests.journeys.people import link_in, newest_letter, sign_in

SUBJECT = "Nine days late, and billed twice"


@pytest.fixture
def desk(home, fresh_database):
    yield from company(home, fresh_database)


def reply(page, text: str, *stated: str) -> None:
    page.fill("#reply-text", text)
    for step in stated:
        for box in page.locator(f"[name=covers][value$=':{step}']").all():
            if not box.is_visible():
                box.evaluate("box => { box.closest('details').open = true }")
            box.check()
    page.click("text=Send reply")
    page.wait_for_selector("#thread .from-us .delivery")


def step(page, name: str) -> None:
    page.click(f"#path a.step:has-text('{name}')")


def test_a_complaint_is_made_good(desk, page, chromium):
    # A mail by SMTP appears in the queue without a reload.
    sign_in(page, "tom")
    page.goto("/queue/unassigned/")
    desk.send(mail(subject=SUBJECT))
    row = page.locator("#queue .row", has_text="Maria Oduya")
    row.wait_for(timeout=5000)
    row.click()
    page.wait_for_selector("#thread .from-customer")
    acknowledgement = newest_letter(desk, "Your reference")
    assert "Auto-Submitted: auto-replied" in acknowledgement

    # An offer before the person has been heard is refused, and says what is owed.
    page.click("text=Offer options")
    page.wait_for_selector("text=Before an offer")
    page.go_back()

    # Listen.
    step(page, "Listen")
    fieldsets = page.locator("fieldset.line:has(input[name=issue])")
    fieldsets.first.wait_for()
    for number in range(fieldsets.count()):
        if not fieldsets.nth(number).locator("select[name^=category]").input_value():
            fieldsets.nth(number).locator("select[name^=category]").select_option("delivery")
    found = fieldsets.count()
    page.click("text=Confirm what went wrong")
    page.wait_for_selector("#thread")
    assert found >= 1

    # Apologise, say back, own it: the letter leaves after its undo window.
    reply(
        page,
        "Dear Maria,\n\nI am sorry that your order arrived nine days late, after the birthday it was meant for, and "
        "that we charged you €89 twice. Both were our mistake.\n\nI am looking at your account now.\n\nTom",
        "apologise",
        "reflect",
        "acknowledge",
    )
    newest_letter(desk, "after the birthday it was meant for, and")

    # Maria opens the link of the acknowledgement, on a phone, and says yes; opening alone changes nothing.
    maria = chromium.new_context(viewport={"width": 390, "height": 844})
    hers = maria.new_page()
    events_before = desk.status()["ledger_length"]
    hers.goto(link_in(acknowledgement))
    assert desk.status()["ledger_length"] == events_before
    hers.click("button:has-text('Yes, that')")
    hers.wait_for_selector("text=Then we understand each other")

    # Two options, and what we cannot do.
    page.click("text=Offer options")
    boxes = page.locator("input[name=options]")
    for number in (0, 1):
        boxes.nth(number).check()
        key = boxes.nth(number).get_attribute("value")
        amount = page.locator(f"[name='amount-{key}']")
        if amount.count():
            amount.fill("45")
    page.fill("[name=can]", "We can put this right in one of these ways.")
    page.fill("[name=cannot]", "We cannot bring the birthday back.")
    page.click("text=Send the offer to Maria")
    page.wait_for_selector(".errors, .field-error")
    assert page.input_value("[name=can]") == "We can put this right in one of these ways."
    page.fill("[name=because]", "It has passed, and we are sorry.")
    page.click("text=Send the offer to Maria")
    page.wait_for_selector("#thread")
    offer = newest_letter(desk, "Nothing happens before you have agreed.")

    # Delivery before agreement is not possible; Maria chooses.
    step(page, "Deliver")
    page.wait_for_selector("text=Nothing agreed is waiting")
    page.go_back()
    hers.goto(link_in(offer))
    hers.locator("input[name=option]").first.check()
    hers.locator("form:has(input[name=option]) button[type=submit]").click()
    hers.wait_for_selector("text=Agreed. We are on it.")

    # Tom sees it without a reload, and delivers with proof.
    page.locator("#path a.step-next:has-text('Deliver')").wait_for(timeout=10000)
    step(page, "Deliver")
    page.fill("[name=proof] >> nth=0", "Bank transfer 2026-1121")
    page.click("text=Write down that it is done")
    page.wait_for_selector("#thread")

    # Closing now is refused and names what is missing.
    case = page.url.split("?")[0]
    page.goto(f"{case}closure/")
    page.click("form button:has-text('Close the case')")
    page.wait_for_selector("text=Tell what stops it happening again")

    # The cause, the change, and telling her.
    page.goto(f"{case}cause/")
    for select in page.locator("select[name^=cause-]").all():
        select.select_option(label="Handover to the courier without a date")
    page.click("text=Link the causes")
    page.wait_for_selector("#thread")
    reply(
        page,
        "Dear Maria,\n\nyour order was late because of the handover, and that was on us. From now on the parcels are "
        "scanned at the handover, so that this does not happen again.\n\nTom",
        "acknowledge",
        "prevent",
    )
    newest_letter(desk, "scanned at the handover")

    # Closed, with a sound ledger.
    page.goto(f"{case}closure/")
    page.click("form button:has-text('Close the case')")
    page.wait_for_selector("text=closed today")
    hers.reload()
    hers.wait_for_selector("text=We have closed your complaint")
    assert desk.run("verify").returncode == 0
    status = desk.status()
    assert (status["cases"], status["open"], status["chain_holds"]) == (1, 0, True)
    assert status["outbox_failed"] == 0

    # The history tells it in order.
    page.goto(f"{case}history/")
    told = page.inner_text("main")
    for sentence in (
        "confirmed what went wrong",
        "yes, that's it",
        "offered 2 options",
        "carried out",
        "closed the case",
    ):
        assert sentence in told
    maria.close()


def test_a_reply_by_mail_joins_its_case_and_a_stranger_does_not(desk, page):
    desk.send(mail())
    acknowledgement = newest_letter(desk, "Your reference")
    reply_to = re.search(r"^Reply-To: (\S+)", acknowledgement, re.M)[1]
    desk.send(mail("It is still not here.", message_id="<two@post.example>"), to=reply_to)
    desk.send(
        mail("Me too.", sender="Eve <eve@else.example>", message_id="<three@else.example>", subject="case 1"),
        sender="eve@else.example",
    )
    until(lambda: desk.status()["cases"] == 2, every=0.3)
    until(lambda: desk.status()["raw_waiting"] == 0, every=0.3)
    sign_in(page, "tom")
    page.goto("/cases/1/")
    assert page.locator("#thread .from-customer").count() == 2


def test_priya_of_another_team_finds_nothing(desk, page):
    desk.send(mail())
    until(lambda: desk.status()["cases"] == 1, every=0.3)
    sign_in(page, "priya")
    page.goto("/queue/unassigned/")
    assert page.locator("#queue .row").count() == 0
    assert page.goto("/cases/1/").status == 404
