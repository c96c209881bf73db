"""What stands in a case and a verb can name by its number: promises, requests, deliveries, decisions, boundaries."""

from typing import Any

from amends.cases.boundary import Boundary
from amends.cases.case import Case
from amends.cases.decision import Decision
from amends.recovery.approval import ApprovalRequest
from amends.recovery.fulfilment import Fulfilment, standing
from amends.recovery.keep import promises_to_keep
from amends.recovery.promise import Promise
from amends.recovery.sample import SpotCheck


def nameable(case: Case) -> dict[str, list[dict[str, Any]]]:
    """Each list a program needs the numbers of before it can do the next verb."""
    asked = case.approval_requests.select_related("requester", "to", "decision", "withdrawal").order_by("pk")
    return {
        "promises": [_promise(one) for one in promises_to_keep(case)],
        "approvals": [_approval(one) for one in asked],
        "deliveries": [_delivery(one) for one in standing(case).order_by("pk")],
        "spot_checks": [
            {"check": one.pk, "fulfilment": one.fulfilment_id}
            for one in SpotCheck.objects.filter(fulfilment__case=case, at=None).order_by("pk")
        ],
        "decisions": [_decision(one) for one in _decisions(case)],
        "boundaries": [_boundary(one) for one in case.boundaries.select_related("review").order_by("pk")],
    }


def _promise(one: Promise) -> dict[str, Any]:
    owner = one.owner.username if one.owner else None
    return {"promise": one.pk, "words": one.words, "due_at": one.due_at, "owner": owner}


def _approval(one: ApprovalRequest) -> dict[str, Any]:
    return {
        "request": one.pk,
        "asked_by": one.requester.username,
        "asked_of": one.to.username if one.to else None,
        "reason": one.reason,
        "draft": one.draft,
        "taken_back_at": one.withdrawal.at if hasattr(one, "withdrawal") else None,
        "granted": one.decision.granted if hasattr(one, "decision") else None,
    }


def _delivery(one: Fulfilment) -> dict[str, Any]:
    return {"fulfilment": one.pk, "title": one.title, "at": one.at, "proof": one.proof}


def _decisions(case: Case) -> list[Decision]:
    return list(Decision.objects.filter(issue__case=case).select_related("review").order_by("pk"))


def _decision(one: Decision) -> dict[str, Any]:
    agreed = one.review.agreed if hasattr(one, "review") else None
    return {
        "decision": one.pk,
        "issue": one.issue_id,
        "fault": one.fault,
        "outcome": one.outcome,
        "review_agreed": agreed,
    }


def _boundary(one: Boundary) -> dict[str, Any]:
    agreed = one.review.agreed if hasattr(one, "review") else None
    return {"boundary": one.pk, "rung": one.step, "words": one.words, "review_agreed": agreed}
