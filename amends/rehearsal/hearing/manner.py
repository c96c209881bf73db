"""How a trainee speaks: inviting, interrupting, thanking, setting a boundary, in words of the house."""

from collections.abc import Iterator

from amends.language.pattern import Pattern
from amends.language.words import Span
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

INVITES = Pattern(
    r"(?:(?:^|[,.;:] )(?:(?:please|do|just|and|then|yes|ok|okay|right)[, ]+)*(?:go on|carry on|keep going"
    r"|keep talking)(?=[,.;!?]|$| (?:please|i))|\b(?:please|do) (?:go on|carry on|keep going)\b)|\b(?:"
    r"what happened (?:next|then|after that)|(?:and )then(?: what)?\?|(?:please|do) (?:go ahead|continue)"
    r"|go ahead(?:[,.!]|$)"
    r"|tell me,? (?:please,? )?(?:how|about|where)\b(?=[^?]*$)|let me know everything|(?:tell"
    r"|give) me (?:\w+ )?(?:more|everything"
    r"|all of it|all about|it all|the rest|the whole (?:thing|story)"
    r"|in your own|from the|as much|about it|about (?:your|the) (?:day|week|evening|morning|night|trip|stay|rest))"
    r"|tell me,? (?:please,? )?what (?:it was|that was|happened then|else|came)"
    r"|i'?m (?:all ears|listening|still listening|here,|here to listen|here and listening)(?! (?:because))"
    r"|take (?:all )?(?:your|the) time|as long as you (?:need|like|want)"
    r"|i(?:'d| would)? (?:like|want|love)? ?to (?:hear (?:\w+ )?(?:it|more|the|how|what|all|about|everything|you out"
    r"|that)|listen)|i want (?:to know |to hear )?all of it|listening to (?:the rest|you|all)"
    r"|(?:walk|talk|take) me through|what was (?:it|that) like|start (?:from the|wherever|with whatever|anywhere)"
    r"|(?<!we )(?<!i )(?:get|let) it (?:all )?(?:out|off)|say (?:a bit |some |little )?more|don't hold back"
    r"|what else (?:happened|went|is|was|should)|(?:is there )?anything else (?:you|that|i|on)"
    r"|i won't interrupt|i(?:'ll| will) (?:just )?listen|finish (?:your|what you)|let me hear|mm-?h+m+|uh-?huh)\b"
)
ALSO_SAID = Pattern(
    r"\b(?:let me stop|stop you|hold on|hang on|go on about|anything else i can|as long as you need to pay"
    r"|tell me the whole history|don't tell|no need to|don't (?:go|keep)|before you|need to (?:go|carry) on)\b"
)
INTERRUPTS = Pattern(
    r"\b(?:^stop,? stop|one thing at a time|skip to|cut you off|(?:need|have) to be quick|(?:not"
    r"|let's not) go (?:through|over) (?:all )?(?:that|this|it)(?: all)? again|enough (?:detail|details)\b"
    r"|heard (?:it|that|all that)(?: all)?(?: before)?[.!]?$|(?:let me|can i|may i"
    r"|i(?:'ll| will| have to|'m going to| must| need to)) (?:just )?(?:stop|interrupt"
    r"|cut) (?:you|in)"
    r"|stop(?: you)? (?:right )?there|(?:sorry to|must|to|let me|have to|need to) (?:interrupt|jump in|butt in|cut in)"
    r"|hold (?:on|it)(?= (?:a|one|right|there|please)|[,.!]|$)|hang on(?= a| hang|[,.!]|$)|wait,? wait|one sec\b"
    r"|cut it short|next caller|slow down|cut to the chase|get(?:ting)? to the point"
    r"|(?:come|stick) to the point|the point (?:please|being)|what(?:'s| is) (?:the|your) point"
    r"|(?:keep|make) (?:it|this) (?:short|brief|quick|snappy)|(?:be|please be) (?:brief|quick)"
    r"|(?:the )?short version|long story short|in (?:one|a) (?:sentence|nutshell|word)\b(?! of)|bottom line"
    r"|(?:other|more|next) (?:\w+ )?(?:callers?|customers?|people|guests?|calls?|chats?|tickets?)"
    r" (?:\w+ )?(?:waiting|in the queue|in line|behind|to (?:get|serve|deal))"
    r"|(?:calls|customers|callers|guests) (?:\w+ )?(?:waiting|holding|queu\w+)\b"
    r"|(?:don't|do not|haven't|have not|no) (?:have |got )?(?:\w+ )?(?:all day|all night|time (?:for|to)|the time"
    r"|much time|long)\b"
    r"|(?:i(?:'ve| have)? (?:only )?(?:got |have )?(?:\w+ )?(?:two|one|five|\d+) (?:minutes?|seconds?))\b"
    r"|(?:skip|spare me|leave out|never mind|forget|don't need|don't want|not interested in|enough of|enough with"
    r"|without)"
    r" (?:\w+ )?(?:the|all the|all that|your|that) (?:\w+ )?(?:story|stories|details?|history|background|drama|speech"
    r"|rest|rant|preamble|life)"
    r"|don't tell me (?:the|all|every)|(?:not|no) (?:the )?(?:whole|full|entire) (?:\w+ )?(?:story|history)"
    r"|(?:yes|yeah|yep|ok|okay|right|sure|fine)[,.]? (?:yes|yeah|yep|ok|okay|right|sure|fine|i (?:get|got) (?:it"
    r"|that|the))"
    r"|i (?:get|got) (?:it|the (?:picture|gist|idea))(?=[,.!]|$)|we(?:'ve| have) (?:been|already been|heard|covered)"
    r" (?:over|through|all|this|that)"
    r"|(?:let's|can we|could we|we need to|i need to|let us) (?:just |please )?(?:move (?:on|along)|wrap|speed|hurry"
    r"|get (?:on|going|this (?:over|done))|stick|be quick|keep)"
    r"|moving (?:on|along)|hurry up|quickly(?: now)?,? please|let me finish|you(?:'ve| have) (?:said"
    r"|made) (?:that|it|your point)"
    r"|no need to (?:go on|continue|explain|tell|repeat)|i know (?:all that|already)|you(?:'re| are) (?:going on"
    r"|rambling|repeating)|already (?:said|told me) that|(?:^|[,.] )just answer|no need for the (?:whole|full"
    r"|entire)|another call\b)\b"
)
TALKED_OVER = Pattern(r"\b(?:calm down|relax)\b[^.!?\n]{0,60}\b(?:callers?|point|listen|quiet|slow)\b")
THANKS = Pattern(
    r"\b(?:thank(?:s|ful)?|grateful|cheers|(?:i|we) (?:\w+ )?appreciate (?:that|you|your|it|the|this|how))\b"
)
NO_THANKS = Pattern(
    r"\b(?:be (?:thankful|grateful)|no thanks|no thank|thanks to (?:the|our|a|you)|don't thank|thankfully"
    r"|not (?:\w+ )?thank|no need to thank"
    r"|nothing to thank|thank (?:god|goodness|heavens)|would (?:appreciate|be grateful))\b"
)
BOUNDS = Pattern(
    r"\b(?:(?:won't|will not|don't|not) (?:like to )?be spoken to|name-?calling aside|(?:leave"
    r"|put) [^.!?\n]{1,30} aside|(?:leave|keep|drop|stop|without|cut|lose|please|ask(?:ing)?|can't|cannot|can not"
    r"|don't|do not|won't"
    r"|will not|no|not|if|but|end|rather|need|must|let's|and|unless|as long as|only)\b[^.!?\n]{0,70}?"
    r"\b(?:insults?|insulting|swear\w*|cursing|name[- ]?calling|names|abus(?:e|ive)|shout(?:ing)?|yell(?:ing)?"
    r"|call(?:ing)? (?:me|us|my \w+|her|him|anyone|people|them|each other) (?:\w+ )?(?:\w+)"
    r"|(?:that|this|such|your|bad|those) (?:kind of )?(?:language|tone|words)|(?:be|stay|keep it|remain"
    r"|talk) (?:\w+ )?(?:civil|polite"
    r"|respectful|friendly)|rude\w*|respectful\w*|disrespect\w*|(?:with|some|mutual) respect|speak to (?:me"
    r"|us) (?:like|that|this|in)|talk to (?:me|us|my \w+) (?:like|that)"
    r"|(?:get|make it|getting) personal|personal(?:ly)? (?:attacks?|remarks|comments)|attack(?:ing|s|ed)? (?:me|us|my)"
    r"|threat(?:s|en(?:ing)?)?|remarks (?:on|about))\b)"
    r"|\bplease,? no (?:more )?\w+|\bno more of (?:those|that|these|this)|\b(?:leave"
    r"|keep) (?:the )?[\w ]{1,24} out of (?:it|this)|\b(?:don't|do not) (?:speak|talk) (?:\w+ ){0,5}like that"
    r"|\b(?:idiots?|morons?|cretins?|scum|pigs?|liars?|clowns?|toads?|crooks?|thie(?:f|ves)|bastards?|scammers?"
    r"|stupid|insult\w*)\b[^.!?\n]{0,12}\bplease\b|\blet (?:it|that) be the last|\b(?:do|talk) without\b"
)
NO_BOUND = Pattern(
    r"\bno reason to|\bnames (?:you|we|on|of)\b|\bname on|\bthe name\b|\byour name|\bfull names?"
    r"|\bcall(?:ing)? (?:me|us) (?:back|on|any|at|when|if|direct|again|to"
    r"|tomorrow|today|between|before|after|straight|first|in|for|the)\b|\b(?:i|we) (?:was|were) rude|\brude of (?:us"
    r"|me)"
    r"|\bsorry\b[^.!?]{0,40}\brude"
)
OWN_WORDS = Pattern(
    r"\b(?:sla|slas|tier[- ]?(?:1|2|3|one|two|three)|l[123] (?:support|team)|crm|erp|rma|kpi|eta|etd|poc|sku|t&cs?"
    r"|tos|gtc"
    r"|pursuant|aforementioned|hereby|herein|hereto|therein|heretofore|notwithstanding|accrues?|adjudicat\w+"
    r"|chargebacks?"
    r"|root[- ]cause(?: analysis)?|backend|back-end|workflow|provision(?:ed|ing)|ticket(?:ing)? (?:system|queue|status)"
    r"|your (?:case|ticket) (?:has been|is|was) (?:\w+ )?(?:escalated|logged|queued|routed|triaged|assigned)"
    r"|(?:escalat\w+|rout(?:ed|ing)|queu(?:ed|eing|ing)|triag\w+) (?:to|by|per|via|the) (?:\w+ )?(?:tier|level|queue"
    r"|dept|desk|matrix|l\d)"
    r"|stakeholders?|touch ?points?|deliverables?|remediat\w+|reconcil\w+|matrix|mandate|sop|sops"
    r"|fulfil+ment (?:node|centre|center|pipeline)"
    r"|cross[- ]dock\w*|last[- ]mile|force majeure|indemni\w+|liability (?:clause|waiver)|sub-?clause"
    r"|clause \d[\d.]*|section \d[\d.]*|paragraph \d[\d.]*|per (?:our|the) (?:records|t&cs?|terms|policy|sop"
    r"|protocol|guidelines?)"
    r"|in accordance with|with (?:reference|regard|respect) to|non-?compliant|out[- ]of[- ]scope|in[- ]scope|bandwidth"
    r"|sync(?:hronis\w+|ed|ing)? (?:with|to|job|error|issue)|api|sso|dns|dhcp|firmware|latency|cpe|ont|olt|olo|dslam"
    r"|mpan|mprn"
    r"|parameter\w*|datasets?|null|flag(?:ged)? (?:as|in|on) (?:the|our)|status (?:code|flips?|field)|code \d+|pnr|gds"
    r"|delta|ncr|8d|capa|fmea|cpk|ppap|incoterms?|bol|lsp|wms|tms|edi|batch job|cron)\b"
)
ATTACKS = Pattern(
    r"\b(?:you(?:'re| are|r)? (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:idiots?|morons?|stupid|dumb|liars?|pathetic|crazy"
    r"|clowns?|fools?"
    r"|losers?|imbeciles?|jerks?|whiners?|cheapskates?|nuts|ridiculous)"
    r"|(?:shut|stfu)(?: the \w+)? ?(?:up)|piss off|bugger off|get lost|go (?:to hell|away)|f+u+c+k\w*|screw you|wtf"
    r"|(?:stupid|dumb|crazy|idiotic) (?:\w+ )?(?:customers?|people|cow|old|woman|man)|moron|whatever,? (?:loser"
    r"|karen)|stop whining"
    r"|get a life|grow up|cry (?:me|about|more)|nobody (?:likes|cares about) you|i don't (?:give a|care))\b"
)


