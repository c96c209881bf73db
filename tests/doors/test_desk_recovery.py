"""Offer, agreement, delivery, refusal, prevention and closing through the forms of the desk."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.assignment import Assignment, Snooze
from amends.cases.closure import Closure, Exemption
from amends.prevention.models import Attribution, Cause, Change
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.offer import Acceptance, Decline, Offer
from tests.doors.conftest import POST_ONLY, everything, of_a_case, page, routes, typed, words

pytestmark = pytest.mark.django_db

SOON = (datetime.now(UTC) + timedelta(days=6)).date().isoformat()
PAST = "2020-01-01"


@pytest.fixture
def one(recovery):
    return recovery()


@pytest.fixture
def do(one, door):
    """Press the button of one of the case's forms."""

    def press(form: str, who: str = "tom", **fields):
        return door(who).post(f"/cases/{one.case.pk}/{form}/", fields)

    return press


def offer_form(one, cents="30", **changes):
    return {
        "issues": [issue.pk for issue in one.issues],
        "options": ["refund", "credit"],
        "title-refund": "Money back",
        "amount-refund": cents,
        "by-refund": SOON,
        "title-credit": "Credit for next time",
        "amount-credit": "40",
        "by-credit": SOON,
        "opening": "",
        "can": "We can pay part of it back.",
        **changes,
    }


def test_an_offer_through_the_form(one, do):
    one.person_first()
    response = do("offer", **offer_form(one))
    assert response["Location"] == f"/cases/{one.case.pk}/"
    options = Offer.objects.get().options.values_list("title", "amount_cents")
    assert list(options) == [("Money back", 3000), ("Credit for next time", 4000)]
    assert "/c/" in Offer.objects.get().message.text


def test_the_offer_form_is_shut_while_the_person_is_owed_something(one, do):
    one.hear()
    response = do("offer", **offer_form(one, can="My typed words"))
    assert response.status_code == 422
    owed = " ".join(page(response).css_first("section.todo").text(separator=" ").split())
    assert "Apologise" in owed
    assert "Say back what happened" in owed
    assert typed(response, "can") == "My typed words"
    assert typed(response, "amount-refund") == "30"
    assert typed(response, "title-refund") == "Money back"
    assert Offer.objects.count() == 0


def test_passing_the_gate_is_for_a_lead_with_a_reason(one, do):
    one.hear()
    refused = do("offer", **offer_form(one, exception="A child is waiting"))
    assert refused.status_code == 403
    assert "Only a lead" in words(refused)
    assert page(refused).css_first('[name="exception"]') is None
    assert do("offer", who="ines", **offer_form(one, exception="A child is waiting")).status_code == 302
    assert Exemption.objects.get().reason == "A child is waiting"


def test_a_letter_that_says_what_we_do_first_goes_out_for_a_lead_with_a_reason(one, do, door):
    one.hear()
    letter = {"text": "The collection is under way.", "covers": [f"{issue.pk}:remedy" for issue in one.issues]}
    shut = do("reply", who="ines", **letter)
    assert shut.status_code == 422
    assert page(shut).css_first('.write-reply [name="exception"]') is not None
    assert page(do("reply", **letter)).css_first('[name="exception"]') is None
    assert do("reply", exception="It leaks", **letter).status_code == 403
    assert (Exemption.objects.count(), one.case.messages.filter(text=letter["text"]).exists()) == (0, False)
    assert do("reply", who="ines", exception="It leaks", **letter).status_code == 302
    assert (Exemption.objects.get().by.username, Exemption.objects.get().reason) == ("ines", "It leaks")
    report = words(door("sam").get("/overrides/"))
    assert "said what we do, before the person" in report
    assert "“It leaks”" in report


def test_above_authority_names_who_may(one, do):
    one.person_first()
    response = do("offer", **offer_form(one, cents="100.01"))
    assert response.status_code == 403
    assert "above your limit of €100" in words(response)
    assert "Ask Ines Castellano, who may." in words(response)
    assert typed(response, "amount-refund") == "100.01"
    assert Offer.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"amount-refund": "three"},
        {"amount-refund": ""},
        {"amount-refund": "-30"},
        {"by-refund": ""},
        {"by-refund": PAST},
        {"by-refund": "31.12.2026"},
        {"can": " "},
        {"options": []},
        {"options": ["nonsense"]},
        {"issues": []},
        {"issues": ["²", "9" * 40]},
        {"title-refund": " "},
        {"cannot": "Pay it all", "because": ""},
    ],
    ids=str,
)
def test_an_unfinished_offer_is_refused_and_kept(change, one, do):
    one.person_first()
    response = do("offer", **offer_form(one, **{"opening": "Typed before", **change}))
    assert response.status_code == 422
    assert page(response).css_first("#errors") is not None
    assert typed(response, "opening") == "Typed before"
    assert Offer.objects.count() == 0


