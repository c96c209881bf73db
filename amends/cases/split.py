"""Splitting an issue that holds more than one thing that went wrong; nothing that is owed gets lost on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import check_still_open
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.issue import CATEGORIES, Hearing, Issue
from amends.cases.issue import Split as SplitRecord
from amends.cases.ledger import record, writing
from amends.cases.place import Place, find_words
from amends.cases.standing import stand
from amends.team.models import User

LONGEST = 200
MOST = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things an issue holds: in a few words, what it is about, and the customer's own words for it."""

    summary: str
    category: str
    words: str


def split(issue: Issue, parts: Sequence[Part], *, by: User, now: datetime) -> list[Issue]:
    """Split an issue; returns it, standing for the first part with all its history, and an issue for each other one.

    A part begins new: nothing said, offered or delivered for the whole counts for it, since it was not named then.
    Raises Incomplete when a part lacks something or its words are not the customer's.
    """
    with writing():
        case = Case.objects.select_related("customer").get(pk=issue.case_id)
        check_still_open(case)
        if not case.open_issues().filter(pk=issue.pk).exists():
            raise NotPossible(f"“{issue}” is off the case, so there is nothing to split.")
        placed = [(part, _place(case, issue, part, number)) for number, part in enumerate(_checked(parts))]
        first, *others = placed
        made = [_narrow(issue, *first), *(_new(issue, *one, by, now) for one in others)]
        for one in made:
            Hearing.objects.get_or_create(issue=one, defaults={"by": by, "at": now})
        record("issue_split", case.pk, by, now, count=len(made), issue=issue.pk, parts=[one.pk for one in made[1:]])
        stand(case, now)
    return made


def _checked(parts: Sequence[Part]) -> Sequence[Part]:
    if len(parts) < 2:
        raise Incomplete("Write down at least two things that went wrong.", "summary-1")
    if len(parts) > MOST:
        raise Incomplete(f"Split it into at most {MOST} at once.", "summary-0")
    for number, part in enumerate(parts):
        if not part.summary.strip():
            raise Incomplete("Say in a few words what went wrong.", f"summary-{number}")
        if part.category not in CATEGORIES:
            raise Incomplete(f"Choose what “{part.summary.strip()}” is about.", f"category-{number}")
    return parts


def _place(case: Case, issue: Issue, part: Part, number: int) -> Place:
    """Where the part's words stand; what came by phone has no message to stand in."""
    place = find_words(case, part.words, near=issue)
    if place.message is None and (part.words.strip() or issue.message_id):
        raise Incomplete(
            f"Copy the words for “{part.summary.strip()}” from what {case.customer.first_name} wrote.",
            f"words-{number}",
        )
    return place


def _narrow(issue: Issue, part: Part, place: Place) -> Issue:
    """The issue itself, from now on only its first part."""
    _write(issue, part, place)
    issue.save()
    return issue


def _new(issue: Issue, part: Part, place: Place, by: User, now: datetime) -> Issue:
    made = Issue(case_id=issue.case_id, raised_at=issue.raised_at, source="agent", about=issue.about)
    _write(made, part, place)
    made.save()
    SplitRecord.objects.create(issue=made, of=issue, by=by, at=now)
    return made


def _write(issue: Issue, part: Part, place: Place) -> None:
    if part.category != issue.category:
        issue.kind = ""
    issue.summary, issue.category = " ".join(part.summary.split())[:LONGEST], part.category
    place.put(issue)
    issue.words = place.message.text[place.start : place.end] if place.message else ""
