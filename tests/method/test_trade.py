"""Redress is never a price for silence or for a review."""

import pytest

from amends.method.trade import trades

BUYS = [
    "€50 once you remove your review.",
    "A refund in exchange for deleting the review on Trustpilot",
    "We pay you €20 if you change your rating to five stars",
    "Please take down the tweet.\nThen we refund you.",
    "Your negative review has to be removed first",
    "A voucher in return for a positive review",
    "Leave us a five-star review and get €10",
    "You agree not to tell anybody about this",
    "The customer must not post about the case",
    "This stays confidential: keep it between us",
    "Subject to a non-disclosure agreement",
    "Valid as long as you update your Google review",
    "You will not discuss this offer with others",
    "You undertake not to publish anything",
    "You are free to keep the money if you delete your review",
    "Give us five stars and it is yours",
    "You get €10 if you send us a friend",
    "Yours once you recommend us to others",
    "You need not thank us, only remove your review",
    "We would like you to withdraw your complaint online and your public comment",
]
FREE = [
    "Sent the same working day. With your bank in up to 3 working days.",
    "Somebody else reviews the decision and changes it where it was wrong",
    "A second look: a review of your case by another person",
    "You need not remove your review; it is yours.",
    "This does not depend on any review you wrote",
    "We correct the wrong entry and send you the proof",
    "We keep your details confidential",
    "You are free to change your review or to leave it",
    "The driver takes the faulty one back on the same visit",
    "We change the delivery day if you tell us by Friday",
    "We post the new part today, in exchange for the broken one",
    "It is yours whether or not you recommend us",
    "It is sent once you send us your address",
    "A hotel with four stars for the night you lost",
]


@pytest.mark.parametrize("words", BUYS)
def test_words_that_buy_silence_or_a_review_are_found(words):
    assert trades(words)


@pytest.mark.parametrize("words", FREE)
def test_honest_terms_pass(words):
    assert trades(words) == ""


def test_the_sentence_itself_is_named_so_that_it_can_be_rewritten():
    assert trades("We refund you today. Please delete your review! Thank you.") == "Please delete your review"
