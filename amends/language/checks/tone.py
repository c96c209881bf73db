"""C06 to C10, C19, C20 and C23: phrases that push away, each a word list in lexicons/en."""

from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence
from amends.language.lexicon import Hit
from amends.language.moves import CAN_DO, WHEN, acts
from amends.language.pattern import Pattern
from amends.language.words import Span

RETOLD = Pattern(
    r"\b(?:should (?:not|never) have|shouldn't have|never have|wrong (?:to|of)|not right|told you"
    r"|telling you|said to you"
    r"|you were told|no one should|nobody should|not acceptable|isn't acceptable|not going to|won't"
    r"|will not|rather than"
    r"|instead of|not (?:because|an? \w+ of)|did not|didn't|no excuse|not an excuse|doesn't mean"
    r"|nothing to do with)\b"
)
DENIED = Pattern(r"\b(?:not|never|no|n't|nor|isn't|wasn't|don't|doesn't|cannot|can't) (?:\w+ ){0,1}$")
PROMISES = Pattern(r"\b(?:will|'ll|by|within|until|going to|is|are)\b")
NEAR = 2
REACH = 120


def excuse(case: Case) -> Iterator[Remark]:
    """C06: a reason why it is not our problem."""
    yield from _found(case, "C06", "reply_excuse")


def blame(case: Case) -> Iterator[Remark]:
    """C07: it is put on the customer."""
    yield from _found(case, "C07", "reply_blame")


def doubt(case: Case) -> Iterator[Remark]:
    """C08: they are not believed."""
    yield from _found(case, "C08", "reply_doubt")


def calm_down(case: Case) -> Iterator[Remark]:
    """C09: they are told how to feel."""
    yield from _found(case, "C09", "reply_calm")


def policy_wall(case: Case) -> Iterator[Remark]:
    """C10: a closed door, with nothing that can be done within two sentences."""
    for number, one, hit in _hits(case, "reply_wall"):
        near = case.draft.sentences[max(0, number - NEAR) : number + NEAR + 1]
        if not any(CAN_DO.search(other.low) or acts(other.low) for other in near):
            yield Remark("C10", _place(one, hit))


def vague_when(case: Case) -> Iterator[Remark]:
    """C19: soon, and no time anywhere in the message."""
    if not any(WHEN.search(one.low) and _promises(one) for one in case.draft.sentences):
        yield from _found(case, "C19", "reply_soon")


def vague_who(case: Case) -> Iterator[Remark]:
    """C20: someone will."""
    yield from _found(case, "C20", "reply_someone")


def filler(case: Case) -> Iterator[Remark]:
    """C23: words that promise care and say nothing."""
    yield from _found(case, "C23", "reply_filler")


def _promises(one: Sentence) -> bool:
    return bool(PROMISES.search(one.low))


def _found(case: Case, check: str, name: str) -> Iterator[Remark]:
    for _, one, hit in _hits(case, name):
        yield Remark(check, _place(one, hit))


def _hits(case: Case, name: str) -> Iterator[tuple[int, Sentence, Hit]]:
    for number, one in enumerate(case.draft.sentences):
        for hit in one.of(name):
            at = hit.start - one.start
            before = one.low[max(0, at - REACH) : at]
            if not RETOLD.search(before) and not DENIED.search(before):
                yield number, one, hit


def _place(one: Sentence, hit: Hit) -> Span:
    return Span(hit.start, hit.end)


CHECKS: tuple[Check, ...] = (excuse, blame, doubt, calm_down, policy_wall, vague_when, vague_who, filler)