def listening(turn: Turn) -> Iterator[Heard]:
    """Listen: they are only invited to go on."""
    for at, one in enumerate(turn.sentences):
        found = INVITES.search(one.low)
        if found and not ALSO_SAID.search(one.low):
            yield turn.plain(Move.LISTEN, at)


def interrupting(turn: Turn) -> Iterator[Heard]:
    """Interrupt: they are cut off or hurried."""
    yield from _said(turn, Move.INTERRUPT, INTERRUPTS)


def thanking(turn: Turn) -> Iterator[Heard]:
    """Thank: they are thanked for something."""
    yield from _said(turn, Move.THANK, THANKS, NO_THANKS)


def bounding(turn: Turn) -> Iterator[Heard]:
    """Boundary: they are asked to stop insulting."""
    yield from _said(turn, Move.BOUNDARY, BOUNDS, NO_BOUND)


def house_words(turn: Turn) -> Iterator[Heard]:
    """Jargon: words that only the house understands, as C30 finds them and those of a list."""
    for at, one in enumerate(turn.sentences):
        remark = turn.remarked("C30", one)
        if (remark and remark != Span(one.start, one.end)) or OWN_WORDS.search(one.low):
            yield turn.plain(Move.JARGON, at)


def attacks(turn: Turn) -> bool:
    """Return whether the words attack the customer."""
    return any(ATTACKS.search(one.low) for one in turn.sentences)


def _said(turn: Turn, move: Move, pattern: Pattern, unless: Pattern | None = None) -> Iterator[Heard]:
    for at, one in enumerate(turn.sentences):
        found = pattern.search(one.low)
        if found and not (unless and unless.search(one.low)):
            yield turn.plain(move, at)
