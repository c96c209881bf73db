"""From three similar complaints to everyone told: a cause named, a change claimed and made, 47 people reckoned up."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import mail
from tests.journeys.desk import Desk, company, until
from tests.journeys.people import newest_letter, sign_in, words_of

OTHERS = 44
CAUSE = "Date on the label missing"
CHANGE = "Every label carries the promised date."
ARRIVED = f"""
from datetime import timedelta
from amends.cases.hear import Heard, hear
from tests.journeys.walked import mailed, now, person
for number in range({OTHERS}):
    at = now() - timedelta(days=30, hours=number)
    name = f"Past{{number}} Berg"
    text = f"My order came nine days late and nobody told me anything.\\n\\n{{name}}\\n"
    case = mailed(text, f"{{name}} <past{{number}}@post.example>", f"past{{number}}@post.example", at)
    lines = [Heard(one.pk, one.summary, one.category or "delivery") for one in case.open_issues()]
    hear(case, lines or [Heard(None, "It came nine days late", "delivery")], by=person("tom"), now=at)
"""
LINKED = f"""
from amends.cases.issue import Issue
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from tests.journeys.walked import now, person
cause = Cause.objects.get(name="{CAUSE}")
for issue in Issue.objects.filter(case__address__startswith="past", withdrawal=None, merger=None):
    attribute(issue, cause, by=person("tom"), now=now())
"""


@pytest.fixture
def desk(home, fresh_database) -> Iterator[Desk]:
    yield from company(home, fresh_database, ARRIVED)


def complaint(name: str) -> bytes:
    who = name.partition(" ")[0].lower()
    text = f"My order came nine days late, after the birthday it was meant for.\n\n{name}\n"
    return mail(text, sender=f"{name} <{who}@post.example>", subject="Late again", message_id=f"<{who}@post.example>")


def news(desk) -> list[str]:
    return [letter for letter in desk.letters() if "would rather not get news like this" in words_of(letter)]


def link_causes(page, name: str) -> None:
    """One of the three complaints: heard, and its cause linked, on the pages of its case."""
    page.goto("/queue/unassigned/")
    row = page.locator("#queue .row", has_text=name)
    row.wait_for(timeout=20000)
    row.click()
    page.wait_for_selector("#thread .from-customer")
    case = page.url.split("?")[0]
    page.goto(f"{case}issues/")
    for select in page.locator("select[name^=category]").all():
        if select.is_visible() and not select.input_value():
            select.select_option("delivery")
    page.click("text=Confirm what went wrong")
    page.wait_for_selector("#thread")
    page.goto(f"{case}cause/")
    page.locator("select[name^=cause-]").first.select_option(label=CAUSE)
    page.click("text=Link the causes")
    page.wait_for_selector("#thread")


def test_from_three_similar_complaints_to_everyone_told(desk, page, chromium):
    three = ["Maria Oduya", "Noor Haddad", "Kofi Mensah"]
    for name in three:
        desk.send(complaint(name), sender=f"{name.partition(' ')[0].lower()}@post.example")
    sign_in(page, "ines")

    # The cause is named, and the three are linked to it; the same happened to 44 others before.
    page.goto("/prevention/")
    page.fill("[name=name]", CAUSE)
    page.click("text=Add the cause")
    page.wait_for_selector("text=is on the board")
    for name in three:
        link_causes(page, name)
    desk.shell(LINKED)

    # A change is agreed with a claim, and is no news before it is in place.
    page.goto("/prevention/")
    page.click(f".card a:has-text('{CAUSE}')")
    page.fill("[name=what]", CHANGE)
    page.select_option("[name=kind]", "procedure")
    page.select_option("[name=owner]", "ines")
    page.fill("[name=due]", (datetime.now(UTC) + timedelta(days=7)).date().isoformat())
    page.click("text=Agree this change")
    page.click("a:has-text('Does it work?')")
    page.wait_for_selector("text=claims nothing yet")
    page.check("[name=action][value=corrective]")
    page.fill("[name=population]", "parcels to homes")
    page.fill("[name=drop_percent]", "50")
    page.fill("[name=review_date]", (datetime.now(UTC) + timedelta(days=120)).date().isoformat())
    page.click("text=Fix this claim")
    page.wait_for_selector("text=at least 50 % fewer such complaints")
    page.go_back()
    page.goto(page.url)
    page.click("a.back")
    page.click("text=It is in place")
    page.click("a:has-text('Who it hurt')")

    # 47 people, each with what they told us; one is left out, with a reason.
    page.wait_for_selector("text=47 people")
    assert page.locator(".harmed > li").count() == 47
    noor = page.locator(".harmed > li", has_text="Noor Haddad")
    noor.locator("summary").click()
    noor.locator("input").fill("Tom told her on the telephone.")
    page.click("text=Look at the letters")
    assert CHANGE.rstrip(".") in page.locator(".folded-words").first.inner_text()
    assert news(desk) == []
    page.click("text=Tell 46 people")
    page.wait_for_selector("text=46 people are being told")
    assert "47 people hurt = 46 told + 1 left out with a reason." in page.locator(".reckoned").inner_text()
    until(lambda: len(news(desk)) == 46, every=0.5)
    assert len({re.search(r"^To: .*<(\S+)>", letter, re.M)[1] for letter in news(desk)}) == 46
    assert not any("noor@post.example" in letter for letter in news(desk))

    # Maria reads it, and wants no more of it: looking changes nothing, one press does.
    theirs = newest_letter(desk, "Dear Maria,\n\nYou told us what went wrong")
    assert "Auto-Submitted: auto-" in theirs
    link = re.search(r"http\S+/news/", words_of(theirs))[0]
    hers = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    desk.settle()
    before = desk.status()["ledger_length"]
    hers.goto(link)
    assert desk.status()["ledger_length"] == before
    hers.click("button:has-text('No news of changes, please')")
    hers.wait_for_selector("text=We do not send you news of changes any more")

    # Nobody is told twice; the board watches, and proves nothing yet.
    page.reload()
    assert page.locator("button:has-text('Tell')").count() == 0
    page.goto("/prevention/")
    watched = page.locator(".column", has=page.locator("h2", has_text="Watching"))
    assert watched.locator(".card", has_text=CAUSE).count() == 1
    assert desk.run("verify").returncode == 0
    hers.context.close()
