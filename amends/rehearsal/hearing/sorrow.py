"""Saying sorry: for what went wrong, for nothing in particular, or for how they feel."""

from collections.abc import Iterator

from amends.language.moves import apologises, non_apology_in, owns, says_sorry
from amends.language.pattern import Pattern
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

EMPTY = Pattern(
    r"\b(?:inconveniences?d?|trouble|troubles|confusion|hassle|any (?:\w+ ){0,2}(?:issues?|problems?|delay|upset|stress)"
    r"|the (?:situation|experience|matter|issue|problem)|this (?:situation|experience|matter|issue)|bad experience)\b"
)
ASIDE = Pattern(
    r"\bsorry,? (?:what|who|which|could you|can you|say again|i (?:didn't|did not) (?:catch|get|understand)|to (?:interrupt|jump"
    r"|cut|stop|bother|ask|be blunt)|but (?:i|we|that|it|there|the|you|no)|not (?:my|our)|no\b|nothing)"
    r"|^sorry\?|\b(?:you'll be|you will be|be|feel) sorry\b"
)
OWED = Pattern(r"\b(?:owe|offer|have|make|deserve|take|accept)\w* (?:\w+ )?(?:my|our|an|a)? ?(?:\w+ )?apolog")
NEAR = 2


FEELS = Pattern(r"\b(?:feel|feeling|felt|upset|unhappy|disappointed|frustrated|offended|angry|if|should|may|might|any|perceived?|impression|expect\w*)\b")


def sorrow(turn: Turn) -> Iterator[Heard]:
    """Each apology: named or owned, generic, or none at all."""
    for at, one in enumerate(turn.sentences):
        if not says_sorry(one.low):
            continue
        heard = turn.remarked("C01", one) and FEELS.search(one.low)
        if (non_apology_in(one) or heard) and not _is_owned(turn, at):
            yield from turn.heard(Move.NON_APOLOGY, at)
        elif (apologises(one.low) or OWED.search(one.low)) and not ASIDE.search(one.low):
            yield from turn.heard(Move.APOLOGISE if _names_it(turn, at) else Move.APOLOGISE_GENERIC, at)


def _is_owned(turn: Turn, at: int) -> bool:
    return owns(turn.sentences[at].low) or "OWN" in turn.sentences[at].heard.says


def _names_it(turn: Turn, at: int) -> bool:
    """Return whether an apology names what went wrong, or what stands beside it owns it or says it back."""
    one = turn.sentences[at]
    if turn.named[at] or _is_owned(turn, at):
        return True
    if EMPTY.search(one.low):
        return False
    if len(one.stems) > NEAR:
        return True
    near = range(max(0, at - NEAR), min(len(turn.sentences), at + NEAR + 1))
    return any(_is_owned(turn, here) or turn.overlap(turn.sentences[here].stems) >= NEAR for here in near)
