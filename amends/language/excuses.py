"""Reasons why it is not our problem, and whether a phrase is the agent's own meaning."""

from collections.abc import Iterator

from amends.language.draft import Sentence
from amends.language.lexicon import Hit
from amends.language.pattern import Pattern
from amends.language.sorry import owns
from amends.language.words import Span

GENERAL = Pattern(
    r"^(?:dear [^,.!?]{1,40}, |[a-z]+ [a-z]+, |[a-z]+, )?(?:and |but |well, |also, )?(?!(?:our|your|my|the|these"
    r"|those|his|her|its|their|this|that|i|we"
    r"|you|both|all|two|three|four|five|six|seven|eight|nine|ten|sorry|thanks|best|kind|warm|what|as|if|when"
    r"|please|there|it|apologies|regards)\b)"
    r"(?:[a-z]{3,} )?(?!(?:this|was|us|thanks|sorry|apologies|regards|yes|always|always|has|does|its|is|days|hours"
    r"|minutes|weeks|euros|pounds)\b)"
    r"[a-z]{3,}s (?:(?:in|at|on|of|with|from) (?:\w+ ){1,2})?(?:simply |just |also |really |do |only )?(?:are"
    r"|aren't|don't|never|always|often|usually|sometimes"
    r"|tend|happen|change|can|can't|will|vary|depend|get|take|die|break|come|go|run|lay|have (?!been (?:sent"
    r"|refunded|told|booked))|do\b|leave|fail|shrink|fall)\b"
)
BEARING = Pattern(
    r"\b(?:your|refund\w*|today|tomorrow|on us|sent|sorry|apolog\w+|thank\w*|enclosed|attached|attend|yours)\b|\d"
)
OTHER_FAULTS = frozenset({"reply_blame", "reply_wall", "reply_filler", "reply_doubt", "reply_calm"})
SPEAKS_OF_US = Pattern(r"\b(?:i|we|our|my|me|you)\b")
NOT_SO = Pattern(
    r"(?:you(?:'re| are)|this is|that is|that's|it's|it is|it was|(?:this|that|it) (?:isn't|wasn't)) (?:\w+ )?not? "
)
REACH = 120
RETOLD = Pattern(
    r"\b(?:should (?:not|never) have|shouldn't have|never have|wrong (?:to|of)|not right|(?:told|telling|tell) you"
    r"|said to you|you were told|no one should|nobody should|not acceptable|isn't acceptable|not going to (?:say"
    r"|tell|hide)"
    r"|(?:won't|will not|wouldn't|would not|do not|don't|cannot|can't|could not|couldn't) (?:\w+ )?(?:say|tell"
    r"|claim|call|hide"
    r"|blame|pretend|ask you|write|use|promise|guarantee|argue)|rather than|instead of|not (?:because|an? \w+ of)"
    r"|no excuse|not an excuse|doesn't mean|nothing to do with|far from|as if|told (?:me|us|that)|(?:he|she|they"
    r"|agent|man|lady"
    r"|colleague|driver) (?:said|wrote|told|called|claimed)|to (?:say|hear|call|read|be told) (?:that|it|now)"
    r"|you(?:'ve| have)"
    r" (?:heard|been told)|even (?:if|though)|whether or not|were you to)\b"
)
DENIED = Pattern(
    r"\b(?:not|never|no|n't|nor|isn't|wasn't|don't|doesn't|didn't|cannot|can't|needn't|without|nobody|nothing"
    r"|neither|hardly"
    r"|won't|aren't|weren't|haven't) (?:\w+ ){0,2}$"
)
TAKEN_BACK = Pattern(
    r"^[^.;!?\n]{0,60}?\b(?:(?:is|was|are|were|would be|'s) (?:no (?:excuse|reason|comfort|help|consolation|answer"
    r"|way|thing)"
    r"|not (?:an |your |a |the |what|how|good|right|true|acceptable)|wrong|rude|unfair|our (?:worry|job|problem"
    r"|doing|fault)"
    r"|a (?:poor|bad|cheap) \w+|(?:my|our) (?:decision|choice|fee|trade|mistake)|on us|ours|nonsense|unacceptable"
    r"|shabby)|no excuse|not yours|i disagree"
    r"|my colleague said"
    r"|he said|she said|and (?:that's|that is|that was) (?:no|not|wrong|our)|but that(?:'s| is) (?:no|not|our))"
)


def excuses(sentences: tuple[Sentence, ...], at: int) -> tuple[Span, ...]:
    """Return what in a sentence is a reason why it is not our problem; a cause told after owning is none."""
    one = sentences[at]
    if at and owns(sentences[at - 1].low):
        return ()
    hits = [hit for hit in spoken(one, "reply_excuse") if not owns(one.low[: hit.start - one.start])]
    if hits:
        return tuple(Span(hit.start, hit.end) for hit in hits)
    general = GENERAL.match(one.low) and not BEARING.search(one.low) and not owns(one.low)
    if any(hit.label in OTHER_FAULTS for hit in one.hits):
        return ()
    if general and not TAKEN_BACK.search(one.low) and not one.low.endswith("?") and not SPEAKS_OF_US.search(one.low):
        return (Span(one.start, one.end),)
    return ()


def spoken(one: Sentence, name: str) -> Iterator[Hit]:
    """Return the phrases of a list that the agent means: not denied, not retold, not called wrong at once."""
    for hit in one.of(name):
        before, after = one.low[: hit.start - one.start], one.low[hit.end - one.start :]
        if NOT_SO.match(one.low, hit.start - one.start):
            continue
        if not (RETOLD.search(before[-REACH:]) or DENIED.search(before[-REACH:]) or TAKEN_BACK.search(after[:REACH])):
            yield hit
