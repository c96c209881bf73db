"""Asking, deciding and looking afterwards through the pages of the desk."""

import pytest

from amends.cases.policy import adopt
from amends.method.policy import preset
from amends.recovery.approval import ApprovalDecision, ApprovalRequest
from amends.recovery.offer import Offer
from amends.recovery.sample import SpotCheck
from tests.doors.conftest import page, typed, words
from tests.doors.test_desk_recovery import offer_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    made = recovery()
    made.person_first()
    return made


@pytest.fixture
def do(one, door):
    """Press the button of one of the case's forms."""

    def press(form: str, who: str = "tom", **fields):
        return door(who).post(f"/cases/{one.case.pk}/{form}/", fields)

    return press


def buttons(response):
    return [" ".join(node.text().split()) for node in page(response).css("main button")]


def test_above_the_limit_the_form_offers_to_ask_the_nearest_person(one, do, door):
    response = do("offer", **offer_form(one, cents="250"))
    assert "Ask Ines" in buttons(response)
    assert typed(response, "amount-refund") == "250"
    empty = do("offer", **offer_form(one, cents="250", ask="Ines", ask_reason=" "))
    assert empty.status_code == 422
    assert "Ask Ines" in buttons(empty)
    asked = do("offer", **offer_form(one, cents="250", ask="Ines", ask_reason="Nine days late"))
    assert asked.status_code == 302
    request = ApprovalRequest.objects.get()
    assert (request.to.username, request.reason) == ("ines", "Nine days late")
    assert "Ines is deciding" in words(door("tom").get(f"/cases/{one.case.pk}/offer/"))
    assert Offer.objects.count() == 0


def test_within_the_limit_there_is_nobody_to_ask(one, do, door):
    assert "Ask" not in " ".join(buttons(door("tom").get(f"/cases/{one.case.pk}/offer/")))
    assert do("offer", **offer_form(one)).status_code == 302
    assert Offer.objects.count() == 1


def test_when_nobody_may_there_is_nobody_to_ask(one, do):
    response = do("offer", **offer_form(one, cents="3000"))
    assert "Nobody in the team may grant so much" in words(response)
    assert not [label for label in buttons(response) if label.startswith("Ask")]


def test_the_nearest_person_finds_it_in_their_list_with_the_whole_file_and_grants_it(one, do, door):
    asked = one.ask(cents=20000)
    listed = door("ines").get("/approvals/")
    assert "They waited nine days." in words(listed)
    assert page(listed).css_first(".nav-link[aria-current] .nav-count").text() == "1"
    shown = door("ines").get(f"/cases/{one.case.pk}/approvals/{asked.pk}/")
    assert "€200" in words(shown)
    assert "charged me €89 twice" in words(shown)
    assert buttons(shown) == ["Grant", "Not like this"]
    done = do(f"approvals/{asked.pk}", who="ines", answer="grant", words="")
    assert done["Location"] == "/approvals/"
    assert Offer.objects.get().approval.by.username == "ines"
    assert "Granted and sent" in words(door("tom").get("/approvals/"))
    assert "on its way 6 hours after it was asked for" in words(door("tom").get("/approvals/"))
    assert page(door("ines").get("/approvals/")).css_first(".nav-link[aria-current] .nav-count") is None


def test_a_no_keeps_the_page_until_it_has_words(one, do, door):
    asked = one.ask(cents=20000)
    refused = do(f"approvals/{asked.pk}", who="ines", answer="no", words="")
    assert refused.status_code == 422
    assert "Say why" in words(refused)
    assert do(f"approvals/{asked.pk}", who="ines", answer="no", words="The credit is enough").status_code == 302
    assert "The credit is enough" in words(door("tom").get("/approvals/"))
    assert Offer.objects.count() == 0


def test_the_one_who_asked_sees_no_button_and_cannot_press_it(one, do, door):
    asked = one.ask(cents=20000)
    shown = door("tom").get(f"/cases/{one.case.pk}/approvals/{asked.pk}/")
    assert "Ines Castellano is deciding" in words(shown)
    assert buttons(shown) == ["Take the request back"]
    assert do(f"approvals/{asked.pk}", answer="grant").status_code == 403
    assert ApprovalDecision.objects.count() == 0


