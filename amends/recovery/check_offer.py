"""What a draft needs before it may be an offer: issues, words, enough options, and sums that are fair."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.method.compensation import Sum, unfair
from amends.recovery.draft import Draft, Proposal
from amends.recovery.ground import ground_of
from amends.recovery.tried import failed_kinds
from amends.team.policy import current


def check_draft(case: Case, draft: Draft, now: datetime) -> None:
    """Raise Incomplete, with its field, for the first thing that is missing or not fair."""
    _check_words(case, draft)
    _check_count(case, draft)
    for proposal in draft.options:
        _check_option(proposal, now)
    _check_fair(case, draft, now)
    _check_first(draft)


def _check_words(case: Case, draft: Draft) -> None:
    known = set(case.open_issues().values_list("pk", flat=True))
    if not draft.issues or not draft.issues <= known:
        raise Incomplete("Choose at least one issue this offer puts right.", "issues")
    if not draft.can.strip():
        raise Incomplete("Say what we can do.", "can")
    if draft.cannot.strip() and not draft.because.strip():
        raise Incomplete("Say why we cannot: the customer is owed the reason.", "because")


def _check_count(case: Case, draft: Draft) -> None:
    """A choice gives control back (E14: Chang 2008; Guo et al. 2016); how many options are enough is policy."""
    fewest = current().options_min[case.severity]
    if len(draft.options) < fewest:
        many = "one real option" if fewest == 1 else f"at least {fewest} real options, so that there is a choice (E14)"
        raise Incomplete(f"Offer {many}.", "options")


def _check_option(proposal: Proposal, now: datetime) -> None:
    if not proposal.title.strip():
        raise Incomplete("Name each option.", "options")
    if proposal.deliver_by < now.date():
        raise Incomplete(f"“{proposal.title}” would be due in the past. Choose a later day.", "options")
    if proposal.remedy.asks_amount and proposal.amount_cents == 0:
        raise Incomplete(f"“{proposal.title}” needs an amount.", "options")


def _check_fair(case: Case, draft: Draft, now: datetime) -> None:
    """The rules of compensation; what a reason can open is open once the draft gives one."""
    options = [
        Sum(kind=one.remedy.kind, cents=one.amount_cents, title=one.title, terms=one.terms) for one in draft.options
    ]
    for finding in unfair(current(), options, ground_of(case, draft.issues, now)):
        if not finding.reason_opens:
            raise Incomplete(finding.sentence, "options")
        if not draft.reason.strip():
            raise Incomplete(finding.sentence, "reason")


def _check_first(draft: Draft) -> None:
    """What did not hold is not offered first again without a reason (domain invariant 17, E16)."""
    first = draft.options[0]
    if first.remedy.kind in failed_kinds(draft.issues) and not draft.reason.strip():
        raise Incomplete(
            f"“{first.title}” was tried for this before and did not hold. Offer something else first, "
            "or say why it is right this time.",
            "reason",
        )
