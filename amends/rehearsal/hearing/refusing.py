"""Saying no, and handing over: flat or fair, cold or warm."""

from collections.abc import Iterator

from amends.language.checks.offers import refusal
from amends.language.draft import Sentence
from amends.language.pattern import Pattern
from amends.language.sorry import owns
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

NO = Pattern(
    r"(?:^(?:(?:no|nope)[.!]?$|sorry,? no\b|i'm afraid (?:not|no)\b|absolutely not\b|certainly not\b|not possible\b"
    r"|impossible\b|(?:so|and) no\b)|\bso no[.!]?$"
    r"|\b(?:that's impossible|out of the question|there(?:'s| is) no (?:compensation|refund|discount|way|money)"
    r"|(?:won't|wouldn't|not) be possible|no way (?:we|i) (?:can|could)|more than (?:i|we) can|(?:not able"
    r"|unable) to (?!thank|imagine)|nothing (?:more |else )?(?:we|i|that|to) (?:can|could|be done|do)|no (?:refunds?"
    r"|exceptions?|exchanges?"
    r"|returns?)|that's (?:it|final|that|not possible|just (?:how|the way)|our policy|the (?:policy|rule|rules"
    r"|contract))"
    r"|(?:isn't|is not) (?:mine|ours) to|(?:we|i)(?: \w+)? (?:can't|cannot|can not)\b|only (?:the |dr |mr |mrs "
    r"|ms )?\w+ (?:may|can|decides?)\b|(?:we|i|you)(?:(?: \w+)? (?:won't|will not|don't|do not|are not able to"
    r"|am not able to|are unable to|am unable to|couldn't|not allowed to)|'re not able to|'m not able to"
    r"|'m unable to) (?:\w+ ){0,2}?(?:give|refund|replace|do|pay|take|offer|cancel|change|make|waive|get|return"
    r"|promise (?:it|that|you)|say yes|run|book|move|let|extend|accept|bring|redo|reopen|honou?r|exchange|cover"
    r"|compensate|help|send|put|reach|hand|release|tell|reverse|have|reduce|go)"
    r"|(?:isn't|is not|not|aren't|are not) (?:\w+ )?(?:possible|covered|eligible|entitled|refundable|an option"
    r"|available|our problem|allowed|something we)|non-?refundable|our (?:policy|rules|terms)|the (?:policy|rules"
    r"|contract|terms|system|law) (?:is|are|say|says|doesn't|does not|won't|don't)|(?:is|are) excluded|end of story"
    r"|have priority|no say (?:over|in)|first come|policy is policy|rules are rules|out of (?:the )?(?:warranty"
    r"|guarantee|time)|too late)\b)"
)
NOT_A_NO = Pattern(
    r"\bcan't put (?:it|that)|\bno nicer|\b(?:can't|cannot|won't|can not|couldn't|don't|do not) (?:\w+ )?(?:imagine"
    r"|thank|apologi|believe|understand|know|remember|think|blame|want|pretend|argue|worry|wait|need|have to"
    r"|be (?:told|put|right)|make that up|say (?:sorry|how)|make it (?:good|undone)|undo)|\bno excuse|\bno wonder"
    r"|\byou're right, i can't|\bcan't (?:read|see) (?:the|their|every|a map)|\bcan't go on\b|\b(?:day|time"
    r"|promise) i (?:couldn't|can't)"
)
WAY_ON = Pattern(
    r"\b(?:(?<!nothing )(?<!no way )(?<!nothing more )(?<!all )(?:what )?(?:i|we) (?:can|could|will"
    r"|do have)\b(?! not|'t)|(?:i"
    r"|we)(?:'ll|'ve|'m|'re|'d)\b(?! (?:afraid|sorry|only|just|not))|(?:i|we) have (?!to)|instead|but there(?:'s"
    r"| is)|there(?:'s| is) (?:\w+ ){0,3}free|you (?:can|may|could)\b(?! have (?:asked|\w+ed))|either|ombudsman"
    r"|appeal|if you like|by (?:\w+day|noon|\d)|or (?:the|a|i|we)\b)"
)
SENDS_AWAY = Pattern(
    r"\b(?:(?:that's|it's|that is) (?:something|a question|a case|one) for|can't help (?:you )?with (?:this"
    r"|that),? (?:go|call|ask|try)|there(?:'s| is) a hotline|write to info|go to the (?:manager|office|desk|counter"
    r"|website)|(?:dealt with|run|handled) (?:at|by) (?:the|our|another|a) |point of contact|sit with|don't deal with"
    r"|(?:a )?question for (?:them|him|her)|wrong extension|try \d{2,5}|(?:you(?:'ll| will|'d| would"
    r"|'ve)? ?(?:\w+ )?(?:have to|need to|got to|best|better|must|should|want to|can) (?:\w+ )?(?:call|ring|phone"
    r"|contact|email|write to|speak (?:to|with)|go to|ask|try|take (?:it|that|this) up with|get in touch with"
    r"|reach(?: out to)?|talk to|raise (?:it|that|this) with|fill|use|log))\b (?!me\b|us\b|back|any|again|if|when)"
    r"|(?:^|please |just |then |, |or |kindly )(?:call|ring|contact|phone|email|write to|speak to|try|ask"
    r"|turn to) (?:the (?!bell)|our|your|head|customer|billing|sales|support|them|another|0\d|\d{3})"
    r"|(?:not|isn't|wasn't|aren't) (?:\w+ )?(?:my|our|this) (?:\w+ )?(?:department|desk|area|job|team|responsibility"
    r"|branch|line|side|counter)|wrong (?:department|number|line|desk|team|person|counter)|(?:different|another"
    r"|other|separate) (?:department|team|desk|office|branch|company|number|line|counter)"
    r"|we(?:'re| are) (?:only|just) (?:the )?\w+|(?:i(?:'ll| will|'m| am|'m going to)|let me|i have to"
    r"|i need to) (?:just )?(?:going to )?(?:put|transfer|pass|connect|forward|hand|redirect|send)(?:ting|ring|ing"
    r"|ting)? (?:you|this|it) (?:\w+ )?(?:through|over|on|to|back)|transfer you\b|(?:putting|transferring|passing"
    r"|connecting"
    r"|redirecting) you|(?:that|this|it)(?:'s| is) (?:a matter for|for|handled by|dealt with by|with|up to|down to"
    r"|one for|billing|sales|accounts|the \w+ (?:team|department|office))\b"
    r"|(?:hold|stay) (?:on )?(?:the line|please)|press \d|extension \d|opening hours|the number is|open (?:til|till"
    r"|until)|fill (?:in|out) (?:the|our|a) (?:\w+ )?form|use the (?:\w+ )?(?:form|portal|website|app))"
)
TAKES_ALONG = Pattern(
    r"\b(?:with your (?:whole|full) (?:story|file|case)|taking (?:this|it) to (?:our|my|the) (?:director|manager"
    r"|boss|head|owner)|(?:i(?:'ve|'ll|'m|'d| will| have| am)|i|let me|can i) (?:\w+ ){0,3}?(?:tell|told|telling"
    r"|brief\w*|give"
    r"|given|giving|explain\w*|written|write|writ\w+|send\w*|sent|show\w*|pass\w*|hand\w*|put|fill\w*|go|going"
    r"|walk\w*|read|shar\w+|forward\w*|stay\w*)\b[^.!?\n]{0,70}?\b(?:everything|fully|whole|file|what (?:you|the"
    r"|happened|has)|your (?:story|case|notes|words|messages)|so (?:that )?(?:you|they|she|he)|notes|summary|story"
    r"|it all|the details|(?:him|her|them) (?:about|what|the)|on the line|until)"
    r"|(?:won't|don't|needn't|not|without|never) (?:\w+ )?(?:have to |need to |having to )?(?:\w+ )?(?:repeat\w*"
    r"|start\w* (?:again|over|from)|tell\w* (?:it|the|everything|your|all) (?:\w+ ){0,3}?(?:again|twice)"
    r"|explain\w* (?:\w+ ){0,3}?again|go(?:ing)? (?:through|over) (?:it|this|that|everything|all))|stay (?:on"
    r"|with) the line|(?:you )?needn't (?:begin|start|go|tell|say|repeat)|knows (?:it|it's|that|about)"
    r"|introduc\w+ (?:you|myself)|fetch (?:her|him|them|my)|bring(?:ing)? (?:in )?(?:my|our|her|him|in|the)|(?:she"
    r"|he|they) (?:knows?|has|have|already) (?:\w+ )?(?:everything|all|the whole|your|read|what))\b"
)
HIGHER = Pattern(
    r"\b(?:manager|supervisor|boss|lead|head|director|owner|chief|team leader|specialist|expert|senior|pharmacist"
    r"|chef|principal|mr|mrs|ms|dr|colleague|escalat\w+|in charge|decide[sd]?|may (?:decide|approve)|allowed to"
    r"|authori\w+|ombudsman)\b"
)
NAME = Pattern(
    r"^[A-Z][a-zà-ÿ]+ (?:runs|is|has|will|knows|leads|decides|can|looks)\b|(?<=[a-z,:'] )(?!I\b|I')[A-Z][a-zà-ÿ]{2,}"
)


