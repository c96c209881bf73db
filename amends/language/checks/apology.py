"""C01 to C05: an apology that is none, takes itself back, names nothing, is missing, or is not owned."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence, details
from amends.language.moves import APOLOGY, NON_APOLOGY, SORRY, TO_HEAR, UNSAID, apologises, owns
from amends.language.pattern import Pattern
from amends.language.words import Span

BUT = Pattern(
    rf"\b{SORRY}\b[^.!?\n]{{0,80}}?(?<!nothing )(?<!all )(?<!anything )\b(?:but|however|though"
    rf"|although)\b(?! not)"
)
OPENS_WITH_BUT = Pattern(r"(?:but|however|though|still),? ")
GENERIC = Pattern(
    rf"\b{SORRY}\b[^.!?\n]{{0,40}}?\b(?:any|the|this|that|all(?: the)?|your"
    rf"|these)(?: \w+){{0,2}} (?:inconveniences?|trouble|troubles"
    r"|confusion|hassle|problems?|issues?|difficult(?:y|ies)|situation|experience|matter)\b"
)


def non_apology(case: Case) -> Iterator[Remark]:
    """C01: the sorrow is about their feelings, or only "if"."""
    for one in case.draft.sentences:
        if found := NON_APOLOGY.search(one.low):
            yield Remark("C01", _at(one, found))


def apology_but(case: Case) -> Iterator[Remark]:
    """C02: "but" follows the apology, in the sentence or as the next word after it."""
    for number, one in enumerate(case.draft.sentences):
        if not APOLOGY.search(one.low) or (UNSAID.search(one.low) and not BUT.search(one.low)):
            continue
        if found := BUT.search(one.low):
            yield Remark("C02", _at(one, found))
        elif number + 1 < len(case.draft.sentences):
            after = case.draft.sentences[number + 1]
            if opener := OPENS_WITH_BUT.match(after.low):
                yield Remark("C02", Span(after.start, after.start + len(opener.group().rstrip(" ,"))))


def generic_apology(case: Case) -> Iterator[Remark]:
    """C03: sorry for "any inconvenience", with nothing named in the sentence."""
    for number, one in enumerate(case.draft.sentences):
        found = GENERIC.search(one.low)
        if found and not NON_APOLOGY.search(one.low) and not _names_something(case, number, one):
            yield Remark("C03", _at(one, found))


def issue_without_apology(case: Case) -> Iterator[Remark]:
    """C04: an issue for which nobody says sorry; where we are not at fault, sympathy is enough."""
    for number, parts in case.parts.items():
        if parts.apologise or (not case.brief.our_fault and _sympathy(case)):
            continue
        issue = case.issue(number)
        yield Remark("C04", issue=number, fill={"issues": issue.summary or issue.words})


def not_owned(case: Case) -> Iterator[Remark]:
    """C05: it was our fault and no sentence says so."""
    if case.brief.our_fault and case.brief.issues and not any(owns(one.low) for one in case.draft.sentences):
        first = next((one for one in case.draft.sentences if apologises(one.low)), None)
        yield Remark("C05", Span(first.start, first.end)) if first else Remark("C05")


def _at(one: Sentence, found: re.Match[str]) -> Span:
    return Span(one.start + found.start(), one.start + found.end())


def _names_something(case: Case, number: int, one: Sentence) -> bool:
    if case.brief.issues:
        return bool(case.matching.names(number))
    return len(details(one.low) - details("cause caused causing may sincerely")) > 1


def _sympathy(case: Case) -> bool:
    return any(TO_HEAR.search(one.low) or apologises(one.low) for one in case.draft.sentences)


CHECKS: tuple[Check, ...] = (non_apology, apology_but, generic_apology, issue_without_apology, not_owned)
