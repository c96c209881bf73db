"""Where a complaint stands, what comes next and by when, in sentences a customer understands."""

from datetime import datetime

from amends.cases.case import Case
from amends.method.facts import Facts
from amends.method.path import State, recovery_path
from amends.method.steps import Step
from amends.ui.words import day, moment

_NEXT = {
    Step.LISTEN: "we read what happened",
    Step.APOLOGISE: "we write to you about what happened",
    Step.REFLECT: "we tell you what we understood",
    Step.ACKNOWLEDGE: "we write to you about our part in it",
    Step.REMEDY: "we look for what puts it right, and offer it to you",
    Step.AGREE: "you choose what is right for you",
    Step.DELIVER: "we carry out what we agreed",
    Step.PREVENT: "we tell you what we change, so that it does not happen again",
    Step.FOLLOW_UP: "we ask you whether it is still right",
}


def handler(case: Case) -> str:
    """Who looks after the complaint: a person's name, or the company's."""
    return case.assignment.to.name if hasattr(case, "assignment") else case.channel.name


def status_sentence(case: Case, facts: Facts, has_offer: bool) -> str:
    """Where the complaint stands, in one sentence a customer understands."""
    who = handler(case)
    if facts.closed_at:
        return f"We have closed your complaint on {day(facts.closed_at)}. Write to us if it is not right."
    if has_offer:
        return "We have made you an offer. Nothing happens before you have chosen."
    if any(issue.reopened_at and not issue.remedied_at for issue in facts.issues):
        return f"It was not right, so we have begun again. {who} is working on it."
    if facts.approver:
        return "We have found a way to put it right. Somebody here has to agree to it first."
    return _on_the_way(case, facts, who)


def _on_the_way(case: Case, facts: Facts, who: str) -> str:
    steps = {one.step: one.state for one in recovery_path(facts).steps}
    if facts.issues and all(issue.refused_at and not issue.delivered_at for issue in facts.issues):
        return "We have written to you why we cannot offer more, and where you can go next."
    if steps[Step.DELIVER] is State.DONE:
        return "What we agreed is done. We are finishing what is left."
    if steps[Step.AGREE] is State.DONE:
        return f"You have agreed. {who} is carrying it out."
    if steps[Step.LISTEN] is State.DONE:
        return f"{who} has read what happened and is working on it."
    if hasattr(case, "assignment"):
        return f"{who} is reading what you wrote."
    return "We have your complaint. A person is going to read it."


def next_sentence(case: Case, facts: Facts, has_offer: bool) -> str:
    """What happens next, and by when if there is a time; "" once the complaint is closed and nobody waits."""
    if facts.unanswered_since:
        return _by("A person reads what you wrote and answers you", _answer_due(case), facts.now)
    if facts.closed_at or facts.snoozed_until:
        return f"We come back to it on {day(facts.snoozed_until)}." if facts.snoozed_until else ""
    if has_offer:
        return "Next, you choose. You can take your time until the day below."
    path = recovery_path(facts)
    following = path.next.step if path.next else None
    return _by(f"Next, {_NEXT[following]}", facts.promise_due_at, facts.now) if following else ""


def _answer_due(case: Case) -> datetime | None:
    return case.standing.due_at if hasattr(case, "standing") else None


def _by(words: str, due: datetime | None, now: datetime) -> str:
    """The sentence with its time; a time that has passed is owned, not hidden."""
    if due is None:
        return f"{words}."
    if due < now:
        return f"{words}. That was due {moment(due)}: we are sorry that it is late."
    return f"{words}, at the latest {moment(due)}." if due.date() == now.date() else f"{words} by {day(due)}."
