"""Limits to a customer's contact: reasons in writing, adjustments considered, two people, an end (E49)."""

import re
from datetime import datetime, timedelta

from amends.cases.boundary import Boundary, Rung
from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current

WHY, CONSIDERED, STILL_OPEN = "Why", "Considered", "Still open"


def limit_contact(case: Case, reasons: str, adjustments: str, ways: str, *, by: User, now: datetime) -> Boundary:
    """Propose limits to a customer's contact: why, which adjustments were considered, and which ways stay open.

    They begin once another lead or an administrator agrees (`review_boundary`), and end by themselves after
    the policy's `conduct_review_days` unless set again (E49). Raises NotAllowed without the right, AlreadyDone while
    limits wait or hold.
    """
    for words, sentence, field in (
        (reasons, "Give the reasons: the customer gets them in writing.", "reasons"),
        (adjustments, "Say which adjustments were considered: an illness, a language, a bad time.", "adjustments"),
        (ways, "Say which ways stay open to the customer: who answers, how often, where.", "ways"),
    ):
        if not words.strip():
            raise Incomplete(sentence, field)
    if not by.can(Right.REVIEW_CONDUCT):
        raise NotAllowed("A lead or an administrator sets limits to contact. Ask one, with what happened.")
    with writing():
        check_hands(case, by)
        case = Case.objects.select_related("customer").get(pk=case.pk)
        _no_other(case, now)
        parts = ((WHY, reasons), (CONSIDERED, adjustments), (STILL_OPEN, ways))
        said = "\n\n".join(f"{name}: {_one_paragraph(words)}" for name, words in parts)
        until = now + timedelta(days=current().conduct_review_days)
        made = Boundary.objects.create(case=case, step=Rung.LIMITS, words=said, by=by, at=now, review_due_at=until)
        record("boundary_set", case.pk, by, now, boundary=made.pk, title=Rung.LIMITS.label.lower())
        stand(case, now)
    return made


def _no_other(case: Case, now: datetime) -> None:
    limits = case.boundaries.filter(step=Rung.LIMITS, review_due_at__gt=now)
    if limits.filter(review=None).exists():
        raise AlreadyDone("Limits are proposed already and wait for a second person.")
    if limits.filter(review__agreed=True).exists():
        raise AlreadyDone("Limits hold already. They can be set again when their time is over.")


def _one_paragraph(words: str) -> str:
    return re.sub(r"\s*\n\s*\n\s*", "\n", words.strip())


def limits_letter(boundary: Boundary, case: Case, by: User) -> str:
    """The letter that tells a customer of limits: why, what stays open, until when, and who can look at it."""
    words = dict(part.split(": ", 1) for part in boundary.words.split("\n\n"))
    until = f"{boundary.review_due_at:%-d %B %Y}" if boundary.review_due_at else ""
    parts = [
        f"Dear {case.customer.called},",
        "From today we limit how you can reach us. We tell you why, and what stays open to you.",
        f"Why we do this: {words[WHY]}",
        f"What stays open to you: {words[STILL_OPEN]}",
        "Your complaint is answered all the same. If somebody's safety is at stake, or something needs repair, reach "
        "us in any way you can. You can turn to the regulator or the ombudsman at any time.",
        f"We look at this again by {until}; without a new decision it ends then. Tell us if an illness, a disability "
        "or a bad time makes this hard for you, and we will look at it at once.",
        f"{by.name}\n{case.team.signature}".strip(),
    ]
    return "\n\n".join(parts)


def limits_of(case: Case, now: datetime) -> Boundary | None:
    """The limits that hold now: agreed by a second person and not past their time; they stop no complaint."""
    holding = case.boundaries.filter(step=Rung.LIMITS, review__agreed=True, review_due_at__gt=now)
    return holding.select_related("by", "review__by").last()
