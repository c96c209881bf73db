"""C17, C18 and C26: a choice, a question for their word on it, and a refusal that begins with what is right."""

from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.draft import Sentence
from amends.language.pattern import Pattern
from amends.language.words import Span

SERIOUS = 2
CHOICE = Pattern(
    r"\b(?:or|either|otherwise|alternatively|whichever|instead you|pick one|choose|choice|options?|one of (?:two"
    r"|three|these"
    r"|the following)|(?:two|three|several|both) (?:ways|things|options|offers|possibilities|routes|roads)"
    r"|any of (?:these|the)"
    r"|if you(?:'d| would)? (?:rather|prefer)|up to you|as you (?:like|prefer)|which(?:ever)? (?:of|one|would|do"
    r"|suits|works)"
    r"|option [ab12])\b"
)
FREELY = Pattern(
    r"\b(?:(?:do|does|did) not (?:need|have) to|(?:don't|doesn't|didn't) (?:need|have) to|no need to|needn't|need not"
    r"|whether or not|either way|unconditional\w*|no strings|no conditions?|without (?:any )?conditions?"
    r"|not (?:tied|linked|bound) to|(?:does|do) not depend on|whatever you (?:write|say|post|decide))\b"
)
CLOSED_OR = Pattern(
    r"\b(?:or so|or not|whether or|one or two|two or three|or more|or less|sooner or later|or (?:trouble|hassle))\b"
)
ASKS = Pattern(
    r"\b(?:which|what (?:do|would|works|suits|'ll|will|is it|say|shall|sits)|what'll|would|does|do (?:you|these"
    r"|they|either|any)"
    r"|is (?:that|this|it|one|either|the|any)|are (?:you|these|those|they|either|we)|may (?:i|we)|shall|can (?:i"
    r"|we|you)"
    r"|could (?:you|i|we|that|this)|will (?:you|that|this|it|one|either)|ok|okay|good for you|all right|alright"
    r"|fair|agreed"
    r"|deal|acceptable|happy|suit|prefer|how (?:does|do|would|about)|sound|any good)\b"
)
ABOUT_IT = Pattern(
    r"\b(?:works?|right|prefer|like|happy|content|ok|okay|agree\w*|sounds?|suits?|choose|fair|acceptable|good"
    r"|better|best|go ahead"
    r"|say|solve|satisf\w+|make up|makes? it|put|closed?|rather|use|enough|help|be|which|one|either|deal|settle\w*"
    r"|pick|take|think"
    r"|accept|feel|do)\b"
)
TELL = Pattern(
    r"\b(?:tell me|tell us|let me know|let us know|write back|reply|answer|just say|say|drop me|give me"
    r"|shout)\b[^.!?\n]{0,40}\b(?:which"
    r"|if (?:that|this|it|you|either|one)|whether|what you|one word|your (?:choice|pick|preference))"
)
NEWS = Pattern(r"^any\b|\bany news\b|\bhow (?:is|are|old)\b|\bwhen\b|\bwhere\b|\bwho\b")
REFUSES = Pattern(
    r"\b(?:(?:can(?:not|'t| not)|could(?: not|n't)|(?:am|are|is) (?:unable|not able)|(?:will|would) not|won't"
    r"|not in a position)"
    r" (?:to )?(?:\w+ ){0,2}?(?:be )?(?:refund\w*|replac\w*|offer\w*|give|grant\w*|waive\w*|accept\w*|pay|paid"
    r"|cover\w*|return\w*|cancel\w*"
    r"|chang\w*|take|taking|taken|exchang\w*|compensat\w*|credit\w*|reimburs\w*|extend\w*|repair\w*|reopen\w*"
    r"|process\w*|make|made|do"
    r"|approve\w*|honou?r\w*|provid\w*|allow\w*|help|reduc\w*|reconsider\w*|agree|release\w*|send|consider\w*"
    r"|move\w*|revers\w*|book\w*)"
    r"|(?:is|are|was|were|be|remains?|stays?|has been|have been|must be|therefore"
    r"|hereby) (?:\w+ ){0,2}?(?:not (?:possible|available"
    r"|refundable|eligible|covered|entitled|due|included|provided|open|an option|foreseen|permitted|allowed"
    r"|transferable|negotiable)"
    r"|non-?\s?refundable|non-?\s?transferable|impossible|excluded|declined|refused|rejected|denied|turned down"
    r"|out of the question"
    r"|ruled out|ineligible|final|closed|void|unavailable|off the table)|that's not possible|isn't possible"
    r"|not possible\b"
    r"|no (?:\w+ ){0,2}(?:is|are|will be|can be) (?:\w+ )?(?:possible|due|payable|given|granted|available|made"
    r"|offered|paid|refunded)"
    r"|(?:there (?:is|will be)|we see|you have|gives|entitles you to) no (?:\w+ ){0,2}(?:refund|credit|entitlement"
    r"|compensation|claim|right|basis"
    r"|grounds?|replacement|exchange|possibility|reduction|discount|money)|(?:has|have) to be paid|must be paid"
    r"|stays? put|stand(?:s)? as"
    r"|remains? (?:payable|due|in place|unchanged|in force)|(?:decline|refuse|reject) (?:your|the|this|to)"
    r"|do(?:es)? not (?:qualify|refund"
    r"|cover|entitle|give|offer|accept|exchange|allow|pay|compensate)|don't (?:refund|do|offer|give|accept"
    r"|exchange|pay|compensate|cover)"
    r"|not entitled|no refunds?)\b|^no[.!]?$"
)
AGREES = Pattern(
    r"\b(?:you(?:'re| are| were)(?: \w+)? right|you have (?:a|every|good) (?:\w+ )?(?:point|reason|right|grounds?"
    r"|cause)|i (?:fully |do |can |quite |well )?"
    r"(?:agree|see (?:why|how|that|your)|understand|know|wish|realise|realize|hear|get|accept|would (?:have|be"
    r"|feel)|'d)|we (?:fully |do |can )?(?:agree|see"
    r"|understand|wish|know)|i'm afraid|i am afraid|sadly|unfortunately|regrettably|alas|fair (?:point|enough"
    r"|question|star|to)"
    r"|understandabl\w+|i'd (?:be|have|feel|rather|love|like)|hard to (?:take|hear)|bitter|not what you (?:hoped"
    r"|wanted)|you had hoped|rightly"
    r"|reasonable|what (?:i|we) can (?:do|offer|give)|instead|but (?:i|we) (?:can|have|could|will)|yet (?:i"
    r"|we) (?:can|have|could)|i have (?:looked"
    r"|asked|checked)|makes sense|matters|perhaps|maybe|as far as i can|i think|it seems|no wonder|disappoint\w+"
    r"|agree with you)\b"
)
NO_REFUSAL = Pattern(
    r"\b(?:can(?:not|'t)|could(?: not|n't)|won't|will not) (?:\w+ )?(?:promise|guarantee|thank|imagine|tell|say"
    r"|find|see|bring back|undo|change what)"
    r"|\bnot (?:the|a|your) (?:\w+ )?reason\b|\bwhy (?:not|can't)\b|\bno longer\b|\bwithout\b[^.!?]{0,40}\bpossible"
)


