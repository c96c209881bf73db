"""Closing a case through its gate, reopening it, and passing a gate with a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.decision import Decision, Fault
from amends.cases.errors import AlreadyDone, GateClosed, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of, known_of
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.method.gates import Gate, Missing, closing_gate
from amends.team.models import User
from amends.team.permissions import Right


class Closure(models.Model):
    """The case is closed: since when, by whom, with what last word."""

    case = models.OneToOneField("amends.Case", on_delete=models.PROTECT, related_name="closure")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(default="", blank=True)


class Exemption(models.Model):
    """A gate was passed although something was missing: who, why, and what was missing. Counted."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="exemptions")
    gate = models.CharField(max_length=10, choices=[(gate.value, gate.value) for gate in Gate])
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    missing = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(reason=""), name="exemption_has_reason")]


def pass_gate(case: Case, gate: Gate, missing: Sequence[Missing], *, exception: str, by: User, now: datetime) -> None:
    """Go through a gate: nothing missing, or a reason from somebody with the right, which is recorded and counted.

    Raises GateClosed with what is missing, or NotAllowed when a reason is given without the right.
    """
    if not missing:
        return
    if not exception.strip():
        raise GateClosed(gate, missing)
    if not by.can(Right.OVERRIDE_GATE):
        raise NotAllowed("Only a lead can pass this gate with a reason. Ask one, or do what is still missing.")
    listed = [{"step": one.step.value, "issue": one.issue} for one in missing]
    Exemption.objects.create(case=case, gate=gate.value, by=by, at=now, reason=exception.strip(), missing=listed)
    record("gate_passed", case.pk, by, now, gate=gate.value, missing=listed)


def close(case: Case, *, by: User, now: datetime, words: str = "", exception: str = "") -> Closure:
    """Close the case once every issue has its three parts (N1); raises GateClosed, AlreadyDone or Incomplete."""
    with writing():
        check_hands(case, by)
        if Closure.objects.filter(case=case).exists():
            raise AlreadyDone("This case is closed already.")
        _check_nobody_alone(case)
        known = known_of(case, now)
        facts = facts_of(case, now, known)
        if facts.unanswered_since is not None:
            raise NotPossible(f"{facts.customer} wrote and has no answer yet. Answer first, then close.")
        if not facts.issues and not words.strip():
            raise Incomplete("This case holds no issue. Say in a sentence why it can be closed.", "words")
        pass_gate(case, Gate.CLOSING, closing_gate(facts), exception=exception, by=by, now=now)
        closure = Closure.objects.create(case=case, by=by, at=now, words=words.strip())
        record("case_closed", case.pk, by, now, issues=[issue.id for issue in facts.issues])
        stand(case, now, known.closed(now))
    return closure


def _check_nobody_alone(case: Case) -> None:
    """Nobody closes a case as unreasonable alone, with no exception: each such decision needs a second person (F26)."""
    decided = Decision.objects.filter(issue__case=case).order_by("pk")
    rows = decided.values_list("issue_id", "issue__summary", "fault", "review__agreed")
    newest = {issue: (summary, fault, agreed) for issue, summary, fault, agreed in rows}
    for summary, fault, agreed in newest.values():
        if fault == Fault.CONDUCT and agreed is None:
            raise NotPossible(f"First a second person looks at the decision about “{summary}”. Ask a lead for that.")
        if fault == Fault.CONDUCT and not agreed:
            raise NotPossible(f"The decision about “{summary}” was not agreed with. First decide it anew.")


def check_still_open(case: Case) -> None:
    """Raise NotPossible when the case is closed: what went wrong in it is not changed behind its closing."""
    if Closure.objects.filter(case=case).exists():
        raise NotPossible("This case is closed. Open it again first.")


def reopen(case: Case, *, by: "User | str", now: datetime, reason: str) -> None:
    """Open a closed case again; raises NotPossible when it is not closed, Incomplete without a reason."""
    if not reason.strip():
        raise Incomplete("Say why the case is opened again.", "reason")
    with writing():
        if not open_again(case, by, now):
            raise NotPossible("This case is open.")
        stand(case, now)


def open_again(case: Case, actor: "User | str", now: datetime) -> bool:
    """Take the closure off a case inside a larger change; returns whether it was closed."""
    deleted, _ = Closure.objects.filter(case=case).delete()
    if deleted:
        record("case_reopened", case.pk, actor, now)
    return bool(deleted)
