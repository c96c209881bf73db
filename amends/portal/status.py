"""Where a complaint stands, what comes next and by when, in sentences a customer understands."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.clocks import Owed, next_promised
from amends.method.facts import Facts
from amends.method.path import State, recovery_path
from amends.method.steps import Step
from amends.recovery.keep import open_promises
from amends.recovery.offer import Offer
from amends.ui.words import full_day, moment

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


def status_sentence(case: Case, facts: Facts, offers: Sequence[Offer]) -> str:
    """Where the complaint stands, in one sentence a customer understands."""
    who = handler(case)
    if facts.closed_at:
        return f"We have closed your complaint on {full_day(facts.closed_at)}. Write to us if it is not right."
    if offers:
        return "We have made you an offer. Nothing happens before you have chosen."
    if _let_down(case, facts):
        return "We did not keep what we promised you. We are sorry."
    if any(issue.reopened_at and not issue.remedied_at for issue in facts.issues):
        return f"It was not right, so we have begun again. {who} is working on it."
    if facts.approver:
        return "We have found a way to put it right. Somebody here has to agree to it first."
    return _on_the_way(case, facts, who)


def after_the_no(facts: Facts, issues: Collection[int]) -> str:
    """What happens since the customer declined an offer for these issues; "" once each is put right or answered."""
    if facts.approver:
        return "We have found another way. Somebody here has to agree to it first."
    if all(issue.remedied_at for issue in facts.issues if issue.id in issues):
        return ""
    return "We are looking for another way."


def _let_down(case: Case, facts: Facts) -> bool:
    """Whether we broke a promise and have not yet said sorry for that."""
    owed = [issue.id for issue in facts.issues if issue.apologised_at is None and issue.remedied_at is None]
    return bool(owed) and case.open_issues().filter(pk__in=owed, source="promise").exists()


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


def next_sentence(case: Case, facts: Facts, offers: Sequence[Offer]) -> str:
    """What happens next, and by when if there is a time; "" once the complaint is closed and nobody waits."""
    if facts.unanswered_since:
        return _by("A person reads what you wrote and answers you", _answer_due(case), facts.now)
    if facts.closed_at or facts.snoozed_until:
        return f"We come back to it on {full_day(facts.snoozed_until)}." if facts.snoozed_until else ""
    if offers:
        until = min(one.expires_at for one in offers)
        return f"Next, you choose. You can take your time until {full_day(until)}."
    if due := _agreed_for(case, facts):
        return _by(f"Next, {_NEXT[Step.DELIVER]}", due, facts.now)
    return _next_of_ours(case, facts)


def _next_of_ours(case: Case, facts: Facts) -> str:
    path = recovery_path(facts)
    following = path.next.step if path.next else None
    owed = next_promised(case, facts, path)
    if _let_down(case, facts):
        return f"Next, we write to you about it.{_heard_by(owed, facts.now)}"
    if facts.approver:
        return f"Next, they decide, and we write to you.{_heard_by(owed, facts.now)}"
    if following is Step.FOLLOW_UP and owed and owed.due_at > facts.now:
        return f"Next, {_NEXT[following]}, on {full_day(owed.due_at)}."
    return f"Next, {_NEXT[following]}.{_heard_by(owed, facts.now)}" if following else ""


def _agreed_for(case: Case, facts: Facts) -> datetime | None:
    """By when we carry out what the customer chose; None when that is done, or its time has passed."""
    if not any(issue.agreed_at and not issue.remedied_at for issue in facts.issues):
        return None
    agreed = open_promises().filter(case=case, acceptance__isnull=False, due_at__gte=facts.now)
    return agreed.order_by("due_at").values_list("due_at", flat=True).first()


def _answer_due(case: Case) -> datetime | None:
    return case.standing.due_at if hasattr(case, "standing") else None


def _heard_by(owed: Owed | None, now: datetime) -> str:
    """By when the customer hears from us, whatever comes next; "" where nothing has a time."""
    if owed is None or owed.what == "follow-up":
        return ""
    if owed.what == "promise" and owed.due_at >= now:
        return f" {_by('You have what we promised you', owed.due_at, now)}"
    return f" {_by('You hear from us', owed.due_at, now)}"


def _by(words: str, due: datetime | None, now: datetime) -> str:
    """The sentence with its time; a time that has passed is owned, not hidden."""
    if due is None:
        return f"{words}."
    if due < now:
        return f"{words}. That was due {moment(due)}: we are sorry that it is late."
    today = localtime(due).date() == localtime(now).date()
    return f"{words}, at the latest {moment(due)}." if today else f"{words} by {full_day(due)}."
