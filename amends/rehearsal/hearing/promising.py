"""Promises: who does what by when, vaguely, more than anybody can keep, and to look again afterwards."""

from collections.abc import Iterator

from amends.language.deeds import CLAUSE
from amends.language.draft import Sentence
from amends.language.pattern import Pattern
from amends.language.sorry import apologises
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.putting_right import is_choice, offered
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

CLOCK = Pattern(
    r"\b(?:(?:by|before|at|until|till|around|about|after|from|between) (?:the end of |close of |half (?:past )?"
    r"|quarter (?:past|to) )?(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|o'clock|sharp))?|noon|midday|midnight|lunch\w*"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|tonight|today|tomorrow|(?:this|next) \w+"
    r"|\w+day|the \d{1,2}(?:st|nd|rd|th)|close of business|end of)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|tomorrow|tonight|this (?:morning|afternoon|evening|week|minute"
    r"|hour)|today|right (?:now|away)|straight ?away|immediately|within (?:the |\w+ )?(?:next )?(?:\w+ )?(?:minutes?"
    r"|hours?|days?|hour)"
    r"|in (?:\d+|an?|one|two|three|five|ten|fifteen|twenty|thirty|half an|the next) (?:\w+ )?(?:minutes?|hours?"
    r"|days?|hour)|\d{1,2}:\d\d|\d{1,2} ?(?:am|pm)|(?:on )?the \d{1,2}(?:st|nd|rd|th)|next (?:week|month|working day)"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|while (?:we|you|i) (?:speak|write|type|wait|hold|are)|end of (?:the )?(?:day|week)"
    r"|first thing)\b"
)
WHO = (
    r"(?:(?:i|we|he|she|they|it|that|you|there|who)(?:'ll| will|'m|'re| am| are|'ve| have|'s| is| has)"
    r"|(?:[a-z]+ ){0,3}[a-z]+(?: will|'ll| is| has| comes?| goes| rings| calls| brings| starts| leaves| collects"
    r"| delivers| arrives| lands| turns up| picks)"
    r"|i |we |and (?:then )?(?:call|ring|phone|write|text|email|send|bring))"
)
DEED = Pattern(
    rf"\b{WHO}(?: \w+){{0,6}}? ?\b(?:call|ring|phone|text|write|email|mail|send|sending|sent|bring\w*|go|going|come"
    rf"|comes|coming|round|book\w*|booked|arrang\w+|pay\w*|paid|refund\w*|credit\w*|deliver\w*|collect\w*|pick\w*"
    r"|check\w*|look\w*|speak\w*|spoken|ask\w*|tell\w*|told|post\w*|ship\w*|dispatch\w*|fix\w*|repair\w*|replac\w+"
    r"|correct\w*|cancel\w*|revers\w+|put\w*|have|be|with you|on your|back|do|doing|get|give|giving|make|making"
    r"|mak\w+|start\w*"
    r"|walk\w*|driv\w+|meet\w*|fetch\w*|order\w*|issu\w+|transfer\w*|mov\w+|open\w*|clos\w+|releas\w+|remov\w+"
    r"|updat\w+|confirm\w*|let you know|hand\w*|carry|carri\w+|print\w*|bak\w+|stand\w*|find\w*|land\w*|arriv\w+"
    r"|ready|done|there|reinstat\w+|restor\w+|unlock\w*|fit\w*|keep\w*|hold\w*)\b"
)
DOES = Pattern(
    r"\b(?:rings?|calls?|phones?|comes?|brings?|meets?|picks?|collects?|delivers?|starts?|goes|go|opens?|arrives?"
    r"|leaves?|joins?|visits?|drives?|fits?|sits?|stays?|gets?|looks?|writes?|sends?|checks?|connects?|texts?|hands?"
    r"|takes?|puts?|repairs?|replaces?|(?:are|is|'s|'re) (?:with you|there|at your|back|on|booked|due|coming|ready)"
    r"|hear from|there (?:are|is))\b"
)
SOMEBODY = Pattern(
    r"(?:^|[ ,;])(?!Our |The |Your |My |We |It |This |That |They |You |He |She |These |Those |What |Every |Each "
    r"|Since |From |There )(?:Mr |Mrs |Ms |Dr )?[A-Z][a-zà-ÿ]+ (?:[A-Z][a-zà-ÿ]+ )?(?:now )?(?:keeps|sees|loosens"
    r"|takes|holds|joins|waits|opens|does|makes|installs|measures|prints|bakes|reads|sits|stands|drives|runs|covers"
    r"|cooks|cleans|greets)\b"
)
VAGUE = Pattern(
    r"\b(?:(?:look|looking|looks) (?:into|at) (?:it|this|that|the|your)|get back to you|be in touch|get in touch"
    r"|in (?:due course|a bit|a while|the near future|time)|as soon as|asap|shortly|soon(?:ish|est)?\b"
    r"|at some (?:point|stage)|hopefully|near future|working on (?:it|this)|have a word|when(?:ever)? (?:we|i"
    r"|someone) (?:can|get|have|has|hear)\b|as and when|some ?time|later(?: on)?\b"
    r"|see what (?:i|we) can do|do (?:my|our) (?:very )?best|try (?:my|our) best|(?:i|we)(?:'ll| will) (?:try|see)\b"
    r"|some(?:one|body) (?:will|from|should|is going|can)|earliest (?:opportunity|convenience)|before (?:too )?long"
    r"|one of these days|one day (?:this|next)|promptly|when (?:we|i) get round|when things|normal course"
    r"|every so often|a (?:colleague|member|specialist|manager) (?:will|of|should)|the (?:\w+ )?(?:team|department"
    r"|people|office) (?:will|should|is|are)"
    r"|let you know(?! (?:by|on|at|before|which|what|today|tomorrow))|keep you (?:posted|updated|informed)"
    r"|being (?:looked|dealt|processed|investigated|reviewed|worked)|sort (?:it|this|something|that) (?:out)?|(?:in"
    r"|with)in (?:a few|some|several|the coming|the next few)|these things take|should (?:hear|be sorted"
    r"|get|arrive|be fine)|any day|next few days|pass (?:it|this|that|your) (?:\w+ )?(?:on|along|to)|forward (?:it"
    r"|this|that|your)|make a note|i'll (?:chase|check|look|see|try|sort|ask)(?: (?:it|this|that|around"
    r"|them))?[.,!]?$)"
)
NEVER_AGAIN = Pattern(
    r"\b(?:never have a problem|trust me|bank on (?:it|that)|promised!|no question about it|(?:a|one) hundred years"
    r"|hand in the fire"
    r"|definitely (?:\w+ )?(?:have|be|get|fix|work|going)|(?:won't|never) (?:see|notice) (?:any|a|the) (?:difference"
    r"|thing)|exactly like (?:new|before|the old)|(?:nothing|no \w+) will ever|all perfect|everyone passes"
    r"|won't fail|don't you worry|(?:never|not|n't)(?: ever)? (?:\w+ )?(?:happen|occur|see|have|go wrong|be late"
    r"|miss)\w*(?: \w+){0,4} again|(?:100|hundred) ?(?:%|per ?cent)|guarantee\w*|i (?:swear|promise you)"
    r"|you have my word|whatever (?:you (?:want|like|need|ask)|it (?:takes|costs))|anything you (?:want|like|ask)"
    r"|everything you want|(?:no matter|regardless of) (?:what|how)"
    r"|(?:free|covered|guaranteed) for life|the rest of your life|forever|absolutely (?:perfect|certain|nothing)"
    r"|perfect from now|nothing (?:will|can) (?:ever )?go wrong|double (?:your|the) money|ten times|free for (?:life"
    r"|ever)|always be|every single time|from now on (?:everything|it) (?:will|is)|in (?:an hour|five minutes"
    r"|ten minutes) (?:tops|max|flat)|consider it done|without fail|cross my heart|believe me"
    r"|i'll personally see to it that (?:no|every|nothing))"
)
NO_SURETY = Pattern(
    r"\b(?:can't|cannot|can not|won't|will not|don't|do not|couldn't|not|no one can|nobody can"
    r"|unable to) (?:\w+ ){0,2}(?:guarantee|promise|swear|say)\b|\bguarantee (?:period|card|claim|has|had|was|is)\b"
    r"|\b(?:under|your|the|manufacturer's) guarantee\b"
)
LATER_ON = Pattern(
    r"\b(?:(?:i'll|i will) (?:knock|look in|stop by|come by|pop in)\b[^.!?\n]{0,40}\b(?:see|check|ask|hear)"
    r"|check on (?:this|it|you|that) again|(?:we'll|we will) speak again|come back to you (?:on|at|by)|(?:i|we|and"
    r"|then|she|he)(?:'ll| will|'m going to| am going to)?(?: \w+){0,3}? (?:call|ring|phone|write"
    r"|text|email|drop|message|check|come|look|give|visit|follow|be in touch|get in touch|contact|look in"
    r"|speak)\w*\b[^.!?\n]{0,90}?"
    r"\b(?:to (?:check|see|hear|make sure|ask|find out|confirm|tell you|say|be sure|know)|whether|if (?:it|the"
    r"|everything|you|that|all|they)|how (?:it|you|the|things|everything|she|he|they)|that (?:it|everything"
    r"|all) (?:\w+ )?(?:is|has|went|arrived|worked|came)|and ask|check (?:in|back|that|if|whether)|with (?:what|news"
    r"|the result|an update)|even if|so (?:that )?you know)"
    r"|follow(?:ing)?[- ]?up|check(?:ing)? (?:back|in|up)|look in again|(?:call|ring|phone|text|write|email"
    r"|message)\w* (?:you |to you )?(?:\w+ )?(?:back|again|myself|personally)|give you a (?:ring|call|bell|shout)"
    r"|update you|(?:phone|call|ring|write|message|text) (?:to )?you (?:\w+ )?(?:with the|with what"
    r"|at (?:\w+), (?:found|whether)|to say)|you(?:'ll| will) (?:hear from me|get a (?:message|call|mail|text))"
    r"|from me what)\b"
)


