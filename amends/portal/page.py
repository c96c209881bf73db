"""What the customer's page shows: where it stands in words, what we understood, what they can choose."""

from datetime import datetime
from typing import Any

from amends.cases.case import Case
from amends.cases.facts import facts_of, understandings_of
from amends.cases.issue import Issue
from amends.cases.message import Message, Understanding
from amends.cases.reopening import IssueReopening
from amends.method.facts import Facts
from amends.portal.status import after_the_no, next_sentence, status_sentence
from amends.portal.told import decided, promises_of
from amends.prevention.tell import NEWS
from amends.recovery.agree import told_offers
from amends.recovery.ask_again import FOLLOW_UP
from amends.recovery.offer import Decline
from amends.team.coverage import closed_now, is_attended
from amends.team.policy import current
from amends.ui.words import moment


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
        "publishes": bool(current().published),
        "status": status_sentence(case, facts, offers),
        "next": next_sentence(case, facts, offers),
        "more": _more(case),
        "closed": closed_now(case.team, now) if facts.closed_at is None else None,
        **_who_is_there(case, facts, now),
        "heard": heard,
        "understood": latest if latest and latest.agreed else None,
        "corrected": latest if latest and not latest.agreed else None,
        "may_confirm": facts.awaits_confirmation and facts.closed_at is None,
        "offers": offers,
        "promises": promises_of(case, now),
        "decided": decided(case),
        "asking": _asking(case),
        "again": _again(case, facts),
        "chosen": _chosen(case),
        **_no(case, facts),
        "escalation": getattr(case, "escalation", None),
        "conversation": _conversation(case),
    }


def _who_is_there(case: Case, facts: Facts, now: datetime) -> dict[str, Any]:
    """While it is open: whether somebody of the team is there, whether danger was read, and who on call is told."""
    if facts.closed_at:
        return {}
    danger = case.messages.filter(outgoing=False, reading__safety=True).exists()
    return {
        "attended": is_attended(case.team, now),
        "danger": danger,
        "called": case.called_out.order_by("sent_at").last() if danger else None,
    }


def _worded_here(issue: Issue, answers: list[Understanding]) -> bool:
    """Whether the customer reworded or added the issue on this page, which must not lose it until we hear it."""
    reworded = {one["issue"] for answer in answers for one in answer.corrections}
    return issue.pk in reworded or issue.words in {answer.words for answer in answers if answer.words}


def _conversation(case: Case) -> list[dict[str, Any]]:
    """What the customer and we said, oldest first: only letters that left, only mail of the customer's own."""
    told = ["", "acknowledgement", FOLLOW_UP, NEWS]
    said = case.messages.filter(automatic__in=told, known_sender=True).select_related("outbox")
    return [
        {
            "outgoing": one.outgoing,
            "name": one.sender_name,
            "at": one.at,
            "text": _new_words(one),
            "files": [file.name for file in one.attachments.all()],
        }
        for one in said.prefetch_related("attachments")
        if not one.outgoing or one.outbox.sent_at
    ]


def _new_words(message: Message) -> str:
    parts = [message.text[start:end] for kind, start, end in message.pieces if kind == "new"]
    return "\n".join(parts).strip() or message.text


def _more(case: Case) -> str:
    whose = f" from {case.customer.name}" if case.customer.name else ""
    told = f"Complaint {case.pk}{whose}, told to us {moment(case.opened_at)}."
    return f"{told} {case.assignment.to.name} looks after it." if hasattr(case, "assignment") else told


def _asking(case: Case) -> bool:
    """Whether our letter asked if it is still right, and the answer is still to come."""
    return case.follow_ups.filter(letter__outbox__sent_at__isnull=False, done_at=None).exists()


def _again(case: Case, facts: Facts) -> list[str]:
    """What the customer told us is not right, as long as it is not put right: each thing they said once."""
    waiting = [issue.id for issue in facts.issues if issue.reopened_at and not issue.remedied_at]
    said = IssueReopening.objects.filter(issue__in=waiting, by=None).values_list("words", flat=True)
    return list(dict.fromkeys(said))


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


def _no(case: Case, facts: Facts) -> dict[str, Any]:
    """What the customer said about our offer, while the complaint is open, and what we do about it."""
    no = _declined(case) if facts.closed_at is None else None
    issues = set(no.offer.issues.values_list("pk", flat=True)) if no else set()
    return {"declined": no, "after_no": after_the_no(facts, issues) if no else ""}


def _declined(case: Case) -> Decline | None:
    """The customer's no to our latest offer, until we make another."""
    latest = case.offers.select_related("decline").last()
    return getattr(latest, "decline", None)
