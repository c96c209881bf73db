"""Gate failures of a refusal: decided first, with reasons and a way on, and without a promise nobody keeps."""

from datetime import timedelta

from amends.recovery.fulfilment import Refusal
from amends.recovery.promise import Promise
from tests.doors.situations.situation import PROMISE, Situation


def refusal(one) -> dict[str, object]:
    """The fields of a refusal, but for its reasons."""
    return {"issue": one.issues[0].pk, "recourse": "The ombudsman."}


def unheard_refusal(one):
    return refusal(one) | {"reasons": "The terms say so."}


def without_reasons(one):
    one.person_first()
    return refusal(one)


def without_recourse(one):
    one.person_first()
    return {"issue": one.issues[0].pk, "reasons": "The terms say so."}


def undecided_refusal(one):
    one.person_first()
    return refusal(one) | {"reasons": "The terms say so."}


def refused_with_a_promise(one):
    return fit_to_refuse(one) | {"reasons": f"The terms say so. {PROMISE}"}


def refused_with_a_promise_for_nobody(one):
    due = (one.now + timedelta(days=3)).isoformat()
    return refused_with_a_promise(one) | {"promises": [{"sentence": PROMISE, "due": due, "owner": "sam"}]}


def conduct_seen_by_nobody(one):
    one.person_first()
    one.decide(one.issues[0], "conduct", "not_upheld")
    return refusal(one) | {"reasons": "What was said to us."}


def fit_to_refuse(one):
    one.person_first()
    one.decide(one.issues[0])
    return refusal(one) | {"reasons": "The terms say so."}


REFUSALS = [
    Situation("refused unheard", "refuse", unheard_refusal, "listen", (Refusal,), on_page="confirm what went wrong"),
    Situation("refused without reasons", "refuse", without_reasons, "reasons", (Refusal,)),
    Situation("refused without recourse", "refuse", without_recourse, "where the customer can go", (Refusal,)),
    Situation("refused undecided", "refuse", undecided_refusal, "First decide about", (Refusal,)),
    Situation("refused with a promise", "refuse", refused_with_a_promise, "You promise", (Refusal, Promise)),
    Situation(
        "refused with a promise nobody here keeps",
        "refuse",
        refused_with_a_promise_for_nobody,
        "promise",
        (Refusal, Promise),
    ),
    Situation("refused for conduct alone", "refuse", conduct_seen_by_nobody, "a second person looks", (Refusal,)),
]
