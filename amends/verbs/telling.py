"""A case as a program reads it: facts, path, issues, offers, and what each gate still asks for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from amends.cases.case import Case
from amends.cases.facts import facts_of, with_story
from amends.cases.issue import Issue
from amends.cases.links import without_links
from amends.cases.message import Message
from amends.cases.standing import Standing
from amends.method.gates import closing_gate, offer_gate
from amends.method.path import Path, PathStep, recovery_path
from amends.recovery.offer import Offer, Option
from amends.team.models import User
from amends.verbs.nameable import nameable
from amends.verbs.refusal import missing_as_data


def told_case(case: Case, now: datetime) -> dict[str, Any]:
    """Everything about a case a program needs to choose its next step."""
    issues = list(with_story(case.open_issues()))
    facts = facts_of(case, now)
    path = recovery_path(facts)
    return {
        "case": case.pk,
        "subject": case.subject,
        "customer": {"name": case.customer.called, "address": case.address},
        "team": case.team.name,
        "severity": case.severity,
        "opened_at": case.opened_at,
        "closed_at": facts.closed_at,
        "unanswered_since": facts.unanswered_since,
        "still_writing_until": facts.quiet_at if facts.is_writing else None,
        "attention": path.attention.value,
        "reason": path.reason,
        "path": [_step(one) for one in path.steps],
        "issues": [_issue(one, path) for one in issues],
        "offers": [_offer(one, now) for one in _offers(case)],
        **nameable(case),
        "messages": [_message(one) for one in _messages(case)],
        "missing": {"offer": missing_as_data(offer_gate(facts)), "closing": missing_as_data(closing_gate(facts))},
    }


def told_cases(user: User, after: int, most: int) -> dict[str, Any]:
    """A page of the cases somebody may see, by their number; `next` is where the following page begins, if any."""
    rows = list(Standing.objects.visible_to(user).filter(pk__gt=after).order_by("pk")[: most + 1])
    shown = rows[:most]
    return {
        "cases": [_row(one) for one in shown],
        "next": shown[-1].pk if len(rows) > most else None,
    }


def _row(one: Standing) -> dict[str, Any]:
    return {
        "case": one.pk,
        "customer": one.customer_name,
        "words": one.words,
        "attention": one.attention,
        "reason": one.reason,
        "next_step": one.next_step,
        "due_at": one.due_at,
    }


def _step(one: PathStep) -> dict[str, Any]:
    return {"step": one.step.value, "state": one.state.value, "why": one.why, "at": one.at}


def _issue(issue: Issue, path: Path) -> dict[str, Any]:
    return {
        "issue": issue.pk,
        "summary": issue.summary,
        "words": issue.words,
        "category": issue.category,
        "kind": issue.kind,
        "heard": hasattr(issue, "hearing"),
        "path": [_step(one) for one in path.issues[issue.pk]],
    }


def _offers(case: Case) -> Iterable[Offer]:
    rows = case.offers.select_related("acceptance", "decline", "withdrawal")
    return rows.prefetch_related("options__remedy", "issues")


def _offer(one: Offer, now: datetime) -> dict[str, Any]:
    return {
        "offer": one.pk,
        "issues": sorted(issue.pk for issue in one.issues.all()),
        "made_at": one.made_at,
        "expires_at": one.expires_at,
        "open": one.is_open(now),
        "chosen": one.acceptance.option_id if one.accepted_at else None,
        "options": [_option(option) for option in one.options.all()],
    }


def _option(one: Option) -> dict[str, Any]:
    return {
        "option": one.pk,
        "remedy": one.remedy.key,
        "title": one.title,
        "amount_cents": one.amount_cents,
        "currency": one.currency,
        "deliver_by": one.deliver_by,
    }


def _messages(case: Case) -> Iterable[Message]:
    return case.messages.select_related("outbox").prefetch_related("told").order_by("at", "pk")


def _message(one: Message) -> dict[str, Any]:
    return {
        "message": one.pk,
        "at": one.at,
        "from": "us" if one.outgoing else "customer",
        "automatic": bool(one.automatic),
        "left_at": one.outbox.sent_at if one.outgoing and one.outbox.is_alive else None,
        "told": [told.what for told in one.told.all()],
        "text": without_links(one.text) if one.outgoing else one.text,
    }
