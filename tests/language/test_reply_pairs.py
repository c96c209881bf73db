"""Each check of a reply on pairs of drafts that differ by one move."""

import pytest

from amends.language.reply_check import Brief, IssueBrief, check

LAMP = IssueBrief(
    1, "My Milano lamp arrived with a cracked shade on 3 March", "Lamp with cracked shade", "product_quality"
)
CALLS = IssueBrief(2, "I rang your helpline four times and nobody answered", "Calls not answered", "service_received")
TOLD = "Order AB-20391. My Milano lamp arrived with a cracked shade on 3 March. I have attached a photo."
ONE = Brief((LAMP,), customer_text=TOLD, customer_name="Anna Smith")
TWO = Brief((LAMP, CALLS), customer_text=TOLD)
OFFER = Brief((LAMP,), stage="offer")
LINKED = Brief((LAMP,), prevention_linked=frozenset({1}))
GOOD = (
    "Dear Anna, I am sorry that your Milano lamp arrived with a cracked shade on 3 March. "
    "That was our mistake: we did not pack it well. I have sent a new lamp today. You will have it by Friday."
)

PAIRS = [
    ("C01", ONE, "I am sorry if you were unhappy with the lamp.", "I am sorry that the lamp was cracked."),
    ("C01", ONE, "We are sorry you feel that way.", "We are sorry we made you feel ignored."),
    (
        "C01",
        ONE,
        "I apologise for any distress this may have caused.",
        "I apologise for the distress of a cracked shade.",
    ),
    ("C01", ONE, "I'm sorry that you are disappointed.", "I'm sorry. If you prefer, I can refund the lamp."),
    (
        "C02",
        ONE,
        "I am sorry about the lamp, but we were closed.",
        "I am sorry about the lamp. We were closed.",
    ),
    (
        "C02",
        ONE,
        "I am sorry about the shade. However, we were closed.",
        "I am sorry about the shade. We were closed.",
    ),
    ("C02", ONE, "We apologise, though the shade is thin.", "We apologise for nothing but our own packing."),
    ("C03", ONE, "We apologise for any inconvenience.", "We apologise for the cracked lamp."),
    ("C03", ONE, "Sorry for the trouble.", "Sorry for the trouble with the cracked shade."),
    (
        "C05",
        ONE,
        "I am sorry about the cracked lamp. Mistakes were made.",
        "I am sorry. We made a mistake with the lamp.",
    ),
    (
        "C05",
        ONE,
        "It was not our mistake that the shade cracked.",
        "It was our mistake that the shade cracked.",
    ),
    ("C05", ONE, "If we made a mistake, we will look at it.", "We made a mistake, and we will look at it."),
    ("C06", ONE, "Due to high demand we were slow.", "We were slow."),
    ("C06", ONE, "This was beyond our control.", "This was within our control."),
    ("C06", ONE, "We are short staffed at present.", "That we are short of lamps is no excuse."),
    ("C07", ONE, "You should have checked the shade.", "You should have received a whole shade."),
    ("C07", ONE, "You failed to read the leaflet.", "We failed to send the leaflet."),
    ("C07", ONE, "That is your fault.", "That is not your fault."),
    (
        "C07",
        ONE,
        "If you had contacted us earlier, it would be done.",
        "If you contact us by Friday, it will be done.",
    ),
    ("C08", ONE, "You claim the shade was cracked.", "You told us the shade was cracked."),
    ("C08", ONE, "The alleged crack is small.", "The crack is small."),
    ("C09", ONE, "Please calm down.", "My colleague should not have told you to calm down."),
    ("C09", ONE, "It is only a lamp.", "It is a lamp that you need."),
    ("C09", ONE, "You are overreacting.", "You are not overreacting."),
    (
        "C10",
        ONE,
        "There is nothing we can do.",
        "There is nothing we can do about the shade. I can replace the lamp.",
    ),
    (
        "C10",
        ONE,
        "Our policy covers 30 days.",
        "Our policy covers 30 days. I have refunded you all the same.",
    ),
    (
        "C12",
        ONE,
        "I understand your frustration.",
        "I understand. Your Milano lamp arrived with a cracked shade.",
    ),
    ("C16", ONE, "I am sorry about the lamp.", "I am sorry about the lamp. Your refund has been issued."),
    ("C16", ONE, "I will refund you.", "I will refund you today."),
    ("C16", ONE, "We cannot replace the lamp today.", "We are replacing the lamp today."),
    (
        "C18",
        OFFER,
        "I can replace the lamp tomorrow.",
        "I can replace the lamp tomorrow. Does that work for you?",
    ),
    (
        "C18",
        OFFER,
        "I can replace it or refund it. Any news?",
        "I can replace it or refund it. Tell me which you prefer.",
    ),
    (
        "C19",
        ONE,
        "I will write as soon as possible.",
        "I will write as soon as possible, by Friday at the latest.",
    ),
    ("C19", ONE, "We will be in touch shortly.", "We will be in touch within two days."),
    ("C20", ONE, "Someone will call you tomorrow.", "I will call you tomorrow."),
    ("C20", ONE, "The team will look at it on Monday.", "Maria will look at it on Monday."),
    ("C21", ONE, "This will never happen again.", "This should never have happened."),
    ("C21", ONE, "I guarantee a perfect lamp.", "I cannot guarantee a perfect lamp."),
    ("C21", ONE, "We guarantee it.", "Your guarantee covers it."),
    (
        "C22",
        ONE,
        "We have changed the packing so that it does not happen again.",
        "Please contact me again on Monday.",
    ),
    ("C23", ONE, "We take this very seriously.", "We take this back to the shop."),
    ("C23", ONE, "As a valued customer you matter.", "As a customer of nine years you were owed an answer in May."),
    ("C27", ONE, "Could you send me your order number?", "I have your order number here."),
    ("C27", ONE, "Please confirm your full name.", "Please confirm your shoe size."),
    ("C27", ONE, "Could you send us a photo of the shade?", "Thank you for the photo of the shade."),
    ("C28", ONE, "Dear {{ first_name }}, hello.", "Dear Anna, hello."),
    ("C28", ONE, "Dear valued customer, hello.", "Dear Anna, hello, our customer."),
    ("C28", ONE, "I have sent it to [ADDRESS] today.", "I have sent it to Leeds today [1]."),
    ("C28", ONE, "It comes on XXXX, I hope.", "It comes in size XXXL, I hope."),
    ("C31", ONE, "I will refund you if you remove your review.", "I will refund you. Your review can stay."),
    (
        "C31",
        ONE,
        "Leave a positive review for a voucher.",
        "You do not need to leave a positive review for the voucher.",
    ),
]


