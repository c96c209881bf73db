"""C06 to C10, C19, C20 and C23: phrases that push away, each a word list in lexicons/en."""

from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.checks.offers import refusal
from amends.language.deeds import CAN_DO, WHEN, acts
from amends.language.draft import Sentence
from amends.language.excuses import excuses, spoken
from amends.language.lexicon import Hit
from amends.language.pattern import Pattern
from amends.language.sorry import owns
from amends.language.words import Span

PROMISES = Pattern(r"\b(?:will|'ll|by|within|until|going to|is|are)\b")
NAME = Pattern(
    r"(?<=[a-z,:] )(?!I\b|I'|Mon|Tues|Wed|Thur|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|[A-Z]{2})[A-Z][a-zà-ÿ]{1,}"
)
BELITTLES = Pattern(
    r"\b(?:it(?:'s| is| was)|they(?:'re| are)|that(?:'s| is| was)|we(?:'re| are) talking (?:about )?)(?: just"
    r"| only| merely)? (?:a |an |some )?\w+(?: \w+)?, not"
    r" (?:a |an |the )?\w+|\b(?:no|without) (?:big )?(?:drama|deal|biggie|harm|fuss)\b(?! (?:to|of|from))"
    r"|\b(?:quite|perfectly|only|completely) (?:natural|normal)"
    r" (?:to (?:be|feel)|that you)|\b(?:would have|was|were) (?:\w+ ){0,5}anyway\b|\bno(?:body|\s?one)(?:'s| is"
    r"| was) (?:coming|going|trying|out) to\b"
    r"|\bmolehill\b|\byou(?:'ll| will) (?:laugh|live|survive|get over|manage|cope)\b|\bhardly (?:a|an|the|worth)\b"
    r"|\bnot (?:exactly )?(?:the end|a matter of life)\b"
)
GRANTS = Pattern(
    r"\byou(?:'re| are| were) (?:certainly |really |by no means )?(?:not|never) (?:being |at all |in the least )?"
    r"(?:over-?react|unreasonable|exaggerat|dramatic|making|asking (?:for )?too much|wrong to|imagining|silly|fussy)"
    r"|\b(?:every|good) (?:right|reason|cause) to (?:be|feel)\b"
)
CONFIRMS = Pattern(
    r"\b(?:you(?:'re| are| were) (?:\w+ )?(?:right|correct)|(?:is|was|are|were) (?:\w+ )?(?:true|right|correct"
    r"|wrong on our side)|(?:he|she|it|they|you) did\b"
    r"(?! not)|you did (?:book|order|pay|send|tell|call|write)|i believe you|we believe you|as you (?:said|say"
    r"|wrote|described)|just as you|exactly (?:as|what) you"
    r"|bears? (?:it|you|this) out|confirms? (?:it|this|that|what you|your|every)|(?:screen|system|record|records"
    r"|log|list) (?:is|was|are|were) wrong|because we"
    r"|we lost|one of us|i see it|i have (?:it|his|her|your) |that matches|no reason to doubt"
    r"|take your word(?! with)|need no proof|without (?:any )?proof)"
)
NEAR = 2


def excuse(case: Case) -> Iterator[Remark]:
    """C06: a reason why it is not our problem."""
    for at in range(len(case.draft.sentences)):
        for place in excuses(case.draft.sentences, at):
            yield Remark("C06", place)


def blame(case: Case) -> Iterator[Remark]:
    """C07: it is put on the customer."""
    yield from _found(case, "C07", "reply_blame")


def doubt(case: Case) -> Iterator[Remark]:
    """C08: they are not believed."""
    for number, one, hit in _hits(case, "reply_doubt"):
        if not is_confirmed(case, number):
            yield Remark("C08", _place(one, hit))


def calm_down(case: Case) -> Iterator[Remark]:
    """C09: they are told how to feel."""
    yield from _found(case, "C09", "reply_calm")
    for one in case.draft.sentences:
        if (found := BELITTLES.search(one.low)) and not one.of("reply_calm"):
            yield Remark("C09", Span(one.start + found.start(), one.start + found.end()))


def policy_wall(case: Case) -> Iterator[Remark]:
    """C10: a closed door, with nothing that can be done within two sentences."""
    for number, one in enumerate(case.draft.sentences):
        if can_do_something(case, number):
            continue
        places = [_place(one, hit) for hit in spoken(one, "reply_wall")]
        refused = refusal(one)
        yield from (Remark("C10", place) for place in places or ([refused] if refused else []))


def vague_when(case: Case) -> Iterator[Remark]:
    """C19: soon, and no time anywhere in the message."""
    if not names_a_time(case):
        yield from _found(case, "C19", "reply_soon")


def vague_who(case: Case) -> Iterator[Remark]:
    """C20: someone will."""
    for _, one, hit in _hits(case, "reply_someone"):
        if not NAME.search(case.draft.spoken[one.start : one.end], 1):
            yield Remark("C20", _place(one, hit))


def filler(case: Case) -> Iterator[Remark]:
    """C23: words that promise care and say nothing."""
    yield from _found(case, "C23", "reply_filler")


def is_confirmed(case: Case, at: int) -> bool:
    """Return whether what they told is confirmed in this sentence or the next, or owned in it."""
    near = case.draft.sentences[at : at + 2]
    return any(CONFIRMS.search(other.low) for other in near) or owns(case.draft.sentences[at].low)


def is_granted(case: Case, at: int) -> bool:
    """Return whether a sentence says that what they feel is not too much: the opposite of telling them how to feel."""
    return GRANTS.search(case.draft.sentences[at].low) is not None


def can_do_something(case: Case, at: int) -> bool:
    """Return whether something is done or can be done within two sentences."""
    near = case.draft.sentences[max(0, at - NEAR) : at + NEAR + 1]
    return any(CAN_DO.search(other.low) or acts(other.low) for other in near)


def names_a_time(case: Case) -> bool:
    """Return whether any sentence of the draft names a time at which something will be."""
    return any(WHEN.search(_without_vague(one)) and _promises(one) for one in case.draft.sentences)


def _without_vague(one: Sentence) -> str:
    """The sentence with its vague times left out: "any day now" names no day."""
    low = one.low
    for hit in one.of("reply_soon"):
        low = low[: hit.start - one.start] + " " * (hit.end - hit.start) + low[hit.end - one.start :]
    return low


def _promises(one: Sentence) -> bool:
    return bool(PROMISES.search(one.low))


def _found(case: Case, check: str, name: str) -> Iterator[Remark]:
    for _, one, hit in _hits(case, name):
        yield Remark(check, _place(one, hit))


def _hits(case: Case, name: str) -> Iterator[tuple[int, Sentence, Hit]]:
    for number, one in enumerate(case.draft.sentences):
        for hit in spoken(one, name):
            yield number, one, hit


def _place(one: Sentence, hit: Hit) -> Span:
    return Span(hit.start, hit.end)


CHECKS: tuple[Check, ...] = (excuse, blame, doubt, calm_down, policy_wall, vague_when, vague_who, filler)
