"""Gate failures of a delivery: agreed, with proof, once, or owed and within the limit."""

from amends.recovery.agree import decline
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.offer import Via
from tests.doors.situations.situation import Situation, open_offer


def not_agreed(one):
    return {"option": open_offer(one).options.first().pk, "proof": "Booking 4711"}


def declined(one):
    offer = open_offer(one)
    decline(offer, "None is right", via=Via.PAGE, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def other_option(one):
    return fit_to_deliver(one) | {"option": one.case.offers.get().options.last().pk}


def without_proof(one):
    return {"option": fit_to_deliver(one)["option"]}


def delivered_twice(one):
    offer = open_offer(one)
    one.deliver(one.accept(offer))
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def no_entitlement(one):
    return fit_to_give_what_is_owed(one) | {"remedy": "refund"}


def entitled_beyond(one):
    return fit_to_give_what_is_owed(one) | {"amount": "90000"}


def entitled_for_nothing(one):
    return fit_to_give_what_is_owed(one) | {"issues": [987654]}


def fit_to_deliver(one):
    offer = open_offer(one)
    one.accept(offer)
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def fit_to_give_what_is_owed(one):
    one.hear()
    return {"remedy": "overcharge", "issues": [one.issues[0].pk], "amount": "10", "proof": "Booking 4711"}


DELIVERIES = [
    Situation("delivered unagreed", "deliver_option", not_agreed, "agree", (Fulfilment,)),
    Situation("delivered though declined", "deliver_option", declined, "agree", (Fulfilment,)),
    Situation("delivered another option", "deliver_option", other_option, "chose another", (Fulfilment,)),
    Situation("delivered without proof", "deliver_option", without_proof, "booking number", (Fulfilment,)),
    Situation("delivered twice", "deliver_option", delivered_twice, "carried out before", (Fulfilment,)),
    Situation("entitled to nothing", "deliver_entitlement", no_entitlement, "agreement", (Fulfilment,)),
    Situation("entitled beyond authority", "deliver_entitlement", entitled_beyond, "limit", (Fulfilment,)),
    Situation("entitled for no issue", "deliver_entitlement", entitled_for_nothing, "issue", (Fulfilment,)),
]