def ids(draft: str, brief: Brief) -> list[str]:
    return [finding.id for finding in check(draft, brief)]


@pytest.mark.parametrize(("number", "brief", "bad", "good"), PAIRS)
def test_one_move_makes_the_difference(number: str, brief: Brief, bad: str, good: str) -> None:
    assert number in ids(bad, brief)
    assert number not in ids(good, brief)


def test_a_good_answer_has_no_finding() -> None:
    assert check(GOOD, ONE) == []


def test_an_issue_left_without_apology_is_named() -> None:
    missing = [(found.issue, found.advice) for found in check(GOOD, TWO) if found.id == "C04"]
    assert missing == [(2, "Nobody has said sorry yet for: Calls not answered.")]


def test_a_detail_of_theirs_is_asked_for_where_none_is_repeated() -> None:
    found = next(one for one in check("I am sorry about the lamp.", ONE) if one.id == "C11")
    assert found.issue == 1
    assert "Milano, lamp, arrived" in found.advice


def test_the_fix_after_the_person_is_the_right_order() -> None:
    fix, person = "I have sent a new lamp today.", "I am sorry that the shade of your lamp was cracked."
    assert "C13" in ids(f"{fix} {person}", ONE)
    assert "C13" not in ids(f"{person} {fix}", ONE)
    assert "C13" in ids(f"{fix} {person}", Brief((LAMP,), severity=1)), "a nuisance is exempt only where time is saved"


def test_prevention_with_a_record_behind_it_may_be_sent() -> None:
    draft = "We have changed the packing so that a cracked lamp does not happen again."
    assert "C22" in ids(draft, ONE)
    assert "C22" not in ids(draft, LINKED)


def test_quoting_the_customer_is_not_speaking() -> None:
    assert "C09" not in ids('You wrote that you were told to wait and "calm down". That was wrong.', ONE)
    assert "C07" not in ids("> you should have checked the shade\nI am sorry about that line.", ONE)


def test_where_we_are_not_at_fault_nothing_need_be_owned() -> None:
    found = ids("I am sorry to hear that the shade of your lamp was cracked.", Brief((LAMP,), our_fault=False))
    assert "C05" not in found
    assert "C04" not in found


def test_an_ordinary_bad_reply_to_four_issues() -> None:
    wait = IssueBrief(3, "the delivery was two weeks late", "Delivery two weeks late", "delivery")
    draft = (
        "Hi Anna,\nWe apologize for any inconvenience caused. Due to high demand our courier was slow. "
        "We take your feedback very seriously and will make sure this never happens again. "
        "Someone from our team will contact you shortly. Could you please provide your order number?"
    )
    found = check(draft, Brief((LAMP, CALLS, wait), customer_text=TOLD))
    missing = sorted((one.id, one.issue or 0) for one in found if not one.words)
    assert missing == [
        *((check, issue) for check in ("C04", "C11") for issue in (1, 2, 3)),
        ("C16", 0),
        ("C24", 0),
        ("C25", 0),
    ]
    spoken = {one.id for one in found if one.words}
    assert spoken == {"C05", "C03", "C06", "C23", "C21", "C20", "C19", "C27"}
