"""C11 to C13: what happened is repeated back, shown rather than claimed, and comes before the fix."""

from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.deeds import acts
from amends.language.draft import Sentence
from amends.language.excuses import spoken
from amends.language.lexicon import words_in
from amends.language.pattern import Pattern
from amends.language.sorry import apologises, owns
from amends.language.words import Span, words_of

CLAIM = Pattern(
    r"\b(?:understand|appreciate|can (?:only )?imagine|can see|know) (?:exactly "
    r"|just )?(?:how (?:you(?:'re| are)? (?:feel"
    r"|feeling|must feel)|frustrating|upset|annoying|disappoint\w*|this (?:feels|must)|\w+ this (?:is"
    r"|must))|your (?:frustration"
    r"|disappointment|concerns?|anger|feelings?|annoyance))"
)
# What is done for them now: a bare past tense ("we gave her hummus") tells what went wrong just as well.
HELPS = Pattern(
    r"\b(?:(?<!should )(?<!must )(?<!would )(?<!never )(?:have|has)|will|today|tomorrow|tonight|just|this (?:morning"
    r"|afternoon)|on (?:its|their|the) way|you (?:can|may|get)|going back|attached|enclosed|is (?:through|done)|yours"
    r"|by (?:\w+day|\d+))\b|\w'(?:ve|ll|m|re)\b"
)
CANDIDATES = 3
SHOWN = 3
SAID_BACK = 2


def reflect_missing(case: Case) -> Iterator[Remark]:
    """C11: fewer than two details of an issue are repeated back in the agent's own words."""
    for number, parts in case.parts.items():
        if not parts.reflect:
            yield Remark("C11", issue=number, fill={"candidates": _candidates(case.issue(number).words)})


def claim_without_reflect(case: Case) -> Iterator[Remark]:
    """C12: understanding is claimed where it is not shown."""
    if case.parts and all(parts.reflect for parts in case.parts.values()):
        return
    for at, one in enumerate(case.draft.sentences):
        near = case.draft.sentences[at : at + 2]
        if len(frozenset[str]().union(*(other.stems for other in near)) & case.matching.told) < SHOWN:
            hits = [Span(hit.start, hit.end) for hit in spoken(one, "reply_claim")]
            found = CLAIM.search(one.low)
            hits += [Span(one.start + found.start(), one.start + found.end())] if found and not hits else []
            yield from (Remark("C12", hit) for hit in hits)


def solution_before_person(case: Case) -> Iterator[Remark]:
    """C13: the first fix comes before the first apology, owning or reflection; not for a mere nuisance."""
    if not case.brief.issues:
        return
    fixes = [one for one in case.draft.sentences if _is_fix(case, one)]
    if fixes and fixes[0].start < _first_for_the_person(case, {one.start for one in fixes}):
        yield Remark("C13", Span(fixes[0].start, fixes[0].end))


def _first_for_the_person(case: Case, fixes: set[int]) -> int:
    said = [one.start for one in case.draft.sentences if apologises(one.low) or owns(one.low)]
    reflected = [one.reflect.start for one in case.parts.values() if one.reflect and one.reflect.start not in fixes]
    return min(said + reflected, default=len(case.draft.text) + 1)


def _is_fix(case: Case, one: Sentence) -> bool:
    """Return whether a sentence does something for them, and does not only tell what was done to them."""
    tells = len(one.stems & case.matching.told) >= SAID_BACK
    return acts(one.low, case.brief.stage == "offer") and (not tells or bool(HELPS.search(one.low)))


def _candidates(words: str) -> str:
    stops = words_in("en", "stop_words")
    found = words_of(words)
    named = [
        words[start:end]
        for word, start, end in zip(found.normal, found.starts, found.ends, strict=True)
        if word.isalnum() and word not in stops and (len(word) > 3 or word.isdigit())
    ]
    return ", ".join(list(dict.fromkeys(named))[:CANDIDATES])


CHECKS: tuple[Check, ...] = (reflect_missing, claim_without_reflect, solution_before_person)
