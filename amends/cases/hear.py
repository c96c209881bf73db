"""Listening, written down: an agent confirms, corrects, adds or takes off what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.cases.begin_again import raise_severity
from amends.cases.case import Case
from amends.cases.closure import check_still_open, open_again
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.facts import facts_of, known_of
from amends.cases.issue import CATEGORIES, Hearing, Issue, Wish
from amends.cases.learned import kinds_here, reading_with
from amends.cases.ledger import record, writing
from amends.cases.message import Understanding
from amends.cases.place import find_words
from amends.cases.standing import stand
from amends.cases.withdraw import take_off
from amends.language.reading import read
from amends.method.facts import Facts
from amends.team.models import User

LONGEST = 200
LONGEST_NUMBER = 80


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of the list an agent confirms: an issue by its id (None: a new one), or taken off with a reason.

    `harm` is what it cost them in their words, `about` the number of an order or article, `price_cents` what they
    paid, `kind` the kind of issue below its category; None leaves any of them as it is.
    """

    issue: int | None
    summary: str
    category: str
    words: str = ""
    off: bool = False
    reason: str = ""
    wish: Wish = Wish.TEAM
    harm: str | None = None
    about: str | None = None
    price_cents: int | None = None
    kind: str | None = None


def hear(case: Case, lines: Sequence[Heard], *, by: User, now: datetime) -> None:
    """Write down what went wrong as a person understood it; every line becomes a heard issue or leaves the case.

    Raises Incomplete naming the line that needs a few words, NotAllowed for taking off what is still owed something.
    """
    with writing():
        check_hands(case, by)
        check_still_open(case)
        issues = {issue.pk: issue for issue in case.open_issues().select_related("case", "hearing")}
        known = known_of(case, now)
        facts = facts_of(case, now, known)
        for line in lines:
            _check(line, issues)
            if line.off:
                take_off(issues[line.issue or 0], line.reason, line.wish, by=by, facts=facts)
            else:
                _confirm(case, issues.get(line.issue or 0), line, by, now)
        record("issues_confirmed", case.pk, by, now, count=case.open_issues().count())
        stand(case, now, known.with_issues_of(case))


def _check(line: Heard, issues: dict[int, Issue]) -> None:
    if line.issue is not None and line.issue not in issues:
        raise Incomplete("One of these issues is no longer on the case. Load the page again.", "issues")
    if line.off:
        if line.issue is None:
            raise Incomplete("Only an issue that is on the case can be taken off it.", "issues")
        return
    if not line.summary.strip():
        raise Incomplete("Say in a few words what went wrong.", "issues")
    if line.category not in CATEGORIES:
        raise Incomplete(f"Choose what “{line.summary}” is about.", "issues")
    if line.kind and line.kind not in kinds_here()[line.category].kinds:
        raise Incomplete(f"There is no kind “{line.kind}” below what “{line.summary}” is about. Choose one.", "issues")


def _confirm(case: Case, issue: Issue | None, line: Heard, by: User, now: datetime) -> None:
    if issue is None:
        issue = Issue(case=case, raised_at=now, source="agent", words=line.words.strip())
        find_words(case, issue.words).put(issue)
    if line.kind is not None or line.category != issue.category:
        issue.kind = line.kind or ""
    issue.summary, issue.category = line.summary.strip()[:LONGEST], line.category
    _say_more(issue, line)
    issue.save()
    Hearing.objects.get_or_create(issue=issue, defaults={"by": by, "at": now})


def _say_more(issue: Issue, line: Heard) -> None:
    if line.harm is not None:
        issue.harm = line.harm.strip()
    if line.about is not None:
        issue.about = line.about.strip()[:LONGEST_NUMBER]
    if line.price_cents is not None:
        issue.price_cents = line.price_cents or None


def confirm_understanding(case: Case, now: datetime) -> None:
    """The customer said “Yes, that's it” (F5); raises NotPossible when there is nothing to answer."""
    with writing():
        facts = facts_of(case, now)
        if not facts.awaits_confirmation and _said_yes_last(facts):
            raise AlreadyDone("You said yes to this before. Thank you.")
        if not facts.awaits_confirmation:
            raise NotPossible("There is nothing to confirm right now. We will say back what happened once more.")
        Understanding.objects.create(case=case, at=now, agreed=True)
        record("understanding_confirmed", case.pk, f"customer:{case.customer_id}", now)
        stand(case, now)


def _said_yes_last(facts: Facts) -> bool:
    yes, no = facts.understood_at, facts.corrected_at
    return yes is not None and (no is None or yes > no)


def correct_understanding(case: Case, wordings: dict[int, str], missing: str, now: datetime) -> None:
    """The customer said “Not quite”: their wording replaces ours, what was missing becomes an issue to hear (F5).

    Before and after are kept; changed issues have to be heard and said back again. Raises Incomplete when
    nothing was changed, AlreadyDone when the same was written down before.
    """
    with writing():
        known = bool(missing.strip()) and case.open_issues().filter(source="customer", words=missing.strip()).exists()
        missing = "" if known else missing
        changes = [_reword(issue, wordings.get(issue.pk, ""), now) for issue in case.open_issues()]
        corrections = [change for change in changes if change]
        if known and not corrections:
            raise AlreadyDone("We have this already: it is in the list of what went wrong. You need not send it again.")
        if not corrections and not missing.strip():
            raise Incomplete("Change what is not right, or write what is missing.", "missing")
        Understanding.objects.create(case=case, at=now, agreed=False, corrections=corrections, words=missing.strip())
        if missing.strip():
            _add_missing(case, missing.strip(), now)
            raise_severity(case, at_least=read(missing, reading_with()).severity)
        open_again(case, f"customer:{case.customer_id}", now)
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
