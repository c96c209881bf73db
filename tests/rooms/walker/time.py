"""What ends and begins again, what the clock brings, and the next right thing."""

from collections.abc import Callable
from datetime import timedelta

from amends.cases.assignment import assign, snooze, unassign
from amends.cases.case import Case
from amends.cases.closure import close, reopen
from amends.cases.customer_writes import customer_writes
from amends.cases.hear import Heard, hear
from amends.cases.outbox import OutboxEntry, claim_letters, deliver, fail
from amends.cases.reply import Covered, reply
from amends.jobs import sweep
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import accept, open_offers
from amends.recovery.deliver import deliver_option
from amends.recovery.draft import Draft, Proposal
from amends.recovery.follow_up import follow_up
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Option, Via
from amends.recovery.remedy import Remedy
from tests.rooms.walker.walk import Walk


def closes(walk: Walk) -> object:
    words = walk.dice.choice(["", "All said"])
    return close(walk.case(), by=walk.somebody(), now=walk.now, words=words, exception=walk.exception())


def reopens(walk: Walk) -> object:
    return reopen(walk.case(), by=walk.somebody(), now=walk.now, reason=walk.words())


def assigns(walk: Walk) -> object:
    return assign(walk.case(), to=walk.somebody(), by=walk.somebody(), now=walk.now)


def unassigns(walk: Walk) -> object:
    return unassign(walk.case(), by=walk.somebody(), now=walk.now)


def puts_aside(walk: Walk) -> object:
    return snooze(walk.case(), until=walk.day(), reason=walk.words("The courier"), by=walk.somebody(), now=walk.now)


def asks_again(walk: Walk) -> object:
    right = walk.dice.random() < 0.5
    return follow_up(walk.case(), still_right=right, words=walk.words("Fine"), by=walk.somebody(), now=walk.now)


def letters_leave(walk: Walk) -> object:
    entries = claim_letters(walk.now, 20)
    for entry in entries:
        deliver(entry, walk.now)
    return entries


def a_letter_fails(walk: Walk) -> object:
    entry = walk.one(OutboxEntry.objects.waiting().select_related("message__case__customer"))
    return fail(entry, "No such mailbox", walk.now) if entry else None


def time_passes(walk: Walk) -> object:
    walk.cast.clock.forward(days=walk.dice.choice([1, 3, 8, 16, 40]))
    return None


def the_clock_is_asked(walk: Walk) -> object:
    walk.swept = walk.cast.clock.now
    return sweep(walk.now)


def the_next_right_thing(walk: Walk) -> object:
    """What a good colleague, or a customer in good faith, does next in a case."""
    case = walk.case()
    if hasattr(case, "closure") and walk.dice.random() < 0.5:
        return customer_writes(case, "It happened again, the lamp is broken.", walk.now)
    return _NEXT.get(case.standing.next_step, _follow_the_offer)(walk, case)


def _treat_the_person(walk: Walk, case: Case) -> object:
    lines = [Heard(one.pk, one.summary, one.category or "delivery") for one in case.open_issues()]
    hear(case, lines or [Heard(None, "The order came late", "delivery")], by=walk.cast.tom, now=walk.now)
    steps = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    again = case.issues.exclude(reopenings=None) or case.issues.exclude(recurrence=None)
    return _say(walk, case, (*steps, Step.REMEDY) if again else steps)


def _say(walk: Walk, case: Case, steps: tuple[Step, ...]) -> object:
    covers = tuple(Covered(one.pk, step) for one in case.open_issues() for step in steps)
    return reply(case, "I am sorry. It was our mistake.", covers, by=walk.cast.tom, now=walk.now)


def _offer_two(walk: Walk, case: Case) -> object:
    owed = case.open_issues().filter(fulfilments=None) or case.open_issues()
    issues = frozenset(one.pk for one in owed)
    kinds, due = walk.dice.sample(list(Remedy.objects.all()), 2), walk.now.date() + timedelta(days=3)
    options = [Proposal(one, one.name, "", walk.dice.choice([900, 3000]), due) for one in kinds]
    draft = Draft(issues=issues, opening="", can="One of these.", cannot="", because="", options=options)
    return make_offer(case, draft, by=walk.somebody("tom", "ines"), now=walk.now)


def _prevent(walk: Walk, case: Case) -> object:
    for issue in case.open_issues().filter(attribution=None):
        attribute(issue, walk.one(Cause.objects.all()), by=walk.cast.tom, now=walk.now)
    return _say(walk, case, (Step.PREVENT,))


def _deliver(walk: Walk, case: Case) -> object:
    option = walk.one(Option.objects.filter(offer__case=case, acceptances__fulfilment=None).exclude(acceptances=None))
    return deliver_option(option, "Parcel 12", by=walk.somebody("tom", "ines"), now=walk.now) if option else None


def _ask_again(walk: Walk, case: Case) -> object:
    right = walk.dice.random() < 0.6
    return follow_up(case, still_right=right, words="I asked her", by=walk.cast.tom, now=walk.now)


def _follow_the_offer(walk: Walk, case: Case) -> object:
    """Nothing is left to do for us: the customer chooses, or somebody closes."""
    offered = open_offers(case, walk.now)
    if offered:
        return accept(walk.dice.choice(offered[-1].options.all()), via=Via.PAGE, now=walk.now)
    if case.standing.due_at:
        return reply(case, "Thank you for telling us.", (), by=walk.cast.tom, now=walk.now)
    return close(case, by=walk.cast.tom, now=walk.now)


_NEXT: dict[str, Callable[[Walk, Case], object]] = {
    Step.LISTEN: _treat_the_person,
    Step.APOLOGISE: _treat_the_person,
    Step.REFLECT: _treat_the_person,
    Step.ACKNOWLEDGE: _treat_the_person,
    Step.REMEDY: _offer_two,
    Step.PREVENT: _prevent,
    Step.DELIVER: _deliver,
    Step.FOLLOW_UP: _ask_again,
}
