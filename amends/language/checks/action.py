"""C16, C21 and C22: what is done, what is promised, and what is said to have changed."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.deeds import INVITES, acts, prevents, speaks_of_prevention
from amends.language.draft import Sentence
from amends.language.excuses import spoken
from amends.language.pattern import Pattern
from amends.language.words import Span

OVER = Pattern(
    r"\b(?:will|shall|can|'ll|won't|would)?\s?(?:never|not|n't) (?:ever )?(?:happen"
    r"|occur)\w* (?:to you )?(?:ever )?again\b"
    r"|\bwon't (?:ever )?(?:happen|occur) again\b|\bnever (?:again )?(?:be late|happen again|fail you"
    r"|let you down again)\b"
    r"|\b(?:i|we|you have (?:my|our)) (?:can |hereby |fully |absolutely |personally )?(?:guarantee"
    r"|swear|100\s?% (?:promise|sure))"
    r"|\b(?:is|are|it's) (?:100\s?%|one hundred per ?cent) (?:\w+ )?(?:guaranteed|certain|sure|safe)\b"
    r"|\bguaranteed (?:to|not)\b"
    r"|\b(?:my|our) (?:absolute|personal|100\s?%) guarantee\b"
)
NOT_SAID = Pattern(
    r"\b(?:can't|cannot|can not|couldn't|unable to|not able to|do not|don't|won't|will not|nobody can"
    r"|no one can)\s(?:\w+\s){0,2}"
    r"(?:guarantee|promise|swear|say|assure)\b|\bso (?:that )?(?:it|this|that|the same)\b"
    r"|\bto make sure\b|\bshould not happen\b"
    r"|\bmake it (?:less|un)likely\b"
)


def remedy_missing(case: Case) -> Iterator[Remark]:
    """C16: no action done, under way, or with a time."""
    offer = case.brief.stage == "offer"
    done = any(acts(one.low, offer) or "ACT" in one.heard.says for one in case.draft.sentences)
    if case.brief.issues and not done:
        yield Remark("C16")


def over_promise(case: Case) -> Iterator[Remark]:
    """C21: a promise that nobody can keep."""
    for one in case.draft.sentences:
        if one.low.endswith("?"):
            continue
        found = OVER.search(one.low)
        if found and not NOT_SAID.search(one.low[: found.end()]):
            yield Remark("C21", _trimmed(one, found))
        for hit in spoken(one, "reply_over"):
            if not NOT_SAID.search(one.low[: hit.end - one.start]):
                yield Remark("C21", Span(hit.start, hit.end))


def prevention_unbacked(case: Case) -> Iterator[Remark]:
    """C22: "it will not happen again" without a recorded preventive action behind it."""
    for number, one in enumerate(case.draft.sentences):
        if not _speaks_of_change(one) or INVITES.search(one.low) or NO_PROMISE_AT_ALL.search(one.low):
            continue
        meant = case.matching.names(number) or frozenset(case.parts)
        if meant and not meant & case.brief.prevention_linked:
            yield Remark("C22", Span(one.start, one.end), min(meant) if len(meant) == 1 else None)


def _speaks_of_change(one: Sentence) -> bool:
    return speaks_of_prevention(one.low) or prevents(one.low) or any(spoken(one, "reply_change"))


NO_PROMISE_AT_ALL = Pattern(
    r"\b(?:cannot|can't|not able to|unable to) (?:guarantee|promise|say)\b|\bdo not (?:yet )?know\b"
    r"|\byou (?:should|do) not have to\b"
)


def _trimmed(one: Sentence, found: re.Match[str]) -> Span:
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    return Span(one.start + start, one.start + found.end())


CHECKS: tuple[Check, ...] = (
    remedy_missing,
    over_promise,
    prevention_unbacked,
)
