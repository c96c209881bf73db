"""What is decided, divided, put together and told afterwards, and what stops it from happening again."""

from amends.cases.decide import decide, review_decision
from amends.cases.decision import Decision, Fault, Outcome
from amends.cases.issue import Issue, Wish
from amends.cases.merge import merge, unmerge
from amends.cases.name_subject import clear_subject, name_subject
from amends.cases.split import Part, split
from amends.cases.withdraw import put_back
from amends.cases.withdraw import withdraw as take_off
from amends.method.survey import SCALES
from amends.method.survey import Kind as Kinds
from amends.prevention.models import Cause, Change, ChangeKind
from amends.prevention.verbs import agree_change, attribute, make_change
from amends.recovery.answer_survey import Given, answer_survey, opt_in, opt_out
from amends.recovery.failed_delivery import delivery_failed
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.low_score import answer_low_score
from amends.recovery.survey import LowScore, SurveyAsked
from tests.rooms.walker.walk import Walk


def decides(walk: Walk) -> object:
    issue, fault = walk.one(Issue.objects.all()), walk.dice.choice(list(Fault))
    outcome = walk.dice.choice(list(Outcome))
    return decide(issue, fault, outcome, walk.words("The photo"), by=walk.somebody(), now=walk.now) if issue else None


def looks_again(walk: Walk) -> object:
    made, agreed = walk.one(Decision.objects.all()), walk.dice.random() < 0.7
    return review_decision(made, walk.words(), agreed=agreed, by=walk.somebody(), now=walk.now) if made else None


def splits(walk: Walk) -> object:
    issue = walk.one(Issue.objects.all())
    words = [issue.words, walk.dice.choice([issue.words[:12], issue.words, "Never said"])] if issue else []
    parts = [Part(walk.words(f"Part {number}"), "delivery", one) for number, one in enumerate(words)]
    return split(issue, parts, by=walk.somebody(), now=walk.now) if issue else None


def merges(walk: Walk) -> object:
    one, other = walk.one(Issue.objects.all()), walk.one(Issue.objects.all())
    return merge(one, other, by=walk.somebody(), now=walk.now) if one and other else None


def unmerges(walk: Walk) -> object:
    issue = walk.one(Issue.objects.exclude(merger=None))
    return unmerge(issue, by=walk.somebody(), now=walk.now) if issue else None


def takes_an_issue_off(walk: Walk) -> object:
    issue, wish = walk.one(Issue.objects.all()), walk.dice.choice(list(Wish))
    return take_off(issue, walk.words(), wish=wish, by=walk.somebody(), now=walk.now) if issue else None


def puts_an_issue_back(walk: Walk) -> object:
    issue = walk.one(Issue.objects.exclude(withdrawal=None))
    return put_back(issue, by=walk.somebody(), now=walk.now) if issue else None


def is_about_somebody(walk: Walk) -> object:
    if walk.dice.random() < 0.7:
        return None
    return name_subject(walk.case(), walk.somebody(), by=walk.somebody("ines", "sam"), now=walk.now)


def is_about_nobody(walk: Walk) -> object:
    return clear_subject(walk.case(), walk.somebody(), by=walk.somebody("ines", "sam"), now=walk.now)


def a_delivery_fails(walk: Walk) -> object:
    done = walk.one(Fulfilment.objects.all())
    return delivery_failed(done, walk.words("It came back"), by=walk.somebody(), now=walk.now) if done else None


def customer_says_how_it_is(walk: Walk) -> object:
    asked, answer = walk.one(FollowUp.objects.exclude(letter=None)), walk.dice.choice(list(Answer))
    issues = frozenset(walk.issues(asked.case)) if asked else frozenset()
    return answer_on_page(asked, answer, walk.words(), walk.now, issues=issues) if asked else None


def customer_says_how_it_was(walk: Walk) -> object:
    asked = walk.one(SurveyAsked.objects.select_related("case__customer"))
    given = [_given(walk, asked, kind) for kind in walk.some(list(SCALES))] if asked else []
    return answer_survey(asked, given, walk.words(), walk.now) if asked else None


def _given(walk: Walk, asked: SurveyAsked, kind: Kinds) -> Given:
    issue = walk.one(asked.case.issues.all()) if kind is Kinds.SETTLED else None
    return Given(kind, walk.dice.choice(SCALES[kind]), issue.pk if issue else None)


def customer_does_not_want_to_be_asked(walk: Walk) -> object:
    asked = walk.one(SurveyAsked.objects.select_related("case__customer"))
    return walk.dice.choice([opt_out, opt_in])(asked, walk.now) if asked else None


def answers_a_low_score(walk: Walk) -> object:
    low = walk.one(LowScore.objects.select_related("case__customer"))
    return answer_low_score(low.case, walk.words(), by=walk.somebody(), now=walk.now) if low else None


def links_the_cause(walk: Walk) -> object:
    issue = walk.one(Issue.objects.filter(attribution=None))
    return attribute(issue, walk.one(Cause.objects.all()), by=walk.somebody(), now=walk.now) if issue else None


def agrees_a_change(walk: Walk) -> object:
    cause, by, kind = walk.one(Cause.objects.all()), walk.somebody("ines"), walk.dice.choice(list(ChangeKind))
    return agree_change(cause, walk.words(), kind, owner=by, due=walk.day().date(), by=by, now=walk.now)


def makes_a_change(walk: Walk) -> object:
    return make_change(walk.one(Change.objects.select_related("cause")), by=walk.somebody("ines"), now=walk.now)
