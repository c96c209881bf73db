"""What a colleague has to know to take a case over: made from its records, without asking anybody to write it."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.facts import facts_of
from amends.method.path import recovery_path
from amends.recovery.keep import open_promises


@dataclass(frozen=True, slots=True)
class Summary:
    """What went wrong, what was promised by when, since when the customer waits for an answer, and the next step."""

    case: int
    customer: str
    wrong: tuple[str, ...]
    promised: tuple[tuple[str, datetime], ...]
    unanswered_since: datetime | None
    waits_for: str
    next_step: str


def summary_of(case: Case, now: datetime) -> Summary:
    """The summary of a case as its records have it now."""
    facts = facts_of(case, now)
    path = recovery_path(facts)
    return Summary(
        case=case.pk,
        customer=case.customer.called,
        wrong=tuple(one.summary for one in case.open_issues()),
        promised=tuple((one.words, one.due_at) for one in open_promises().filter(case=case)),
        unanswered_since=facts.unanswered_since,
        waits_for=path.reason,
        next_step=path.next.why if path.next else "",
    )
