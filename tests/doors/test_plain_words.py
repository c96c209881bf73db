"""The customer's page speaks plainly: short sentences, easy words, in every state of a complaint."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.cases.closure import close
from amends.cases.decision import Decision
from amends.cases.links import page_token
from amends.cases.outbox import OutboxEntry
from amends.method.steps import Step
from amends.recovery.ask_again import ask_those_due
from amends.recovery.deliver import refuse
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page
from amends.recovery.promise import Promise, Release, Renegotiation
from tests.doors.conftest import let_letters_leave, page, words
from tests.doors.readability import ease

pytestmark = pytest.mark.django_db
PAGES = [
    "",
    "yes/",
    "not-quite/",
    "none/",
    "higher/",
    "write/",
    "ask/",
    "follow-up/",
    "follow-up/?answer=left",
    "news/",
]


@pytest.fixture
def one(recovery):
    return recovery()


@pytest.fixture
def browse():
    return Client(raise_request_exception=False)


def get(browse, one, name=""):
    return browse.get(f"/c/{page_token(one.case.pk)}/{name}")


def ours(response) -> list[str]:
    """Our own sentences on a page: without what people wrote."""
    main = page(response).css_first("body")
    for theirs in main.css("blockquote, .letters, .heard p, .offer-words, .choice-what, title, textarea, script"):
        theirs.decompose()
    blocks = main.css("h1, h2, h3, p, label, legend, a, button, summary, .hint")
    return [" ".join(block.text(deep=True).split()) for block in blocks if block.text().strip()]


def new(one): ...


def heard(one):
    one.person_first()


def offered(one):
    heard(one)
    one.offer()


def agreed(one):
    offered(one)
    one.accept(one.case.offers.last())


def delivered(one):
    agreed(one)
    one.deliver(one.case.offers.last().acceptance)


def closed(one):
    delivered(one)
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.now)


def asked(one):
    closed(one)
    let_letters_leave()
    FollowUp.objects.update(due_at=one.now)
    assert ask_those_due(one.now) == 1
    OutboxEntry.objects.update(sent_at=one.now)


def again(one):
    asked(one)
    now, every = one.cast.clock.forward(minutes=5), frozenset(issue.pk for issue in one.issues)
    answer_on_page(FollowUp.objects.get(done_at=None), Answer.NO, "It broke.", now, issues=every)


def refused(one):
    heard(one)
    for issue in one.issues:
        one.decide(issue)
        refuse(issue, "It was sent on time.", "The ombudsman.", by=one.cast.tom, now=one.now)


STATES = [new, heard, offered, agreed, delivered, closed, asked, again, refused]


@pytest.mark.parametrize("state", STATES)
def test_every_page_in_every_state_is_plain(one, browse, state):
    state(one)
    let_letters_leave()
    said = [sentence for name in PAGES for sentence in ours(get(browse, one, name))]
    found = ease(said)
    assert len(said) > 20
    assert found.longest <= 25
    assert found.flesch >= 70


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (again, "It was not right, so we have begun again."),
        (refused, "We have written to you why we cannot offer more, and where you can go next."),
        (asked, "Is it still right for you?"),
        (heard, "Next, "),
        (closed, "We have closed your complaint"),
        (new, "A person reads what you wrote and answers you"),
    ],
)
def test_each_state_is_told_in_its_own_words(one, browse, state, sentence):
    state(one)
    let_letters_leave()
    assert sentence in words(get(browse, one))


def test_a_refusal_shows_its_reasons_and_the_way_on_once_its_letter_left(one, browse):
    refused(one)
    assert "The ombudsman" not in words(get(browse, one))
    let_letters_leave()
    assert "If you do not agree: The ombudsman." in words(get(browse, one))


def test_whose_fault_it_was_is_told_only_after_a_letter_did(one, browse):
    heard(one)
    let_letters_leave()
    known = {
        "outcome": "upheld",
        "evidence": "Till report",
        "by": one.cast.tom,
        "at": one.cast.clock.forward(minutes=1),
    }
    Decision.objects.create(issue=one.issues[0], fault="ours", **known)
    Decision.objects.create(issue=one.issues[1], fault="conduct", **{**known, "outcome": "not_upheld"})
    assert "our mistake" not in words(get(browse, one))
    one.say(Step.ACKNOWLEDGE)
    assert "our mistake" not in words(get(browse, one))
    let_letters_leave()
    said = words(get(browse, one))
    assert "You were right to complain. It was our mistake." in said
    assert "conduct" not in said.lower()
    assert "Till report" not in said


def test_what_became_of_each_promise(one, browse):
    clock = one.cast.clock
    day = clock.now + timedelta(hours=12)

    def promise(text, days, **more):
        made = {"case": one.case, "made_at": clock.now, "due_at": day + timedelta(days=days)}
        return Promise.objects.create(words=text, **{**made, **more})

    promise("A call", 3)
    promise("The invoice", 3, kept_at=clock.now)
    promise("The key", -3)
    moved = promise("The lamp", 9)
    Renegotiation.objects.create(
        promise=moved, was_due_at=day, due_at=moved.due_at, words="Next week is fine", via="phone", at=clock.now
    )
    Release.objects.create(promise=promise("A card", 3), words="No need", at=clock.now)
    said = words(get(browse, one))
    assert "Done on " in said
    assert "We are sorry that it is late" in said
    assert "You agreed to this day. It was " in said
    assert "You let us off this on " in said
