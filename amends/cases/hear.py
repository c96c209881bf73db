"""Listening, written down: an agent confirms, corrects, adds or takes off what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.facts import facts_of
from amends.cases.issue import CATEGORIES, Hearing, Issue, Withdrawal
from amends.cases.ledger import record, writing
from amends.cases.message import Message, Understanding
from amends.cases.standing import stand
from amends.team.models import User

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of the list an agent confirms: an issue by its id (None: a new one), or taken off with a reason."""

    issue: int | None
    summary: str
    category: str
    words: str = ""
    off: bool = False
    reason: str = ""


def hear(case: Case, lines: Sequence[Heard], *, by: User, now: datetime) -> None:
    """Write down what went wrong as a person understood it; every line becomes a heard issue or leaves the case.

    Raises Incomplete naming the line that needs a few words.
    """
    with writing():
        issues = {issue.pk: issue for issue in case.open_issues()}
        for line in lines:
            _check(line, issues)
            if line.off:
                _take_off(issues[line.issue or 0], line.reason, by, now)
            else:
                _confirm(case, issues.get(line.issue or 0), line, by, now)
        record("issues_confirmed", case.pk, by, now, count=case.open_issues().count())
        stand(case, now)


def _check(line: Heard, issues: dict[int, Issue]) -> None:
    if line.issue is not None and line.issue not in issues:
        raise Incomplete("One of these issues is no longer on the case. Load the page again.", "issues")
    if line.off:
        if line.issue is None:
            raise Incomplete("Only an issue that is on the case can be taken off it.", "issues")
        if not line.reason.strip():
            raise Incomplete(f"Say why “{issues[line.issue]}” is not an issue.", "issues")
        return
    if not line.summary.strip():
        raise Incomplete("Say in a few words what went wrong.", "issues")
    if line.category not in CATEGORIES:
        raise Incomplete(f"Choose what “{line.summary}” is about.", "issues")


def _take_off(issue: Issue, reason: str, by: User, now: datetime) -> None:
    Withdrawal.objects.create(issue=issue, by=by, at=now, reason=reason.strip())
    record("issue_withdrawn", issue.case_id, by, now, issue=issue.pk)


def _confirm(case: Case, issue: Issue | None, line: Heard, by: User, now: datetime) -> None:
    if issue is None:
        issue = Issue(case=case, raised_at=now, source="agent", words=line.words.strip())
        issue.start, issue.end, issue.message = _place(case, issue.words)
    issue.summary, issue.category = line.summary.strip()[:LONGEST], line.category
    issue.save()
    Hearing.objects.get_or_create(issue=issue, defaults={"by": by, "at": now})


def _place(case: Case, words: str) -> tuple[int, int, Message | None]:
    """Where in the customer's messages these words stand, so that they can be marked there."""
    if words:
        for message in case.messages.filter(outgoing=False):
            at = message.text.find(words)
            if at >= 0:
                return at, at + len(words), message
    return 0, 0, None


def confirm_understanding(case: Case, now: datetime) -> None:
    """The customer said “Yes, that's it” (F5); raises NotPossible when there is nothing to answer."""
    with writing():
        if not facts_of(case, now).awaits_confirmation:
            raise NotPossible("There is nothing to confirm right now. We will say back what happened once more.")
        Understanding.objects.create(case=case, at=now, agreed=True)
        record("understanding_confirmed", case.pk, f"customer:{case.customer_id}", now)
        stand(case, now)


def correct_understanding(case: Case, wordings: dict[int, str], missing: str, now: datetime) -> None:
    """The customer said “Not quite”: their wording replaces ours, what was missing becomes an issue to hear (F5).

    Before and after are kept; changed issues have to be heard and said back again. Raises Incomplete when
    nothing was changed.
    """
    with writing():
        changes = [_reword(issue, wordings.get(issue.pk, ""), now) for issue in case.open_issues()]
        corrections = [change for change in changes if change]
        if not corrections and not missing.strip():
            raise Incomplete("Change what is not right, or write what is missing.", "missing")
        Understanding.objects.create(case=case, at=now, agreed=False, corrections=corrections, words=missing.strip())
        if missing.strip():
            _add_missing(case, missing.strip(), now)
        record("understanding_corrected", case.pk, f"customer:{case.customer_id}", now, count=len(corrections))
        stand(case, now)


def _reword(issue: Issue, wording: str, now: datetime) -> dict[str, object] | None:
    after = " ".join(wording.split())
    if not after or after == issue.summary:
        return None
    if len(after) > LONGEST:
        raise Incomplete(f"Say it in at most {LONGEST} characters; there is room for more below.", f"issue-{issue.pk}")
    change: dict[str, object] = {"issue": issue.pk, "before": issue.summary, "after": after}
    issue.summary = after
    issue.save(update_fields=["summary"])
    Hearing.objects.filter(issue=issue).delete()
    return change


def _add_missing(case: Case, missing: str, now: datetime) -> None:
    summary = missing.splitlines()[0][:LONGEST]
    Issue.objects.create(case=case, raised_at=now, summary=summary, words=missing, source="customer")
