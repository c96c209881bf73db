"""Gate failures of closing and of asking again: nothing may be missing, and nobody closes alone over conduct."""

from datetime import timedelta

from amends.cases.closure import Closure, close
from amends.method.steps import Step
from amends.recovery.answer import Promised, answer
from amends.recovery.broken import break_overdue
from amends.recovery.follow_up import FollowUp
from tests.doors.situations.offers import nothing_taken_down
from tests.doors.situations.situation import PROMISE, Situation, part_missing


def nobody_answered(one):
    return {}


def closed_without_words(one):
    nothing_taken_down(one)
    one.say()
    return {}


def closed_with_an_excuse(one):
    one.person_first()
    return {"exception": "It is late"}


def closed_twice(one):
    part_missing(Step.FOLLOW_UP)(one)
    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {}


def none_planned(one):
    one.person_first()
    return {"still_right": "yes", "words": "All is well"}


def plain_close(one):
    one.person_first()
    return {}


def closed_on_conduct(one):
    part_missing(Step.FOLLOW_UP)(one)
    one.decide(one.issues[0], "conduct", "not_upheld")
    return {}


def closed_on_conduct_by_exception(one):
    return closed_on_conduct(one) | {"exception": "It is late"}


def promise_broken_since(one):
    part_missing(Step.FOLLOW_UP)(one)
    due = one.now + timedelta(days=1)
    answer(one.case, PROMISE, (), (Promised("call you", due, one.cast.tom, PROMISE),), by=one.cast.tom, now=one.now)
    break_overdue(one.cast.clock.forward(days=2))
    return {}


def fit_to_close(one):
    return part_missing(Step.FOLLOW_UP)(one)


def fit_to_follow_up(one):
    part_missing(Step.FOLLOW_UP)(one)
    return {"still_right": "yes", "words": "All is well"}


CLOSINGS = [
    Situation("closed unanswered", "close", nobody_answered, "Answer first", (Closure,)),
    Situation(
        "closed, not acknowledged",
        "close",
        part_missing(Step.ACKNOWLEDGE),
        "acknowledge",
        (Closure,),
        on_page="acknowledge our part",
    ),
    Situation(
        "closed, not delivered",
        "close",
        part_missing(Step.DELIVER),
        "deliver the remedy",
        (Closure,),
        on_page="deliver the remedy",
    ),
    Situation(
        "closed, not prevented",
        "close",
        part_missing(Step.PREVENT),
        "does not happen again",
        (Closure,),
        on_page="tell what stops it happening again",
    ),
    Situation("closed with nothing said", "close", closed_without_words, "Say in a sentence", (Closure,)),
    Situation("closed with an excuse", "close", closed_with_an_excuse, "Only a lead", (Closure,)),
    Situation("closed twice", "close", closed_twice, "closed already", (Closure,)),
    Situation("followed up too early", "follow_up", none_planned, "No follow-up is planned", (FollowUp,)),
    Situation("closed for conduct alone", "close", closed_on_conduct, "a second person looks", (Closure,)),
    Situation(
        "closed for conduct by exception",
        "close",
        closed_on_conduct_by_exception,
        "a second person looks",
        (Closure,),
        who="ines",
    ),
    Situation(
        "closed over a broken promise",
        "close",
        promise_broken_since,
        "did not keep it",
        (Closure,),
    ),
    Situation("closed by who may only read", "close", plain_close, "work on cases", (Closure,), who="sam"),
    Situation("closed by another team", "close", plain_close, "", (Closure,), who="priya"),
]
