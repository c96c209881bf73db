"""One complaint of three issues, from the first mail until it comes back, told in docs/using/three-issues.md."""

from datetime import timedelta

import pytest

from amends.cases.closure import close
from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.cases.errors import GateClosed, Incomplete, NotPossible
from amends.cases.hear import Heard, confirm_understanding, correct_understanding, hear
from amends.cases.ledger import verify
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import Standing
from amends.jobs import sweep
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import accept, decline
from amends.recovery.answer import Promised, answer, promised_in
from amends.recovery.approve import ask_approval, decide_approval
from amends.recovery.deliver import deliver_entitlement, deliver_option
from amends.recovery.draft import Draft, Proposal
from amends.recovery.errors import BeyondAuthority
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Via
from amends.recovery.promise import BrokenPromise, Promise
from amends.recovery.remedy import Remedy
from tests.conftest import mail

pytestmark = pytest.mark.django_db
PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
COMPLAINT = """Hello,

My wardrobe arrived nine days late. You have charged me €49 twice. And your driver scratched my oak floor.

Maria Oduya
"""


class Walk:
    """Tom, Ines and Maria, one verb at a time, the clock moving on between them."""

    def __init__(self, cast):
        self.cast, self.clock = cast, cast.clock
        self.case = cast.case(mail(COMPLAINT))

    @property
    def now(self):
        return self.clock.forward(minutes=1)

    def issue(self, word):
        return next(one for one in self.case.open_issues() if word in one.summary)

    def hear(self, *summaries):
        known = {issue.summary: issue for issue in self.case.open_issues()}
        lines = [Heard(issue.pk, name, issue.category or "delivery") for name, issue in known.items()]
        lines += [Heard(None, name, "product_quality") for name in summaries if name not in known]
        hear(self.case, lines, by=self.cast.tom, now=self.now)

    def say(self, text, *steps, issues=None, promises=()):
        chosen = issues or list(self.case.open_issues())
        covers = {(issue.pk, step) for issue in chosen for step in steps}
        return answer(self.case, text, covers, promises, by=self.cast.tom, now=self.now)

    def draft(self, issues, *options, reason=""):
        day = self.clock.now.date() + timedelta(days=3)
        made = [Proposal(Remedy.objects.get(key=key), key.title(), "", cents, day) for key, cents in options]
        pks = frozenset(issue.pk for issue in issues)
        return Draft(issues=pks, opening="", can="One of these.", cannot="", because="", options=made, reason=reason)

    def offer(self, issues, *options, reason=""):
        draft = self.draft(issues, *options, reason=reason)
        return make_offer(self.case, draft, by=self.cast.tom, now=self.now)

    def choose(self, offer):
        return accept(offer.options.first(), via=Via.PAGE, now=self.now)

    def deliver(self, acceptance):
        deliver_option(acceptance.option, "Booking 4711", by=self.cast.tom, now=self.now)

    def letters_leave(self):
        OutboxEntry.objects.waiting().update(sent_at=self.now)

    def reason(self):
        return Standing.objects.get(case=self.case).reason


@pytest.fixture
def walk(cast):
    return Walk(cast)


def person_first(walk):
    """Listen, and say it back until Maria agrees: the gate before an offer is shut until then."""
    proposed = {issue.summary for issue in walk.case.open_issues()}
    assert proposed
    lines = [Heard(one.pk, one.summary, one.category, off=True, reason="Said below") for one in walk.case.open_issues()]
    lines += [
        Heard(None, "The wardrobe came nine days late", "delivery"),
        Heard(None, "€49 were charged twice", "price_billing"),
        Heard(None, "The driver scratched the floor", "harm_safety"),
    ]
    hear(walk.case, lines, by=walk.cast.tom, now=walk.now)
    with pytest.raises(GateClosed, match="apologise for “The wardrobe"):
        walk.offer([walk.issue("wardrobe")], ("refund", 3000), ("credit", 3000))
    walk.say("We are sorry, for each of the three.", *PERSON)
    walk.letters_leave()
    correct_understanding(
        walk.case, {walk.issue("floor").pk: "The driver scratched the oak floor in two rooms"}, "", walk.now
    )
    with pytest.raises(GateClosed, match="two rooms"):
        walk.offer([walk.issue("wardrobe")], ("refund", 3000), ("credit", 3000))
    walk.hear()
    walk.say("So it was two rooms. We are sorry for that too.", *PERSON)
    walk.letters_leave()
    confirm_understanding(walk.case, walk.now)


def whose_fault(walk):
    for word in ("wardrobe", "€49", "floor"):
        decide(
            walk.issue(word), Fault.OURS, Outcome.UPHELD, "The scans and the account.", by=walk.cast.tom, now=walk.now
        )


def declined(walk):
    """None of these, and why: the case comes back at once, and the next offer is another one."""
    late = walk.issue("wardrobe")
    offer = walk.offer([late], ("credit", 3000), ("call", 0))
    decline(offer, "I do not want to buy again", via=Via.PAGE, now=walk.now)
    assert Standing.objects.get(case=walk.case).due_at is not None
    walk.deliver(walk.choose(walk.offer([late], ("refund", 4500), ("call", 0))))