def one_option_only(case: Case) -> Iterator[Remark]:
    """C17: something serious is to be put right and only one way is offered."""
    if case.brief.stage != "offer" or case.brief.severity < SERIOUS:
        return
    if not any(CHOICE.search(CLOSED_OR.sub(" ", one.low)) for one in case.draft.sentences):
        yield Remark("C17")


def agreement_missing(case: Case) -> Iterator[Remark]:
    """C18: an offer is made and nobody asks whether it is right for the customer."""
    if case.brief.stage == "offer" and not any(_asks_agreement(one) for one in case.draft.sentences):
        yield Remark("C18")


def disagree_softly(case: Case) -> Iterator[Remark]:
    """C26: a refusal with nothing in the draft that agrees, understands or softens."""
    if is_softened(case):
        return
    for one in case.draft.sentences:
        if place := refusal(one):
            yield Remark("C26", place)


def is_softened(case: Case) -> bool:
    """Return whether anything in the draft agrees, understands or softens."""
    return any(AGREES.search(one.low) for one in case.draft.sentences)


def asks_nothing_back(case: Case, at: int) -> bool:
    """Return whether a sentence says that what is given is not tied to anything."""
    return bool(FREELY.search(case.draft.sentences[at].low))


def refusal(one: Sentence) -> Span | None:
    """Return the sentence's place where it refuses something."""
    refused = REFUSES.search(one.low) and not NO_REFUSAL.search(one.low) and not one.low.endswith("?")
    return Span(one.start, one.end) if refused else None


def _asks_agreement(one: Sentence) -> bool:
    if TELL.search(one.low):
        return True
    if not one.low.rstrip("\"')").endswith("?") or NEWS.search(one.low):
        return False
    return bool(ASKS.search(one.low)) and bool(ABOUT_IT.search(one.low))


CHECKS: tuple[Check, ...] = (one_option_only, agreement_missing, disagree_softly)
