"""C16, C18, C21, C22 and C31: what is done, agreed, promised, prevented, and never traded."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence
from amends.language.moves import INVITES, acts, prevents, speaks_of_prevention
from amends.language.pattern import Pattern
from amends.language.words import Span

AGREED = Pattern(
    r"\b(?:(?:does|would|will|is|are|do|which|shall|may|can|could|how) (?:that|this|it|you|one|of"
    r"|either|i|we|the)\b"
    r"|happy with|work for you|put(?:s)? (?:it|things|this) right|okay with|ok with|sound|agree|prefer)"
)
AGREEABLE = Pattern(
    r"\b(?:works?|right|prefer|like|happy|ok|okay|agree|sound|suits?|choose|fair|acceptable|good|best"
    r"|go ahead)\b"
)
CHOOSE = Pattern(
    r"\b(?:tell me|let me know|write back|reply|just say)\b[^.!?\n]{0,30}\b(?:which|if (?:that|this|it)"
    r"|whether|what you)\b"
)
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
NO_PROMISE = Pattern(
    r"\b(?:can't|cannot|can not|couldn't|unable to|not able to|do not|don't|won't|will not|nobody can"
    r"|no one can)\s(?:\w+\s){0,2}"
    r"(?:guarantee|promise|swear|say|assure)\b|\bso (?:that )?(?:it|this|that|the same)\b"
    r"|\bto make sure\b|\bshould not happen\b"
    r"|\bmake it (?:less|un)likely\b"
)
MONEY = Pattern(r"\b(?:refund|credit|voucher|discount|gift card|compensation|coupon|money back|goodwill|free)\w*\b")
REVIEW = r"(?:reviews?|ratings?|stars?|comments?|posts?|tweets?|feedback)"
TRADE = Pattern(
    rf"\b(?:remov|delet|chang|edit|updat|withdraw|revis|amend|improv|tak"
    rf"|rais)\w{{0,4}}\b(?:\W{{1,2}}\w+){{0,4}}?\W{{1,2}}{REVIEW}\b"
    rf"|\b(?:leav|writ|post|giv)\w{{0,3}}\b(?:\W{{1,2}}\w+){{0,3}}?\W{{1,2}}(?:good|positive|five|5"
    rf"|nice|better)\W{{1,2}}(?:star\W)?{REVIEW}\b"
)
NO_TRADE = Pattern(
    r"\b(?:not|n't|never|no|without|nothing to do with|whether or not)\b|\b(?:i|we)(?:'ve"
    r"| have)? (?:read|updat|edit|delet|remov)"
)


def remedy_missing(case: Case) -> Iterator[Remark]:
    """C16: no action done, under way, or with a time."""
    offer = case.brief.stage == "offer"
    if case.brief.issues and not any(acts(one.low, offer) for one in case.draft.sentences):
        yield Remark("C16")


def agreement_missing(case: Case) -> Iterator[Remark]:
    """C18: an offer is made and nobody asks whether it is right for the customer."""
    if case.brief.stage == "offer" and not any(_asks_agreement(one) for one in case.draft.sentences):
        yield Remark("C18")


def over_promise(case: Case) -> Iterator[Remark]:
    """C21: a promise that nobody can keep."""
    for one in case.draft.sentences:
        found = OVER.search(one.low)
        if found and not NO_PROMISE.search(one.low[: found.end()]) and not one.low.endswith("?"):
            yield Remark("C21", _trimmed(one, found))


def prevention_unbacked(case: Case) -> Iterator[Remark]:
    """C22: "it will not happen again" without a recorded preventive action behind it."""
    for number, one in enumerate(case.draft.sentences):
        if (
            not (speaks_of_prevention(one.low) or prevents(one.low))
            or INVITES.search(one.low)
            or NO_PROMISE_AT_ALL.search(one.low)
        ):
            continue
        meant = case.matching.names(number) or frozenset(case.parts)
        if meant and not meant & case.brief.prevention_linked:
            yield Remark("C22", Span(one.start, one.end), min(meant) if len(meant) == 1 else None)


def review_for_redress(case: Case) -> Iterator[Remark]:
    """C31: a remedy tied to a review."""
    if not any(MONEY.search(one.low) for one in case.draft.sentences):
        return
    for one in case.draft.sentences:
        found = TRADE.search(one.low)
        if found and not NO_TRADE.search(one.low[: found.end()]):
            yield Remark("C31", _trimmed(one, found))


NO_PROMISE_AT_ALL = Pattern(
    r"\b(?:cannot|can't|not able to|unable to) (?:guarantee|promise|say)\b|\bdo not (?:yet )?know\b"
    r"|\byou (?:should|do) not have to\b"
)


def _asks_agreement(one: Sentence) -> bool:
    if CHOOSE.search(one.low):
        return True
    return one.low.endswith("?") and bool(AGREED.search(one.low)) and bool(AGREEABLE.search(one.low))


def _trimmed(one: Sentence, found: re.Match[str]) -> Span:
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    return Span(one.start + start, one.start + found.end())


CHECKS: tuple[Check, ...] = (
    remedy_missing,
    agreement_missing,
    over_promise,
    prevention_unbacked,
    review_for_redress,
)