def approved(walk):
    """€300 for the floor is above Tom's limit: Ines sees the whole file, and the offer leaves in Tom's name."""
    floor = [walk.issue("floor")]
    options = (("refund", 30000), ("call", 0))
    with pytest.raises(BeyondAuthority, match="Ines"):
        walk.offer(floor, *options)
    asked = ask_approval(
        walk.case, walk.draft(floor, *options), reason="Two rooms to sand.", by=walk.cast.tom, now=walk.now
    )
    assert asked.to == walk.cast.ines
    with pytest.raises(Exception, match="asked"):
        decide_approval(asked, granted=True, words="", by=walk.cast.tom, now=walk.now)
    decision = decide_approval(asked, granted=True, words="", by=walk.cast.ines, now=walk.now)
    assert decision.offer.made_by == walk.cast.tom
    walk.deliver(walk.choose(decision.offer))


def owed_anyway(walk):
    money = frozenset([walk.issue("€49").pk])
    overcharge = Remedy.objects.get(key="overcharge")
    deliver_entitlement(walk.case, overcharge, money, 4900, "Booking 4712", by=walk.cast.tom, now=walk.now)


def promise_broken(walk):
    """A day that was promised and passes is an issue of its own, owed an apology of its own."""
    text = "I will call you tomorrow."
    with pytest.raises(Incomplete, match="You promise"):
        walk.say(text)
    found = promised_in(walk.case, text, walk.clock.now)
    stood_by = [Promised("call Maria", one.due_at, walk.cast.tom, one.words) for one in found]
    walk.say(text, promises=tuple(stood_by))
    walk.letters_leave()
    promise = Promise.objects.get(words="call Maria")
    walk.clock.now = promise.due_at + timedelta(minutes=1)
    sweep(walk.now)
    sweep(walk.now)
    broken = BrokenPromise.objects.get(promise=promise)
    assert broken.issue in walk.case.open_issues()
    with pytest.raises(GateClosed):
        close(walk.case, by=walk.cast.ines, now=walk.now)
    walk.hear()
    walk.say("I am sorry that I did not call.", *PERSON, issues=[broken.issue])
    walk.deliver(walk.choose(walk.offer([broken.issue], ("call", 0), ("second_look", 0))))


def prevention_told(walk):
    """Each cause with a change that has an owner and a day; only then can it be told, and only then is it the end."""
    with pytest.raises(GateClosed, match="does not happen again"):
        close(walk.case, by=walk.cast.ines, now=walk.now)
    for issue in walk.case.open_issues():
        attribute(issue, Cause.objects.get(), by=walk.cast.tom, now=walk.now)
    walk.say("There is a second courier now, so no parcel waits overnight.", Step.PREVENT)
    walk.letters_leave()
    close(walk.case, by=walk.cast.tom, now=walk.now)


def asked_again(walk):
    """The letter asks by itself; “something is left” lets that one issue begin again, with its history."""
    walk.clock.now = FollowUp.objects.get(case=walk.case).due_at + timedelta(hours=1)
    sweep(walk.now)
    walk.letters_leave()
    asked = FollowUp.objects.get(case=walk.case, letter__isnull=False)
    floor = frozenset([walk.issue("floor").pk])
    answer_on_page(asked, Answer.LEFT, "The second room shows the scratch again.", walk.now, issues=floor)
    begun = walk.issue("floor").reopenings.get()
    assert begun.words == "The second room shows the scratch again."
    assert not hasattr(walk.case.__class__.objects.get(pk=walk.case.pk), "closure")


def wrong_solution(walk):
    """What did not hold is not offered first again, and an apology alone is no answer to it."""
    floor = [walk.issue("floor")]
    walk.hear()
    with pytest.raises(Incomplete, match="what we do now"):
        walk.say("We are sorry again.", *PERSON, issues=floor)
    walk.say("We are sorry that it did not hold. A craftsman comes.", *PERSON, Step.REMEDY, issues=floor)
    with pytest.raises(Incomplete, match="did not hold"):
        walk.offer(floor, ("refund", 5000), ("call", 0))
    walk.deliver(walk.choose(walk.offer(floor, ("call", 0), ("explanation", 0))))


def test_a_complaint_of_three_issues(walk):
    for chapter in (
        person_first,
        whose_fault,
        owed_anyway,
        declined,
        approved,
        promise_broken,
        prevention_told,
        asked_again,
        wrong_solution,
    ):
        chapter(walk)
    walk.say("There is a second courier now, so no parcel waits overnight.", Step.PREVENT)
    close(walk.case, by=walk.cast.tom, now=walk.now)
    assert verify().holds


def test_the_same_again_in_a_second_complaint(walk):
    for chapter in (person_first, whose_fault, declined):
        chapter(walk)
    attribute(walk.issue("wardrobe"), Cause.objects.get(), by=walk.cast.tom, now=walk.now)
    walk.clock.forward(days=20)
    walk.case = walk.cast.case(
        mail("Now my shelf came nine days late too.", message_id="<two@post.example>", subject="Late again")
    )
    for one in walk.case.open_issues():
        hear(walk.case, [Heard(one.pk, "The shelf came nine days late", "delivery")], by=walk.cast.tom, now=walk.now)
    shelf = walk.issue("shelf")
    attribute(shelf, Cause.objects.get(), by=walk.cast.tom, now=walk.now)
    shelf.refresh_from_db()
    assert shelf.recurrence.earlier.summary == "The wardrobe came nine days late"
    walk.case.refresh_from_db()
    assert walk.case.severity >= 3
    assert shelf.recurrence.earlier.fulfilments.get().ineffective.recurrence == shelf.recurrence


def test_who_is_not_decided_about_is_not_refused(walk):
    from amends.recovery.deliver import refuse

    person_first(walk)
    with pytest.raises(NotPossible, match="decide about"):
        refuse(walk.issue("wardrobe"), "It came.", "The ombudsman.", by=walk.cast.tom, now=walk.now)