def test_a_request_taken_back_waits_for_nobody_and_can_be_asked_again(one, do, door):
    asked = one.ask(cents=20000)
    address = f"/cases/{one.case.pk}/approvals/{asked.pk}/"
    assert do(f"approvals/{asked.pk}/taking-back", who="ines").status_code == 409
    assert do(f"approvals/{asked.pk}/taking-back")["Location"] == "/approvals/"
    assert "You took it back" in words(door("tom").get("/approvals/"))
    assert "They waited nine days." not in words(door("ines").get("/approvals/"))
    shown = door("ines").get(address)
    assert ("Tom Becker took this back" in words(shown), buttons(shown)) == (True, [])
    assert page(door("ines").get("/approvals/")).css_first(".nav-link[aria-current] .nav-count") is None
    assert "is deciding" not in words(door("tom").get(f"/cases/{one.case.pk}/offer/"))
    assert do(f"approvals/{asked.pk}", who="ines", answer="grant").status_code == 409
    assert ApprovalDecision.objects.count() == 0
    assert one.ask(cents=20000).pk != asked.pk


def test_what_was_granted_too_early_is_sent_from_the_offer_page(recovery, door):
    one = recovery()
    one.hear()
    asked = one.ask(cents=20000)
    door("ines").post(f"/cases/{one.case.pk}/approvals/{asked.pk}/", {"answer": "grant"})
    sending = f"/cases/{one.case.pk}/approvals/{asked.pk}/sending/"
    assert door("tom").post(sending).status_code == 422
    one.person_first()
    offered = door("tom").get(f"/cases/{one.case.pk}/offer/")
    assert "Ines approved your offer" in words(offered)
    assert "Send it as approved" in buttons(offered)
    assert door("ines").post(sending).status_code == 409
    assert door("tom").post(sending).status_code == 302
    assert door("tom").post(sending).status_code == 409
    assert Offer.objects.count() == 1


def test_each_remedy_says_why_it_stands_where_it_stands(one, door):
    from amends.cases.issue import Issue
    from amends.recovery.remedy import Remedy

    Issue.objects.filter(case=one.case).update(category="price_billing")
    Remedy.objects.filter(key="refund").update(repays="money")
    cards = [
        " ".join(card.text(separator=" ").split())
        for card in page(door("tom").get(f"/cases/{one.case.pk}/offer/")).css(".option-open")
    ]
    assert "Owed to them anyway" in cards[0]
    assert "Repays money in money" in cards[1]
    assert "Can always be done" in next(card for card in cards if card.startswith("A second look"))


def test_an_unfair_offer_asks_for_the_reason(one, do):
    from amends.cases.issue import Issue

    Issue.objects.filter(case=one.case).update(price_cents=1000)
    response = do("offer", **offer_form(one, cents="90"))
    assert response.status_code == 422
    assert "goes above 150% of what was paid" in words(response)
    assert typed(response, "reason") == ""
    form = offer_form(one, cents="90", reason="A taxi home", options=["refund", "explanation"])
    due = form["by-refund"]
    assert do("offer", **form, **{"title-explanation": "What happened", "by-explanation": due}).status_code == 302


def test_what_was_picked_is_looked_at_by_a_lead(one, door, cast):
    adopt(preset("standard") | {"sample_share": 1.0}, "A test of it", by=cast.ada, now=one.now)
    one.deliver(one.accept(one.offer()))
    check = SpotCheck.objects.get()
    assert "100 of 100" in words(door("ines").get("/spot-checks/"))
    address = f"/cases/{one.case.pk}/spot-checks/{check.pk}/"
    assert "Was it fair to" in words(door("ines").get(address))
    assert door("ines").post(address, {}).status_code == 422
    assert door("ines").post(address, {"fair": "no", "words": ""}).status_code == 422
    assert door("ines").post(address, {"fair": "yes"}).status_code == 302
    check.refresh_from_db()
    assert (check.by.username, check.fair) == ("ines", True)
    assert door("ines").get(address).status_code == 404
    assert "Nothing to look at" in words(door("sam").get("/spot-checks/"))
