"""Saying sorry: for what went wrong, for nothing in particular, or for how they feel."""

from collections.abc import Iterator

from amends.language.pattern import Pattern
from amends.language.sorry import apologises, non_apology_in, owns, says_sorry
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

EMPTY = Pattern(
    r"\b(?:inconveniences?d?|trouble|troubles|bother|confusion|hassle|any \w+|the (?:\w+ )?(?:upset|mishap"
    r"|circumstances|unpleasantness|annoyance|occurrence|delay in this regard)|to (?:hear|read|learn) (?:that|this"
    r"|it|about (?:that|this|it))[.,!]?$|about that[.,!]*$"
    r"|the (?:situation|experience|matter|issue|problem)|this (?:situation|experience|matter|issue)|bad experience)\b"
    r"|\bto (?:hear|read|learn) (?:about )?(?:that|this|it)[.,!]*$|\babout that[.,!]*$"
)
ASIDE = Pattern(
    r"\bsorry,? (?:what|who|which|could you|can you|say again|i (?:didn't|did not) (?:catch|get|understand)"
    r"|one (?:sec|moment|second)|just a|wait|hang|to (?:interrupt|jump"
    r"|cut|stop|bother|ask|be blunt)|but (?:i|we|that|it|there|the|you|no)|not (?:my|our)|no\b|nothing)"
    r"|^sorry\?|\b(?:you'll be|you will be|be|feel|saying|say|said|nobody (?:\w+ )?said) sorry\b(?! (?:that|for|we))"
    r"|\bsorry for you\b"
)
OTHERWISE = Pattern(
    r"\b(?:owe|offer|have|make|deserve|take|accept)\w* (?:\w+ )?(?:my|our|an|a)? ?(?:\w+ )?apolog"
    r"|\b(?:forgive (?:us|me)|(?:please )?excuse (?:that|us\b|me for|the circumstances)|(?:my"
    r"|our) (?:\w+ )?apologies|pardon (?:us|me)|sorry,? i (?:can't|cannot) (?:put|say) |sorry to (?:hear|read"
    r"|learn) (?:that|this|it|about)\b)"
)
THEIR_MOOD = Pattern(
    r"\bsorry (?:that |to hear (?:that )?)?you (?:were|are|weren't|aren't|were not|are not|didn't|don't|did not|felt"
    r"|feel) (?:\w+ )?(?:happy|satisfied|pleased|enjoy|like|upset|disappoint\w+|unhappy|annoyed|angry|offended"
    r"|let down|that way|treated|expected)|\b(?:sorry|apologi[sz]e)\b[^.!?\n]{0,40}\b(?:to your (?:liking|taste)"
    r"|your expectations)|\b(?:sorry|apologi[sz]e) if\b"
    r"|^(?:(?:i'm|we're|i am|we are) )?(?:\w+ )?sorry,? but (?:that|it|this|there|you|these|the|those)\b"
)
NEAR = 2


MOOD = Pattern(r"\b(?:if|feel|feeling|felt|upset|unhappy|disappointed|offended)\b")
WHAT_BEFELL = Pattern(
    r"\bsorry (?:that )?you(?: were|'ve been| have been|'ve had| had)? (?:left|kept|told|charged|sent|given|made|put"
    r"|to|stuck|billed|turned|treated|ignored)\b"
)


def sorrow(turn: Turn) -> Iterator[Heard]:
    """Each apology: named or owned, generic, or none at all."""
    for at, one in enumerate(turn.sentences):
        if not says_sorry(one.low) and not OTHERWISE.search(one.low):
            continue
        if is_none(turn, at):
            yield from turn.heard(Move.NON_APOLOGY, at)
        elif (apologises(one.low) or OTHERWISE.search(one.low) or EMPTY.search(one.low)) and not ASIDE.search(one.low):
            yield from turn.heard(Move.APOLOGISE if _names_it(turn, at) else Move.APOLOGISE_GENERIC, at)


def is_none(turn: Turn, at: int) -> bool:
    """Return whether a sentence is sorry for their mood, or only “if”."""
    one = turn.sentences[at]
    if THEIR_MOOD.search(one.low):
        return True
    if EMPTY.search(one.low) and not MOOD.search(one.low):
        return False
    return bool(non_apology_in(one) or turn.remarked("C01", one)) and not (owns(one.low) or WHAT_BEFELL.search(one.low))


def _is_owned(turn: Turn, at: int) -> bool:
    return owns(turn.sentences[at].low) or "OWN" in turn.sentences[at].heard.says


def _names_it(turn: Turn, at: int) -> bool:
    """Return whether an apology names what went wrong, or what stands beside it owns it or says it back."""
    one = turn.sentences[at]
    named = bool(turn.named[at]) or turn.means_all(at) or owns(one.low)
    if turn.remarked("C03", one) or (EMPTY.search(one.low) and not named):
        return False
    if named or _is_owned(turn, at):
        return True
    if len(one.stems) > NEAR:
        return True
    near = range(max(0, at - NEAR), min(len(turn.sentences), at + NEAR + 1))
    return any(_is_owned(turn, here) or turn.overlap(turn.sentences[here].stems) >= NEAR for here in near)