def promising(turn: Turn) -> Iterator[Heard]:
    """Commit, vague_commit, overpromise and follow_up."""
    for at, one in enumerate(turn.sentences):
        yield from _over(turn, at, one)
        if follows_up(one):
            yield turn.plain(Move.FOLLOW_UP, at)
        if commits(one, turn.text[one.start : one.end]):
            yield from turn.heard(Move.COMMIT, at)
        elif is_vague(turn, one):
            yield from turn.heard(Move.VAGUE_COMMIT, at)


def commits(one: Sentence, raw: str) -> bool:
    """Return whether a sentence says who does what by when."""
    if one.low.endswith("?") or apologises(one.low) or (offered(one) and is_choice(one)):
        return False
    clauses = [clause for clause in CLAUSE.split(one.low) if clause]
    if SOMEBODY.search(raw) and CLOCK.search(one.low) and not LATER_ON.search(one.low):
        return True
    return any(
        CLOCK.search(one) and (DEED.search(one) or DOES.search(one)) and not LATER_ON.search(one) for one in clauses
    )


def follows_up(one: Sentence) -> bool:
    """Return whether a sentence says that somebody will look again at a time."""
    return bool(LATER_ON.search(one.low)) and bool(CLOCK.search(one.low)) and not one.low.endswith("?")


def is_vague(turn: Turn, one: Sentence) -> bool:
    """Return whether a sentence promises with no time or nobody's name."""
    if one.low.endswith("?"):
        return False
    if turn.remarked("C19", one):
        return True
    if CLOCK.search(one.low) or offered(one) or apologises(one.low):
        return False
    return bool(VAGUE.search(one.low) or turn.remarked("C20", one))


def _over(turn: Turn, at: int, one: Sentence) -> Iterator[Heard]:
    found = NEVER_AGAIN.search(one.low) and not NO_SURETY.search(one.low)
    if (found or turn.remarked("C21", one)) and not one.low.endswith("?"):
        yield from turn.heard(Move.OVERPROMISE, at)
