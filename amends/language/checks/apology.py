"""C01 to C05: an apology that is none, takes itself back, names nothing, is missing, or is not owned."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.deeds import acts
from amends.language.draft import Sentence, details
from amends.language.pattern import Pattern
from amends.language.sorry import (
    APOLOGY,
    SORRY,
    TO_HEAR,
    UNSAID,
    WE_MADE,
    apologises,
    is_non_apology,
    non_apology_in,
    owns,
)
from amends.language.words import Span

BUT = Pattern(
    rf"\b{SORRY}\b[^.!?\n]{{0,110}}?(?<!nothing )(?<!all )(?<!anything )(?:\b(?P<word>but|however|though|although"
    rf"|yet|nevertheless|nonetheless"
    r"|even so|that said|having said that|mind you|then again|equally|at the same time|on the other hand|albeit"
    r"|still,|while)\b"
    r"|, (?P<only>only|except)\b)(?! not\b)"
)
OPENS_WITH_BUT = Pattern(
    r"(?:(?:but|however|though|still|yet|nevertheless|nonetheless|that said|having said that|mind you|then again"
    r"|equally|even so"
    r"|at the same time|on the other hand|that being said|all the same|be that as it may|then)\b,? "
    r"|(?:\w+ ){1,3}\w+, (?:though|however|mind you)\b)"
)
MAKES_GOOD = Pattern(
    r"\b(?:good news|enough of us|more (?:than|to the point)|that (?:is|'s|alone|does|doesn't|won't)(?:n't"
    r"| not)? (?:enough|no excuse|help|mend|undo)"
    r"|words|sorry (?:is|does|won't)|i (?:can|have|will|am)|i'(?:ve|ll|m)|we (?:can|have|will|are)|we'(?:ve|ll|re)"
    r"|here is|here's|you (?:can|have|were right"
    r"|are right|should)|also|above all|no longer|for it was|mostly|let me|what (?:i|we)|now|nothing|never"
    r"|it (?:is|was) (?:our|my|on|wrong)|luckily|at least i)\b"
)
GENERIC = Pattern(
    rf"\b{SORRY}\b[^.!?\n]{{0,40}}?\b(?:any|the|this|that|all(?: the)?|your"
    rf"|these)(?: \w+){{0,2}} (?:inconveniences?|trouble|troubles"
    r"|confusion|hassle|problems?|issues?|difficult(?:y|ies)|situation|experience|matter)\b"
)


WE_DID = Pattern(
    r"(?:we|i|our (?:\w+ ){1,2}?)\s?(?:\w+ly |then |simply |just )?(?!have|are|will|can|is|am|has|do"
    r"|would)\w+(?:ed|t|d|w|e|k|g|n)\b"
)


GOOD_MOVES = frozenset({"OWN", "ACT"})
GOOD_SIGNS = frozenset({"reply_own", "reply_done", "reply_can", "reply_sorry", "reply_change"})


def non_apology(case: Case) -> Iterator[Remark]:
    """C01: the sorrow is about their feelings, or only "if"."""
    for one in case.draft.sentences:
        if place := non_apology_in(one):
            yield Remark("C01", place)


def apology_but(case: Case) -> Iterator[Remark]:
    """C02: "but" follows the apology, in the sentence or as the next word after it."""
    for number, one in enumerate(case.draft.sentences):
        if not APOLOGY.search(one.low) or (UNSAID.search(one.low) and not BUT.search(one.low)):
            continue
        found = BUT.search(one.low)
        if found and not _makes_good(one.low[found.end() :]):
            yield Remark("C02", _at(one, found))
        elif not found and number + 1 < len(case.draft.sentences):
            after = case.draft.sentences[number + 1]
            opener = OPENS_WITH_BUT.match(after.low)
            if opener and not _makes_good(after.low[opener.end() :]):
                yield Remark("C02", Span(after.start, after.start + len(opener.group().rstrip(" ,"))))


def generic_apology(case: Case) -> Iterator[Remark]:
    """C03: sorry for "any inconvenience", with nothing named in the sentence."""
    for number, one in enumerate(case.draft.sentences):
        if is_non_apology(one) or _names_something(case, number, one):
            continue
        if found := GENERIC.search(one.low):
            yield Remark("C03", _at(one, found))
        else:
            yield from (Remark("C03", Span(hit.start, hit.end)) for hit in one.of("reply_generic"))


def issue_without_apology(case: Case) -> Iterator[Remark]:
    """C04: an issue for which nobody says sorry; where we are not at fault, sympathy is enough."""
    for number in case.parts:
        if case.matching.apology(number) or (not case.brief.our_fault and _sympathy(case)):
            continue
        issue = case.issue(number)
        yield Remark("C04", issue=number, fill={"issues": issue.summary or issue.words})


def not_owned(case: Case) -> Iterator[Remark]:
    """C05: it was our fault and no sentence says so."""
    owned = any(
        owns(one.low) or _sounds_owned(one) or _told_after_sorry(case, at)
        for at, one in enumerate(case.draft.sentences)
    )
    if case.brief.our_fault and case.brief.issues and not owned:
        first = next((one for one in case.draft.sentences if apologises(one.low)), None)
        yield Remark("C05", Span(first.start, first.end)) if first else Remark("C05")


def _sounds_owned(one: Sentence) -> bool:
    """Return whether a sentence owns it by the sound of it, and does nothing beside that speaks against it."""
    alone = one.heard.says <= GOOD_MOVES and all(hit.label in GOOD_SIGNS for hit in one.hits)
    return "OWN" in one.heard.says and alone


def names_our_doing(case: Case, at: int) -> bool:
    """Return whether a sentence says that we did it: an apology for that is one."""
    return owns(case.draft.sentences[at].low) or bool(WE_MADE.search(case.draft.sentences[at].low))


def _told_after_sorry(case: Case, at: int) -> bool:
    """Return whether a bare "I am sorry." stands before a sentence that tells what we did."""
    one = case.draft.sentences[at]
    return at > 0 and apologises(case.draft.sentences[at - 1].low) and bool(WE_DID.match(one.low)) and not acts(one.low)


def _makes_good(rest: str) -> bool:
    return bool(acts(rest, offer=True) or owns(rest) or MAKES_GOOD.match(rest.lstrip(" ,")))


def _at(one: Sentence, found: re.Match[str]) -> Span:
    return Span(one.start + found.start(), one.start + found.end())


def _names_something(case: Case, number: int, one: Sentence) -> bool:
    if case.brief.issues:
        return bool(case.matching.names(number))
    return len(details(one.low) - details("cause caused causing may sincerely")) > 1


def _sympathy(case: Case) -> bool:
    return any(TO_HEAR.search(one.low) or apologises(one.low) for one in case.draft.sentences)


CHECKS: tuple[Check, ...] = (non_apology, apology_but, generic_apology, issue_without_apology, not_owned)
