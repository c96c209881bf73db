"""Gate failures of an agreement: in their own words, to an offer that still stands."""

from amends.recovery.agree import decline
from amends.recovery.offer import Acceptance, Decline, Offer, Via
from amends.recovery.withdraw import withdraw
from tests.conftest import mail
from tests.doors.situations.situation import OWN_CHOICE, Situation, open_offer

OWN_PAGE = {"customer's page": "the press on their own page is the evidence, no words are asked"}


def said_without_words(one):
    return {"option": open_offer(one).options.first().pk, "via": "email"}


def withdrawn_offer(one):
    offer = open_offer(one)
    withdraw(offer, "A better one comes", by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def declined_before(one):
    offer = open_offer(one)
    decline(offer, "None is right", via=Via.PAGE, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def lapsed_offer(one):
    offer = open_offer(one)
    Offer.objects.filter(pk=offer.pk).update(expires_at=one.now)
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def declined_in_silence(one):
    return {"offer": open_offer(one).pk, "via": "email"}


def apart(one, *texts: str) -> None:
    """The customer writes these mails, an hour apart."""
    for text in texts:
        one.cast.clock.forward(hours=1)
        number = one.case.messages.count()
        one.cast.write(mail(text, message_id=f"<said{number}@post.example>", In_Reply_To="<one@post.example>"))


def agreed_with_a_but(one):
    option = open_offer(one).options.first().pk
    apart(one, "The refund is fine, but I also want the delivery fee back.")
    return {"option": option, "via": "email", "words": "The refund is fine"}


def agreed_in_no_mail(one):
    option = open_offer(one).options.first().pk
    apart(one, "Thank you for looking into it.")
    return {"option": option, "via": "email", "words": "The refund is fine"}


def not_read_back(one):
    return {"option": open_offer(one).options.first().pk, "via": "phone", "words": "Yes", "was_read_back": "no"}


def fit_to_accept(one):
    option = open_offer(one).options.first().pk
    apart(one, "The refund is fine.")
    return {"option": option, "via": "email", "words": "The refund is fine."}


def fit_to_decline(one):
    return {"offer": open_offer(one).pk, "via": "email", "reason": "None is right"}


AGREEMENTS = [
    Situation("agreed without words", "accept", said_without_words, "own words", (Acceptance,), not_on=OWN_PAGE),
    Situation("agreed to what was withdrawn", "accept", withdrawn_offer, "replaced", (Acceptance,)),
    Situation("agreed to what was declined", "accept", declined_before, "declined before", (Acceptance,)),
    Situation("agreed to what has lapsed", "accept", lapsed_offer, "lapsed", (Acceptance,)),
    Situation("declined in silence", "decline", declined_in_silence, "not right", (Decline,)),
    Situation("agreed with a but", "accept", agreed_with_a_but, "no plain yes", (Acceptance,), not_on=OWN_CHOICE),
    Situation("agreed in no mail", "accept", agreed_in_no_mail, "stand in no mail", (Acceptance,), not_on=OWN_CHOICE),
    Situation("agreed, not read back", "accept", not_read_back, "Read it to them", (Acceptance,), not_on=OWN_CHOICE),
]