def handing_over(turn: Turn) -> Iterator[Heard]:
    """Transfer_cold where they are sent away, escalate_warm where somebody takes their story along."""
    warm = [at for at, one in enumerate(turn.sentences) if _is_warm(turn, at, one)]
    yield from (turn.plain(Move.ESCALATE_WARM, at) for at in warm[:1])
    if warm:
        return
    for at, one in enumerate(turn.sentences):
        found = SENDS_AWAY.search(one.low)
        if found and not one.low.endswith("?") and not _to_oneself(one, found.start()):
            yield turn.plain(Move.TRANSFER_COLD, at)


def refusing(turn: Turn) -> Iterator[Heard]:
    """Refuse_fair with a reason and a way on, else refuse_flat."""
    for at, one in enumerate(turn.sentences):
        if one.low.endswith("?") or NOT_A_NO.search(one.low) or owns(one.low):
            continue
        if NO.search(one.low) or refusal(one) or turn.remarked("C10", one):
            fair = _way_on_near(turn, at)
            yield from turn.heard(Move.REFUSE_FAIR if fair else Move.REFUSE_FLAT, at)


def _is_warm(turn: Turn, at: int, one: Sentence) -> bool:
    near = turn.sentences[max(0, at - 2) : at + 3]
    someone = any(HIGHER.search(other.low) or NAME.search(turn.text[other.start : other.end]) for other in near)
    return bool(TAKES_ALONG.search(one.low)) and someone


def _to_oneself(one: Sentence, start: int) -> bool:
    return "to me" in one.low[start:] or "call me" in one.low


def _way_on_near(turn: Turn, at: int) -> bool:
    return any(WAY_ON.search(one.low) for one in turn.sentences[max(0, at - 1) : at + 3])
