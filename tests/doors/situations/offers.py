"""Gate failures of an offer: the person comes first, and an offer is whole."""

from amends.cases.hear import Heard, correct_understanding, hear
from amends.method.steps import Step
from amends.recovery.offer import Offer
from tests.doors.situations.situation import PERSON, Situation, not_practised, not_right_any_more, offered


def heard_only(one):
    one.hear()
    return offered(one)


def not_reflected(one):
    one.hear()
    one.say(Step.APOLOGISE, Step.ACKNOWLEDGE)
    return offered(one)


def not_apologised(one):
    one.hear()
    one.say(Step.REFLECT, Step.ACKNOWLEDGE)
    return offered(one)


def second_issue_owed(one):
    one.hear()
    one.say(*PERSON, issues=one.issues[:1])
    return offered(one) | {"issues": [one.issues[0].pk]}


def corrected_since(one):
    one.person_first()
    wordings = {issue.pk: "It never came at all" for issue in one.issues[:1]}
    correct_understanding(one.case, wordings, "", one.cast.clock.forward(minutes=1))
    one.hear()
    return offered(one)


def nothing_taken_down(one):
    lines = [Heard(issue.pk, "", "", off=True, reason="Not ours") for issue in one.issues]
    pk = one.issues[0].pk
    hear(one.case, lines, by=one.cast.tom, now=one.now)
    return offered(one) | {"issues": [pk]}


def agent_with_an_excuse(one):
    one.hear()
    return offered(one, exception="It is urgent")


def single_option(one):
    one.person_first()
    return offered(one, count=1)


def beyond_authority(one):
    one.person_first()
    return offered(one, cents=9_000_000)


def cannot_without_because(one):
    one.person_first()
    return offered(one, cannot="We cannot bring it back.")


def same_remedy_first_again(one):
    not_right_any_more(one)
    one.say(*PERSON, Step.REMEDY)
    return offered(one, cents=1000)


def fit_to_offer(one):
    one.person_first()
    return offered(one)


OFFERS = [
    Situation("nothing heard", "offer", offered, "listen", (Offer,), on_page="confirm what went wrong"),
    Situation("heard, and no more", "offer", heard_only, "apologise", (Offer,)),
    Situation("not apologised", "offer", not_apologised, "apologise", (Offer,)),
    Situation("not reflected", "offer", not_reflected, "reflect", (Offer,), on_page="say back what happened"),
    Situation("a second issue owed", "offer", second_issue_owed, "apologise", (Offer,)),
    Situation("corrected since", "offer", corrected_since, "reflect", (Offer,), on_page="say back what happened"),
    Situation(
        "nothing taken down",
        "offer",
        nothing_taken_down,
        "take down what went wrong",
        (Offer,),
        on_page="not yet: this comes first",
    ),
    Situation("an agent with an excuse", "offer", agent_with_an_excuse, "Only a lead", (Offer,)),
    Situation("a single option", "offer", single_option, "2 real options", (Offer,)),
    Situation("beyond authority", "offer", beyond_authority, "limit", (Offer,)),
    Situation("cannot without because", "offer", cannot_without_because, "why we cannot", (Offer,)),
    Situation("the same again first", "offer", same_remedy_first_again, "did not hold", (Offer,)),
    Situation("a newcomer's offer", "offer", not_practised(fit_to_offer), "rounds of practice", (Offer,)),
    Situation("offered by another team", "offer", heard_only, "", (Offer,), who="priya"),
]
