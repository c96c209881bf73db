"""What is known of a case at one moment: frozen facts, the only thing the method looks at."""

from dataclasses import dataclass
from datetime import datetime

from amends.method.listening import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFacts:
    """One thing that went wrong, and when each part of making it right happened (None: not yet)."""

    id: int
    summary: str
    heard_at: datetime | None = None
    apologised_at: datetime | None = None
    reflected_at: datetime | None = None
    acknowledged_at: datetime | None = None
    offered_at: datetime | None = None
    agreed_at: datetime | None = None
    declined_at: datetime | None = None
    delivered_at: datetime | None = None
    refused_at: datetime | None = None
    cause: str = ""
    change: str = ""
    prevention_told_at: datetime | None = None
    outcome: str = ""
    fault: str = ""
    decision_stands: bool = False
    reopened_at: datetime | None = None
    attempts: int = 0
    recurred: bool = False

    @property
    def came_back(self) -> bool:
        """Whether it failed again after a remedy: as another issue of this customer's, or itself (E16)."""
        return self.recurred or self.reopened_at is not None

    @property
    def is_refused_with_reasons(self) -> bool:
        """Whether we did not uphold it, and told the customer why and where to go (STD-F03, invariant 4)."""
        return self.refused_at is not None and self.decision_stands and self.outcome == "not_upheld"

    @property
    def remedied_at(self) -> datetime | None:
        """When a remedy was delivered, or refused with reasons."""
        return self.delivered_at or self.refused_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One case: its open issues, and what happened between the customer and us."""

    customer: str
    now: datetime
    opened_at: datetime
    issues: tuple[IssueFacts, ...] = ()
    understood_at: datetime | None = None
    corrected_at: datetime | None = None
    unanswered_since: datetime | None = None
    account: Account | None = None
    quiet_at: datetime | None = None
    snoozed_until: datetime | None = None
    closed_at: datetime | None = None
    escalated_at: datetime | None = None
    follow_up_due_at: datetime | None = None
    followed_up_at: datetime | None = None
    asked_again_at: datetime | None = None
    silent_at: datetime | None = None
    seems: str = ""
    promise_words: str = ""
    promise_due_at: datetime | None = None
    promise_warn_at: datetime | None = None
    approver: str = ""
    low_score_due_at: datetime | None = None
    erased_at: datetime | None = None

    @property
    def is_writing(self) -> bool:
        """Whether the customer may still be writing: nobody answered, and the quiet window is not over (F4)."""
        return self.quiet_at is not None and self.now < self.quiet_at

    @property
    def is_for_a_lead(self) -> bool:
        """Whether it failed twice, or the customer asked for somebody higher up."""
        return self.escalated_at is not None or any(issue.came_back for issue in self.issues)

    @property
    def awaits_confirmation(self) -> bool:
        """Whether we said back every issue, and the customer has not answered that yet (F5)."""
        said = [issue.reflected_at for issue in self.issues]
        answered = max((at for at in (self.understood_at, self.corrected_at) if at), default=None)
        latest = max((at for at in said if at), default=None)
        return latest is not None and None not in said and (answered is None or latest > answered)
