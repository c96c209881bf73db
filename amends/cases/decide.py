"""Deciding about an issue: whose fault it was, whether we uphold it, and what was looked at to say so."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import check_still_open
from amends.cases.conflict import check_hands
from amends.cases.decision import Decision, DecisionReview, Fault, Outcome
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current_version

FITTING: dict[Fault, frozenset[Outcome]] = {
    Fault.OURS: frozenset({Outcome.UPHELD, Outcome.PARTLY}),
    Fault.PARTLY: frozenset({Outcome.UPHELD, Outcome.PARTLY}),
    Fault.THIRD_PARTY: frozenset(Outcome),
    Fault.NO_CONTROL: frozenset({Outcome.PARTLY, Outcome.NOT_UPHELD}),
    Fault.NONE: frozenset({Outcome.NOT_UPHELD}),
    Fault.CONDUCT: frozenset({Outcome.NOT_UPHELD}),
}
_WHY_NOT: dict[Fault, str] = {
    Fault.OURS: "It was our fault, so it is upheld, wholly or in part.",
    Fault.PARTLY: "It was partly our fault, so it is upheld, wholly or in part.",
    Fault.NO_CONTROL: "What nobody could control is upheld in part at most: for how we dealt with it.",
    Fault.NONE: "Where nothing went wrong there is nothing to uphold. If something did, choose whose fault it was.",
    Fault.CONDUCT: "Unreasonable conduct upholds nothing. If we did something wrong too, the fault is partly ours.",
}


def decide(issue: Issue, fault: Fault, outcome: Outcome, evidence: str, *, by: User, now: datetime) -> Decision:
    """Decide about an issue; the newest decision counts, earlier ones stay to be seen (F26, F34).

    Raises Incomplete without evidence or when fault and outcome contradict each other, NotPossible for an issue that
    is off the case. Fault `conduct` counts only once a second person agreed (`review_decision`).
    """
    with writing():
        case = Case.objects.select_related("customer").get(pk=issue.case_id)
        check_hands(case, by)
        check_still_open(case)
        if not case.open_issues().filter(pk=issue.pk).exists():
            raise NotPossible(f"“{issue}” is off the case, so there is nothing to decide about it.")
        _check(fault, outcome, evidence)
        made = Decision.objects.create(
            issue=issue,
            fault=fault,
            outcome=outcome,
            evidence=evidence.strip(),
            by=by,
            at=now,
            policy=current_version(),
        )
        words = f"{outcome.label}, {fault.label.lower()}"
        record("issue_decided", case.pk, by, now, issue=issue.pk, decision=made.pk, title=words)
        stand(case, now)
    return made


def _check(fault: Fault, outcome: Outcome, evidence: str) -> None:
    if not evidence.strip():
        raise Incomplete("Write down what you looked at: messages, orders, recordings, whom you asked.", "evidence")
    if outcome not in FITTING[fault]:
        raise Incomplete(_WHY_NOT[fault], "outcome")


def review_decision(decision: Decision, words: str, *, agreed: bool, by: User, now: datetime) -> DecisionReview:
    """A second person looks at a decision about conduct: agreed, or not, in words; without it the decision is none.

    Raises NotAllowed for the person who decided and for people without the right, AlreadyDone the second time.
    """
    if not words.strip():
        raise Incomplete("Write down what you looked at and why you come to this.", "words")
    with writing():
        case = Case.objects.select_related("customer").get(pk=decision.issue.case_id)
        check_hands(case, by)
        _check_second(decision.by, by)
        if decision.fault != Fault.CONDUCT:
            raise NotPossible("Only a decision about conduct waits for a second person.")
        if DecisionReview.objects.filter(decision=decision).exists():
            raise AlreadyDone("Somebody looked at this decision before.")
        made = DecisionReview.objects.create(
            decision=decision, decider=decision.by, by=by, at=now, agreed=agreed, words=words.strip()
        )
        verdict = "agreed" if agreed else "not agreed"
        record("decision_reviewed", case.pk, by, now, decision=decision.pk, agreed=agreed, title=verdict)
        stand(case, now)
    return made


def _check_second(first: User, second: User) -> None:
    if not second.can(Right.REVIEW_CONDUCT):
        raise NotAllowed("A lead or an administrator looks again at decisions about conduct. Ask one.")
    if first.pk == second.pk:
        raise NotAllowed("You decided this yourself. It needs a second person: ask another lead or an administrator.")


def check_decided(issue: Issue) -> None:
    """Raise NotPossible unless a decision that counts leaves room to refuse a remedy: not upheld, or only partly."""
    made = newest_decision(issue)
    if made is None:
        raise NotPossible(f"First decide about “{issue}”: whose fault it was, and what you looked at.")
    if made.fault == Fault.CONDUCT and not hasattr(made, "review"):
        raise NotPossible(f"First a second person looks at the decision about “{issue}”. Ask a lead for that.")
    if made.fault == Fault.CONDUCT and not made.review.agreed:
        raise NotPossible(f"The decision about “{issue}” was not agreed with. First decide it anew.")
    if made.outcome == Outcome.UPHELD:
        raise NotPossible(f"“{issue}” was upheld, so it is owed a remedy: an explanation or a call costs nothing.")


def newest_decision(issue: Issue) -> Decision | None:
    """The decision that counts, or waits to; None before anybody decided."""
    return issue.decisions.select_related("by", "policy", "review__by").last()
