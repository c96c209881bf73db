"""A first draft of a study, from what the records of a case say, without what tells whose it was."""

from collections.abc import Iterator

from amends.cases.case import Case
from amends.cases.issue import CATEGORIES, Issue
from amends.language.anonymous.anonymise import anonymised
from amends.language.anonymous.known import Known
from amends.library.models import TEXTS
from amends.library.study import LONGEST_TITLE, Told
from amends.recovery.fulfilment import Fulfilment, Refusal, standing


def proposed(case: Case, known: Known) -> Told:
    """What happened in the customer's own words with stand-ins, what was decided and done, and what they said after.

    What is learned is empty but for the change that was agreed: that is for a person to say.
    """
    issues = list(case.open_issues())
    told = {
        "title": _title(issues),
        "what_happened": "\n\n".join(_happened(issue) for issue in issues),
        "what_we_did": "\n".join([*_decided(issues), *map(_delivered, standing(case)), *_refused(issues)]),
        "outcome": "\n".join(_after(case)),
        "lesson": "\n".join(_changed(issues)),
    }
    return Told(**{name: anonymised(told[name], known).text for name in TEXTS})


def _title(issues: list[Issue]) -> str:
    if not issues:
        return ""
    return issues[0].summary[:LONGEST_TITLE]


def _happened(issue: Issue) -> str:
    words = issue.words.strip() or issue.summary
    about = f"{CATEGORIES[issue.category]}: " if issue.category else ""
    return f"{about}“{words}”" + (f"\nHarm: {issue.harm.strip()}" if issue.harm.strip() else "")


def _decided(issues: list[Issue]) -> Iterator[str]:
    for issue in issues:
        decision = issue.decisions.last()
        if decision is not None:
            yield f"{decision.get_outcome_display()}: {decision.get_fault_display().lower()}."


def _delivered(one: Fulfilment) -> str:
    return f"{one.remedy.name}{f', {one.amount}' if one.amount else ''}."


def _refused(issues: list[Issue]) -> Iterator[str]:
    for refusal in Refusal.objects.filter(issue__in=issues):
        yield f"No remedy: {refusal.reasons.strip()}"


def _after(case: Case) -> Iterator[str]:
    for asked in case.follow_ups.exclude(done_at=None).order_by("done_at"):
        yield f"{'It was right' if asked.still_right else 'It was not right'} when we asked: “{asked.words.strip()}”"
    closure = getattr(case, "closure", None)
    if closure is not None and closure.words:
        yield closure.words


def _changed(issues: list[Issue]) -> Iterator[str]:
    said = [getattr(issue, "attribution", None) for issue in issues]
    causes = dict.fromkeys(one.cause for one in said if one is not None)
    for cause in causes:
        change = cause.change_in_words()
        yield f"{cause.name}: {cause.definition}" + (f"\nWhat we changed: {change}" if change else "")
