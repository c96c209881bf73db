"""What we promised and what we decided, as the customer may read it: only what a letter of ours has told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from amends.cases.case import Case
from amends.cases.decision import Decision, Fault, Outcome
from amends.method.steps import Step
from amends.recovery.fulfilment import Refusal, worked
from amends.recovery.promise import Promise
from amends.ui.words import full_day

_FAULT = {
    Fault.OURS: "It was our mistake.",
    Fault.PARTLY: "It was partly our mistake.",
    Fault.THIRD_PARTY: "It went wrong with somebody we work with. We put it right all the same.",
    Fault.NO_CONTROL: "Nobody could have stopped it.",
    Fault.NONE: "We looked into it, and we do not see that something went wrong.",
    Fault.CONDUCT: "",
}
_OUTCOME = {
    Outcome.UPHELD: "You were right to complain.",
    Outcome.PARTLY: "You were right in part.",
    Outcome.NOT_UPHELD: "We do not agree with this part of your complaint.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One decision we told: about what, in which words, and where they can go if they do not agree."""

    about: str
    words: str
    recourse: str = ""


TOLD = Q(message=None) | Q(message__outbox__sent_at__isnull=False)


def promises_of(case: Case, now: datetime) -> list[dict[str, str]]:
    """Every promise with what became of it: kept, broken, let go, moved, late or still to come."""
    rows = case.promises.filter(TOLD).select_related("broken", "release").prefetch_related("renegotiations")
    return [{"text": one.words, **_state(one, now)} for one in rows]


def _state(promise: Promise, now: datetime) -> dict[str, str]:
    moved = promise.renegotiations.last()
    before = f" You agreed to this day. It was {full_day(moved.was_due_at)} before." if moved else ""
    if promise.kept_at:
        return {"state": "kept", "when": f"Done on {full_day(promise.kept_at)}.{before}"}
    if hasattr(promise, "release"):
        return {
            "state": "later",
            "when": f"You let us off this on {full_day(promise.release.at)}.",
        }
    if hasattr(promise, "broken"):
        due = f"We did not keep this. It was due on {full_day(promise.due_at)}. We are sorry."
        return {"state": "late", "when": f"{due}{_done_since(promise)}"}
    if promise.due_at < now:
        return {
            "state": "late",
            "when": f"Promised for {full_day(promise.due_at)}. We are sorry that it is late.{before}",
        }
    return {"state": "now", "when": f"By {full_day(promise.due_at)}.{before}"}


def _done_since(promise: Promise) -> str:
    done = worked().filter(acceptance=promise.acceptance_id).first() if promise.acceptance_id else None
    return f" It was done on {full_day(done.at)}." if done else ""


def decided(case: Case) -> list[Told]:
    """What we decided about each issue, once a letter that has left told them: our part in it, or the refusal."""
    return [told for issue in case.open_issues() if (told := _refused(issue.pk) or _decision(issue.pk))]


def _refused(issue: int) -> Told | None:
    one = Refusal.objects.filter(issue=issue, message__outbox__sent_at__isnull=False).select_related("issue").first()
    return Told(one.issue.summary, one.reasons, one.recourse) if one else None


def _decision(issue: int) -> Told | None:
    """The newest decision that our part in it was told after; conduct is never told on a page."""
    one = Decision.objects.filter(issue=issue).select_related("issue").last()
    if one is None or not _FAULT[Fault(one.fault)]:
        return None
    told = one.issue.coverage.filter(step=Step.ACKNOWLEDGE.value, message__at__gt=one.at)
    if not told.filter(message__outbox__sent_at__isnull=False).exists():
        return None
    return Told(one.issue.summary, f"{_OUTCOME[Outcome(one.outcome)]} {_FAULT[Fault(one.fault)]}")
