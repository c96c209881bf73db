"""C06 to C10, C19, C20 and C23: phrases that push away, each a word list in lexicons/en."""

from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence
from amends.language.lexicon import Hit
from amends.language.moves import CAN_DO, WHEN, acts, excuses, spoken
from amends.language.pattern import Pattern
from amends.language.words import Span

PROMISES = Pattern(r"\b(?:will|'ll|by|within|until|going to|is|are)\b")
NAME = Pattern(
    r"(?<=[a-z,:] )(?!I\b|I'|Mon|Tues|Wed|Thur|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|[A-Z]{2})[A-Z][a-zà-ÿ]{1,}"
)
NEAR = 2


def excuse(case: Case) -> Iterator[Remark]:
    """C06: a reason why it is not our problem."""
    for at, one in enumerate(case.draft.sentences):
        for hit in excuses(case.draft.sentences, at):
            yield Remark("C06", _place(one, hit))


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
    if not any(WHEN.search(_without_vague(one)) and _promises(one) for one in case.draft.sentences):
        yield from _found(case, "C19", "reply_soon")


def vague_who(case: Case) -> Iterator[Remark]:
    """C20: someone will."""
    for _, one, hit in _hits(case, "reply_someone"):
        if not NAME.search(case.draft.spoken[one.start : one.end], 1):
            yield Remark("C20", _place(one, hit))


def filler(case: Case) -> Iterator[Remark]:
    """C23: words that promise care and say nothing."""
    yield from _found(case, "C23", "reply_filler")


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
