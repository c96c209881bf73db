"""Gate failures of a letter: what it claims to say, promises, or solves before the person."""

from datetime import timedelta

from amends.cases.message import Coverage, Message
from amends.recovery.promise import Promise
from tests.doors.situations.situation import PROMISE, Situation, not_practised, not_right_any_more


def covers_unheard(one):
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "apologise"}]}


def prevents_without_cause(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "prevent"}]}


def empty_letter(one):
    one.hear()
    return {"text": "  "}


def promised_unconfirmed(one):
    one.hear()
    return {"text": f"Dear Maria, I am sorry that your order arrived late. {PROMISE}"}


def promised_for_nobody(one):
    due = (one.now + timedelta(days=3)).isoformat()
    return {"text": PROMISE, "promises": [{"sentence": PROMISE, "due": due, "owner": "sam"}]}


def solution_before_the_person(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": issue.pk, "step": "remedy"} for issue in one.issues]}


def solution_first_with_an_excuse(one):
    return solution_before_the_person(one) | {"exception": "It is urgent"}


def sorry_again(one):
    not_right_any_more(one)
    return {"text": "A letter.", "covers": [{"issue": issue.pk, "step": "apologise"} for issue in one.issues]}


def fit_to_reply(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "reflect"}]}


def plain_letter(one):
    one.hear()
    return {"text": "Dear Maria, we read it."}


class Written:
    """The letters of ours that a person, or a person's rule, wrote."""

    objects = Message.objects.filter(outgoing=True, author__isnull=False)


class Promising:
    """The letters of ours that make the promise, however they came to be."""

    objects = Message.objects.filter(outgoing=True, text__contains=PROMISE)


LETTERS = [
    Situation("a letter about the unheard", "reply", covers_unheard, "confirm what went wrong", (Coverage,)),
    Situation("a promise of change", "reply", prevents_without_cause, "cause", (Coverage,)),
    Situation("an empty letter", "reply", empty_letter, "Write the reply", (Coverage,)),
    Situation("a promise nobody confirmed", "reply", promised_unconfirmed, "You promise", (Promising, Promise)),
    Situation("a promise nobody here keeps", "reply", promised_for_nobody, "promise", (Promising, Promise)),
    Situation("a solution before the person", "reply", solution_before_the_person, "apologise", (Coverage,)),
    Situation("a solution first, with an excuse", "reply", solution_first_with_an_excuse, "Only a lead", (Coverage,)),
    Situation("a newcomer's letter", "reply", not_practised(plain_letter), "rounds of practice", (Written,)),
    Situation("sorry alone for what came back", "reply", sorry_again, "being sorry is not enough", (Coverage,)),
]
