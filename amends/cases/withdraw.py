"""Taking an issue off its case: at the customer's wish, or because the team sees none; and putting it back."""

from collections.abc import Sequence
from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import check_still_open, pass_gate
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of, known_of
from amends.cases.issue import Issue, Wish, Withdrawal
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.method.facts import Facts
from amends.method.gates import Gate, Missing, closing_gate
from amends.team.models import User
from amends.team.permissions import Right


def withdraw(issue: Issue, reason: str, *, wish: Wish, by: User, now: datetime) -> None:
    """Take an issue off its case, with whose wish it was and why (the customer's: in their own words).

    Raises Incomplete without words, AlreadyDone when it is off the case, NotAllowed when the team would take off
    what a person confirmed and something is still owed for: a lead may, and that is counted (invariant 4).
    """
    with writing():
        case = Case.objects.select_related("customer").get(pk=issue.case_id)
        check_still_open(case)
        if not case.open_issues().filter(pk=issue.pk).exists():
            raise AlreadyDone("This issue is off the case already, or part of another one.")
        known = known_of(case, now)
        take_off(issue, reason, wish, by=by, facts=facts_of(case, now, known))
        stand(case, now, known.with_issues_of(case))


def take_off(issue: Issue, reason: str, wish: Wish, *, by: User, facts: Facts) -> None:
    """Take an issue off inside a larger change; `facts` are those of its case before the change."""
    if not reason.strip():
        raise Incomplete(_what_to_say(issue, wish, facts.customer), "issues")
    now = facts.now
    if wish == Wish.TEAM:
        _pass_as_override(issue, still_owed(issue, facts), reason, by, facts)
    Withdrawal.objects.create(issue=issue, by=by, at=now, reason=reason.strip(), wish=wish)
    record("issue_withdrawn", issue.case_id, by, now, issue=issue.pk, wish=str(wish))


def still_owed(issue: Issue, facts: Facts) -> tuple[Missing, ...]:
    """What closing would still ask for this issue; nothing for a proposal of the machine nobody confirmed."""
    if issue.source == "reading" and not hasattr(issue, "hearing"):
        return ()
    return tuple(missing for missing in closing_gate(facts) if missing.issue == issue.pk)


def _pass_as_override(issue: Issue, owed: Sequence[Missing], reason: str, by: User, facts: Facts) -> None:
    if owed and not by.can(Right.OVERRIDE_GATE):
        raise NotAllowed(
            f"“{issue}” was confirmed, and {facts.customer} is still owed something for it. Only a lead can take it "
            f"off, with the reason. If {facts.customer} took it back, write down their words."
        )
    pass_gate(issue.case, Gate.CLOSING, owed, exception=reason, by=by, now=facts.now)


def _what_to_say(issue: Issue, wish: Wish, customer: str) -> str:
    if wish == Wish.CUSTOMER:
        return f"Write down how {customer} took “{issue}” back, in their words."
    return f"Say why “{issue}” is not an issue."


def put_back(issue: Issue, *, by: User, now: datetime) -> None:
    """Put an issue that was taken off back on its case, with all its history; raises NotPossible when it is on it."""
    with writing():
        case = Case.objects.select_related("customer").get(pk=issue.case_id)
        check_still_open(case)
        deleted, _ = Withdrawal.objects.filter(issue=issue).delete()
        if not deleted:
            raise NotPossible(f"“{issue}” is on the case.")
        record("issue_returned", case.pk, by, now, issue=issue.pk)
        stand(case, now)
