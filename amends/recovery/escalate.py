"""Going up to somebody who can help, at the customer's wish."""

from datetime import datetime

from django.db import models

from amends.cases.assignment import Assignment
from amends.cases.case import Case
from amends.cases.conflict import subjects_of
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.ledger import record, writing
from amends.cases.second_stage import first_stage_people, wants_another_reviewer
from amends.cases.standing import stand
from amends.team.models import User
from amends.team.permissions import Role


class Escalation(models.Model):
    """The customer asked for somebody higher up: why, and who has it now."""

    case = models.OneToOneField("amends.Case", on_delete=models.PROTECT, related_name="escalation")
    reason = models.TextField()
    at = models.DateTimeField()
    to = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")


def escalate(case: Case, reason: str, now: datetime) -> Escalation:
    """Give the case to a lead of the team with the whole file, as the customer asked (S1.16).

    Where the rule book has a second stage it goes to nobody of the first (STD-O12), and no reason is asked (STD-O11).
    Raises Incomplete without a reason elsewhere, AlreadyDone when it was asked before.
    """
    two_stages = wants_another_reviewer(case)
    if not reason.strip() and not two_stages:
        raise Incomplete("Tell us in a few words what you want somebody else to look at.", "reason")
    with writing():
        if Escalation.objects.filter(case=case).exists():
            raise AlreadyDone("You asked for this before. It is with somebody higher up now.")
        lead = _lead_for(case, first_stage_people(case) if two_stages else frozenset())
        made = Escalation.objects.create(case=case, reason=reason.strip(), at=now, to=lead)
        if lead is not None:
            Assignment.objects.update_or_create(case=case, defaults={"to": lead, "by": lead, "at": now})
        elif two_stages:
            Assignment.objects.filter(case=case).delete()
        record("escalated", case.pk, f"customer:{case.customer_id}", now, to=lead.pk if lead else None)
        stand(case, now)
    return made


def _lead_for(case: Case, not_these: frozenset[int]) -> User | None:
    """A lead of the team without the case and whom it is not about, else an administrator, else nobody."""
    people = User.objects.filter(is_active=True).exclude(pk__in=not_these | subjects_of(case))
    people = people.exclude(assignments__case=case).order_by("pk")
    lead = people.filter(team_id=case.team_id, role=Role.LEAD).first()
    return lead or people.filter(role=Role.ADMIN).first()