def test_an_offer_is_taken_back_with_a_reason(one, do):
    one.person_first()
    offer = one.offer()
    assert do(f"offers/{offer.pk}/withdrawal", reason=" ").status_code == 422
    assert do(f"offers/{offer.pk}/withdrawal", reason="Wrong sum").status_code == 302
    assert Offer.objects.get().withdrawal.reason == "Wrong sum"


def test_an_offer_that_is_settled_cannot_be_taken_back(one, do):
    one.person_first()
    first, second = one.offer(), one.offer()
    assert do(f"offers/{first.pk}/withdrawal", reason="Wrong sum").status_code == 409
    one.accept(second)
    assert do(f"offers/{second.pk}/withdrawal", reason="Wrong sum").status_code == 409
    assert not hasattr(Offer.objects.get(pk=second.pk), "withdrawal")


def test_agreement_by_phone_is_noted_in_their_words(one, do):
    one.person_first()
    option = one.offer().options.first()
    refused = do("agreement", choice=option.pk, via="phone", words=" ")
    assert refused.status_code == 422
    assert "own words" in words(refused)
    assert (typed(refused, "choice"), typed(refused, "via")) == (str(option.pk), "phone")
    unread = do("agreement", choice=option.pk, via="phone", words="Yes, the refund")
    assert (unread.status_code, Acceptance.objects.count()) == (422, 0)
    said = {"choice": option.pk, "via": "phone", "words": "Yes, the refund", "read_back": "1"}
    assert do("agreement", **said).status_code == 302
    assert Acceptance.objects.get().noted_by.username == "tom"
    assert do("agreement", **said).status_code == 409


def test_none_by_email_and_what_is_missing(one, do):
    one.person_first()
    offer = one.offer()
    assert "Say how the answer reached you" in words(do("agreement", choice=f"none-{offer.pk}", words="No", via=""))
    assert "Choose what the customer said" in words(do("agreement", choice="", words="No", via="email"))
    assert typed(do("agreement", choice="", words="Not that", via="email"), "words") == "Not that"
    assert do("agreement", choice="none-²", words="No", via="email").status_code == 404
    assert do("agreement", choice=f"none-{offer.pk}", words="I want it all", via="email").status_code == 302
    assert Decline.objects.get().reason == "I want it all"


def test_delivery_needs_agreement_and_proof(one, do):
    one.person_first()
    offer = one.offer()
    option = offer.options.first()
    early = do("fulfilment", option=option.pk, proof="Booking 4711")
    assert early.status_code == 422
    assert "Hear what Maria agrees to" in words(early)
    one.accept(offer)
    assert do("fulfilment", option=option.pk, proof="").status_code == 422
    other = do("fulfilment", option=offer.options.last().pk, proof="Booking 1")
    assert other.status_code == 409
    assert do("fulfilment", option=option.pk, proof="Booking 4711").status_code == 302
    assert do("fulfilment", option=option.pk, proof="Booking 4711").status_code == 409
    assert Fulfilment.objects.get().proof == "Booking 4711"


def test_what_is_owed_without_asking(one, do):
    one.hear()
    issue = one.issues[0].pk
    asked = {"remedy": "overcharge", "amount": "89", "proof": "Booking 9", "issues": [issue]}
    assert do("fulfilment", **{**asked, "amount": "1000"}).status_code == 403
    kept = do("fulfilment", **{**asked, "amount": ""})
    assert (kept.status_code, typed(kept, "remedy")) == (422, "overcharge")
    assert do("fulfilment", **{**asked, "remedy": "refund"}).status_code == 409
    assert "Choose what was done" in words(do("fulfilment", proof="x"))
    assert do("fulfilment", **asked).status_code == 302
    assert (Fulfilment.objects.get().amount_cents, Fulfilment.objects.get().entitlement) == (8900, True)


def test_refusing_with_reasons_and_recourse(one, do):
    one.person_first()
    issue = one.issues[0]
    nothing = do("refusal", reasons="We looked", recourse="The mediator")
    assert nothing.status_code == 422
    assert typed(nothing, "reasons") == "We looked"
    assert do("refusal", issue=issue.pk, reasons="We looked", recourse="").status_code == 422
    undecided = do("refusal", issue=issue.pk, reasons="We looked", recourse="The mediator")
    assert undecided.status_code == 409
    assert "First decide about" in words(undecided)
    one.decide(issue)
    assert do("refusal", issue=issue.pk, reasons="We looked", recourse="The mediator").status_code == 302
    assert do("refusal", issue=issue.pk, reasons="We looked", recourse="The mediator").status_code == 409
    assert "The mediator" in Refusal.objects.get().message.text


def test_linking_a_cause(one, do):
    one.hear()
    issue, cause = one.issues[0], Cause.objects.get()
    assert "Choose the cause" in words(do("cause", **{f"cause-{issue.pk}": ""}))
    assert do("cause", **{f"cause-{issue.pk}": "²"}).status_code == 422
    assert do("cause", **{"cause-987654": str(cause.pk)}).status_code == 404
    assert do("cause", who="sam", **{f"cause-{issue.pk}": str(cause.pk)}).status_code == 302
    assert Attribution.objects.get().cause == cause


