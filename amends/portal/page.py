"""What the customer's page shows: where it stands in words, what we understood, what they can choose."""

from datetime import datetime
from typing import Any

from amends.cases.case import Case
from amends.cases.facts import facts_of, understandings_of
from amends.cases.issue import Issue
from amends.cases.message import Message, Understanding
from amends.method.facts import Facts
from amends.method.path import State, recovery_path
from amends.method.steps import Step
from amends.recovery.agree import told_offers
from amends.recovery.offer import Decline
from amends.ui.words import day, moment


def page_context(case: Case, now: datetime) -> dict[str, Any]:
    """Everything the customer's page needs."""
    facts = facts_of(case, now)
    issues = list(case.open_issues().select_related("hearing"))
    answers = list(understandings_of(case))
    latest = answers[0] if answers else None
    heard = [issue for issue in issues if hasattr(issue, "hearing") or _worded_here(issue, answers)]
    offers = told_offers(case, now)
    return {
        "case": case,
        "company": case.channel.name,
        "status": status_sentence(case, facts, bool(offers)),
        "more": _more(case),
        "heard": heard,
        "understood": latest if latest and latest.agreed else None,
        "corrected": latest if latest and not latest.agreed else None,
        "may_confirm": facts.awaits_confirmation and facts.closed_at is None,
        "offers": offers,
        "promises": _promises(case, now),
        "chosen": _chosen(case),
        "declined": _declined(case) if facts.closed_at is None else None,
        "escalation": getattr(case, "escalation", None),
        "conversation": _conversation(case),
    }


def _worded_here(issue: Issue, answers: list[Understanding]) -> bool:
    """Whether the customer reworded or added the issue on this page, which must not lose it until we hear it."""
    reworded = {one["issue"] for answer in answers for one in answer.corrections}
    return issue.pk in reworded or issue.words in {answer.words for answer in answers if answer.words}


def _conversation(case: Case) -> list[dict[str, Any]]:
    """What the customer and we said, oldest first: only letters that left, only mail of the customer's own."""
    said = case.messages.filter(automatic__in=["", "acknowledgement"], known_sender=True).select_related("outbox")
    return [
        {"outgoing": one.outgoing, "name": one.sender_name, "at": one.at, "text": _new_words(one)}
        for one in said
        if not one.outgoing or one.outbox.sent_at
    ]


def _new_words(message: Message) -> str:
    parts = [message.text[start:end] for kind, start, end in message.pieces if kind == "new"]
    return "\n".join(parts).strip() or message.text


def status_sentence(case: Case, facts: Facts, has_offer: bool) -> str:
    """Where the complaint stands, in one sentence a customer understands."""
    who = case.assignment.to.name if hasattr(case, "assignment") else case.channel.name
    steps = {one.step: one.state for one in recovery_path(facts).steps}
    if facts.closed_at:
        return f"We have closed your complaint on {day(facts.closed_at)}. Write to us if it is not right."
    if has_offer:
        return "We have made you an offer. Nothing happens before you have chosen."
    if steps[Step.AGREE] is State.DONE and steps[Step.DELIVER] is not State.DONE:
        return f"You have agreed. {who} is carrying it out."
    if steps[Step.DELIVER] is State.DONE:
        return "What we agreed is done. We are finishing what is left."
    if steps[Step.LISTEN] is State.DONE:
        return f"{who} has read what happened and is working on it."
    if hasattr(case, "assignment"):
        return f"{who} is reading what you wrote."
    return "We have your complaint. A person is going to read it."


def _more(case: Case) -> str:
    return f"Your complaint {case.pk}, told to us {moment(case.opened_at)}."


def _promises(case: Case, now: datetime) -> list[dict[str, str]]:
    return [
        {
            "text": one.words,
            "state": "kept" if one.kept_at else "late" if one.due_at < now else "now",
            "when": f"Done on {day(one.kept_at)}"
            if one.kept_at
            else f"Promised for {day(one.due_at)}. We are sorry that it is late."
            if one.due_at < now
            else f"By {day(one.due_at)}",
        }
        for one in case.promises.all()
    ]


def _chosen(case: Case) -> list[dict[str, Any]]:
    offers = case.offers.select_related("acceptance__option").exclude(acceptance=None)
    return [
        {
            "title": one.acceptance.option.title,
            "amount": one.acceptance.option.amount,
            "at": one.acceptance.at,
        }
        for one in offers
    ]


def _declined(case: Case) -> Decline | None:
    """The customer's no to our latest offer, until we make another."""
    latest = case.offers.select_related("decline").last()
    return getattr(latest, "decline", None)
