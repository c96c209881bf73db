"""A scenario made from a closed case: a form prefilled without what tells who it was, and what is still to judge."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.conflict import check_hands
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.issue import Issue
from amends.language.anonymous.anonymise import STANDS_IN, anonymised, findings
from amends.language.anonymous.finding import KINDS
from amends.language.anonymous.known import Known, tidy
from amends.practice.own.asked import ISSUE, TOP, Asked
from amends.practice.own.draft import Draft, Typed, draft_of
from amends.recovery.fulfilment import standing
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.shelf import CLAUSE, MOST_ISSUES, REMEDIES
from amends.team.models import User

HOUSE = re.compile(r"^\s*\d+\w?\s+|\s+\d+\w?\s*$")
SHORTEST_STREET, NATIONAL = 5, 9
NAMES = ("customer", "colleague", "name", "firm", "place", "contact", "number")
CALLED_HERE = {"redelivery": "delivery", "expedite": "delivery", "call": "callback"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of a form that may tell who it is about: the field, the words, and what they may be."""

    field: str
    label: str
    words: str
    what: str


@dataclass(frozen=True, slots=True)
class Behind:
    """What is known of the people in a case, and the words many cases hold (None where there are few cases)."""

    known: Known
    common: Collection[str] | None


def check_source(case: Case, *, by: User) -> None:
    """Raise NotPossible for an open case, ConflictOfInterest for whom it is about."""
    check_hands(case, by)
    if not Closure.objects.filter(case=case).exists():
        raise NotPossible("A scenario is made from a closed case: first it is known what fitted. Close the case first.")


def draft_from(case: Case, behind: Behind) -> Draft:
    """Return a form with what went wrong, the remedies and the causes of a case, anonymised; the rest stays empty."""
    issues = case.open_issues().select_related("attribution__cause")[:MOST_ISSUES]
    return Draft({}, tuple(_issue(one, behind) for one in issues) or ({},))


def _issue(issue: Issue, behind: Behind) -> Typed:
    done = list(standing(issue.case).filter(issues=issue).select_related("remedy"))
    cause = issue.attribution.cause if hasattr(issue, "attribution") else None
    change = cause.changes.exclude(made_at=None).order_by("-made_at").first() if cause else None
    kinds = dict.fromkeys(CALLED_HERE.get(one.remedy.kind, one.remedy.kind) for one in done)
    words: Mapping[str, str] = {
        "said": issue.words or issue.summary,
        "remedy": ", ".join(one.title for one in done),
        "cause": cause.name if cause else "",
        "change": change.what if change else "",
    }
    plain = {name: _plain(text, behind) for name, text in words.items()}
    return {"category": issue.category, "remedy_kinds": tuple(one for one in kinds if one in REMEDIES), **plain}


def _plain(text: str, behind: Behind) -> str:
    return " ".join(anonymised(text, behind.known, common=behind.common).text.split())[:CLAUSE]


def marks(draft: Draft, behind: Behind) -> list[Mark]:
    """Return the places a person has to judge: what may tell who it is about, and what a stand-in has left open.

    The names of the customer and company in the scenario are made up there, so they are not asked about.
    """
    made_up = tidy(f"{draft.top.get('customer', '')} {draft.top.get('firm', '')}").casefold()
    found = [mark for field, label, text in _texts(draft) for mark in _marks(field, label, tidy(text), behind)]
    return [mark for mark in found if mark.words.casefold() not in made_up]


def _marks(field: str, label: str, text: str, behind: Behind) -> Iterator[Mark]:
    for hit in STANDS_IN.finditer(text):
        yield Mark(field, label, hit[0], "stands for what was taken out; write something made up")
    for one in findings(text, behind.known, common=behind.common):
        if one.sure and one.kind not in NAMES:
            continue
        yield Mark(field, label, one.words, f"may be {KINDS[one.kind]}")


def refuse_known(said: Scenario, known: Known) -> None:
    """Raise Incomplete for the first field in which something known of the people in the case stands."""
    wider = _wider(known)
    for field, label, text in _texts(draft_of(said)):
        for one in findings(tidy(text), wider):
            if one.known:
                raise Incomplete(
                    f"“{one.words}” in “{label}” is {KINDS[one.kind]} of the case it was made from. Make something up.",
                    field,
                )


def _wider(known: Known) -> Known:
    """The same with each street without its house number, and each telephone number without its country."""
    streets = (HOUSE.sub("", place) for place in known.places)
    digits = ("".join(sign for sign in one if sign.isdigit()) for one in known.contacts if "@" not in one)
    tails = tuple(one[-NATIONAL:] for one in digits if len(one) > NATIONAL)
    places = (*known.places, *(one for one in streets if len(one) >= SHORTEST_STREET))
    return replace(known, places=places, numbers=(*known.numbers, *tails))


def refuse_stand_ins(said: Scenario) -> None:
    """Raise Incomplete for the first stand-in that is left: nobody speaks in brackets."""
    for field, label, text in _texts(draft_of(said)):
        if found := STANDS_IN.search(text):
            raise Incomplete(f"“{found[0]}” in “{label}” stands for what was taken out. Make something up.", field)


def _texts(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Each text of a form with its field and label."""
    yield from _of(draft.top, TOP, "", "")
    for at, issue in enumerate(draft.issues, 1):
        yield from _of(issue, ISSUE, f"-{at}", f", issue {at}" if len(draft.issues) > 1 else "")


def _of(typed: Typed, asked: tuple[Asked, ...], after: str, place: str) -> Iterator[tuple[str, str, str]]:
    for one in asked:
        text = typed.get(one.name, "")
        if one.kind not in ("select", "checks") and isinstance(text, str) and text:
            yield one.name + after, f"{one.label}{place}", text