def test_agreeing_and_making_a_change(cast, door):
    cause, client = Cause.objects.get(), door("ines")
    address = f"/prevention/{cause.pk}/"
    form = {"what": "Every parcel is scanned", "kind": "system", "owner": "tom", "due": SOON}
    for field, value in [("what", " "), ("kind", "x"), ("owner", "nobody"), ("due", ""), ("due", PAST)]:
        kept = client.post(address, {**form, field: value})
        assert kept.status_code == 422
        assert typed(kept, "what") == {**form, field: value}["what"]
    assert client.post(address, form).status_code == 302
    made = Change.objects.get(what="Every parcel is scanned")
    assert client.post(address, {"made": made.pk}).status_code == 302
    assert client.post(address, {"made": made.pk}).status_code == 409
    assert client.post(address, {"made": "²"}).status_code == 404
    assert door("tom").post(address, form).status_code == 403
    assert "Courier handover" in words(door("tom").get("/prevention/"))


def finished(one):
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()


def test_closing_reopening_and_what_is_still_owed(one, do):
    one.person_first()
    early = do("closure", words="Last words")
    assert early.status_code == 422
    owed = page(early).css_first("section.todo").text()
    assert "Deliver the remedy" in owed
    assert "happening again" in owed
    assert typed(early, "words") == "Last words"
    finished(one)
    assert do("closure", words="Learned: scan").status_code == 302
    assert do("closure").status_code == 409
    assert Closure.objects.get().words == "Learned: scan"
    assert do("reopening", reason="").status_code == 422
    assert do("reopening", reason="The refund bounced").status_code == 302
    assert do("reopening", reason="Again").status_code == 409


def test_following_up(one, do):
    finished(one)
    assert do("follow-up", words="Fine").status_code == 422
    kept = do("follow-up", still_right="yes", words=" ")
    assert (kept.status_code, typed(kept, "still_right")) == (422, "yes")
    assert do("follow-up", still_right="no", words="The vase is broken too").status_code == 302
    assert FollowUp.objects.get().still_right is False
    assert {issue.reopenings.get().words for issue in one.issues} == {"The vase is broken too"}
    assert do("follow-up", still_right="yes", words="Fine").status_code == 409


def test_putting_aside(one, do):
    for until, reason in [("", "Stock"), (PAST, "Stock"), (SOON, " ")]:
        kept = do("snooze", until=until, reason=reason)
        assert kept.status_code == 422
        assert typed(kept, "reason") == reason
    assert do("snooze", until=SOON, reason="The courier answers Friday").status_code == 302
    assert Snooze.objects.get().until.date().isoformat() == SOON


def test_handing_over(cast, one, do):
    assert do("assignment").status_code == 422
    assert do("assignment", to="nobody").status_code == 422
    assert do("assignment", to="priya").status_code == 422
    assert do("assignment", to="sam").status_code == 409
    assert do("assignment", to="ines").status_code == 302
    assert Assignment.objects.get().to == cast.ines
    assert do("assignment", to="team").status_code == 302
    assert Assignment.objects.count() == 0


def test_the_history_tells_it_in_sentences(one, door):
    finished(one)
    said = words(door().get(f"/cases/{one.case.pk}/history/"))
    assert said.count("seal") >= one.case.events.count() > 10
    assert "Tom Becker" in said
    assert "{" not in said
    assert "Maria Oduya chose: " in said
    assert "What was agreed is due by " in said
    assert not re.search(r"\d{4}-\d\d-\d\d", said)


def test_the_path_says_once_what_comes_first(one, door):
    steps = page(door().get(f"/cases/{one.case.pk}/")).css("#path .step-blocked")
    said = [found.text() for step in steps if (found := step.css_first(".step-help"))]
    assert len(steps) == 8
    assert said == ["First confirm what went wrong"]


def test_a_rule_says_its_conditions_in_words_and_asks_for_them_so(door):
    asked = page(door("ines").get("/rules/?verb=note"))
    grave = [option.text() for option in asked.css("#if-severity option")]
    assert grave == ["It does not matter", "Slight or graver", "Ordinary or graver", "Serious or graver", "Grave"]
    made = {"verb": "note", "name": "Lamps", "when": "case_opened", "field-text": "Look", "if-severity": "3"}
    wanted = {**made, "if-category": "price_billing", "if-nobodys": "yes", "if-says": "a_lamp"}
    assert door("ines").post("/rules/", wanted).status_code == 302
    said = words(door("ines").get("/rules/"))
    assert "Only if: serious or graver; about Price or billing; they wrote “a_lamp”; nobody has it yet." in said


OF_A_CLOSED_CASE = {"practice-scenario-case"}


def test_a_form_that_is_only_looked_at_changes_nothing(world, door):
    client = door("ines")
    before = everything()
    for name in [name for name in routes() if of_a_case(name) and name not in POST_ONLY]:
        response = client.get(world.url(name))
        assert response.status_code == (409 if name in OF_A_CLOSED_CASE else 200), name
    assert everything() == before
