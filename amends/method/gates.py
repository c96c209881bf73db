"""The three gates no case passes by accident: before an offer, before delivery, before closing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.method.facts import Facts, IssueFacts
from amends.method.path import State, issue_path
from amends.method.steps import PERSON_STEPS, Step


class Gate(StrEnum):
    """Which door is shut."""

    OFFER = "offer"
    DELIVERY = "delivery"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing still to do before a gate opens: the step, the issue it is owed to, and a sentence."""

    step: Step
    issue: int | None
    sentence: str


def offer_gate(facts: Facts) -> tuple[Missing, ...]:
    """What is owed to the person before any offer: heard, apologised to and reflected, each open issue (N3, S4.9)."""
    if not facts.issues:
        return (Missing(Step.LISTEN, None, "Still to do: take down what went wrong."),)
    return tuple(_owed(facts, PERSON_STEPS))


def letter_gate(facts: Facts, said: frozenset[tuple[int, Step]]) -> tuple[Missing, ...]:
    """What is owed to the person before a letter may say what we do; `said` is what the same letter says (F2, S4.4)."""
    return tuple(one for one in offer_gate(facts) if (one.issue, one.step) not in said)


def delivery_gate(facts: Facts, issues: frozenset[int], *, entitlement: bool) -> tuple[Missing, ...]:
    """What is missing before a remedy is carried out for these issues: agreement, unless policy owes it (N4, S1.12)."""
    if entitlement:
        return ()
    return tuple(
        Missing(Step.AGREE, issue.id, f"Still to do: {facts.customer} has to agree for “{issue.summary}”.")
        for issue in facts.issues
        if issue.id in issues and issue.agreed_at is None
    )


def closing_gate(facts: Facts) -> tuple[Missing, ...]:
    """What is missing before closing: acknowledgement sent, remedy settled, prevention told, each issue (N1, S3.6).

    An issue we did not uphold needs the reasons and the way on instead, told in a letter (invariant 4).
    """
    return tuple(
        missing for issue in facts.issues if not issue.is_refused_with_reasons for missing in _unfinished(issue)
    )


def _owed(facts: Facts, steps: tuple[Step, ...]) -> list[Missing]:
    return [
        Missing(row.step, issue.id, f"Still to do: {row.step} for “{issue.summary}”.")
        for issue in facts.issues
        for row in issue_path(issue, facts)
        if row.step in steps and row.state is not State.DONE
    ]


def _unfinished(issue: IssueFacts) -> list[Missing]:
    parts: tuple[tuple[Step, datetime | None, str], ...] = (
        (Step.ACKNOWLEDGE, issue.acknowledged_at, "acknowledge our part in"),
        (Step.DELIVER, issue.remedied_at, "deliver the remedy, or refuse it with reasons, for"),
        (Step.PREVENT, issue.prevention_told_at, "tell what we do so that it does not happen again about"),
    )
    return [
        Missing(step, issue.id, f"Still to do: {words} “{issue.summary}”.") for step, at, words in parts if at is None
    ]
