"""Offers: one, a choice of several, one that does not fit, and a gesture beyond the remedy."""

from collections.abc import Iterator

from amends.language.checks.offers import CHOICE, CLOSED_OR
from amends.language.deeds import CLAUSE, NOT_DONE, acts
from amends.language.draft import Sentence, details
from amends.language.pattern import Pattern
from amends.language.sorry import apologises
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

KINDS = {
    "refund": Pattern(
        r"\b(?:won't charge|not charge|invite you back|your \d+ back|pay (?:\w+ ){0,3}?out\b|(?:\d+|euros|pounds"
        r"|money|rest|half) (?:\w+ ){0,2}?goe?s? back|foot the|settle (?:the|their|your|his|her) (?:bill|invoice)"
        r"|(?:firm|specialist|company|team|somebody"
        r"|man|woman|crew) (?:round|over|out) to|refund\w*|money back|reimburs\w+|(?:pay|paying|paid|send|sending"
        r"|put|putting|give|giving|get|have|has"
        r"|is|back) (?:[\w€£$.,]+ ){0,5}?back"
        r" (?:to|on|in|onto|into|today|tomorrow|by|this|now)\b|fee back|back in full|(?:cancel|cancell|void|revers"
        r"|drop|remov|waiv|strik|scrap|delet|wip)\w*"
        r" (?:\w+ ){0,3}?(?:charge|fee|invoice|bill|penalty|fine|\d+|cost)\w*|charge (?:is|gets|will be"
        r"|has been) (?:\w+ )?(?:off|gone|cancelled|reversed|removed)"
        r"|pay (?:you )?(?:back|for)|(?:we|i) (?:will )?pay|paid by us|(?:at|on) our (?:cost|expense|account)"
        r"|bill to us|no cost to you|in cash|(?:i'm|we're|i|we|i'll|we'll|i've|we've)(?: just| now)? (?:pay|paying"
        r"|paid|transferr\w+|hand|handing) (?:\w+ ){0,4}?(?:\d+|back|cash|bill)|(?:\d+|money|fee|fine|charge|deposit"
        r"|euros|pounds|hire|reminder) (?:\w+ ){0,5}?(?:is|are|'s|will be|goes?|comes?|gets?) (?:\w+ )?(?:gone"
        r"|cancelled|back|off|refunded|transferred|waived|void|struck|yours|wiped|paid)|pay (?:\w+ ){0,2}\d+"
        r"|sent (?:it|the \w+|\d+) back|transferred today|cover (?:the|your|all|any)|compensat\w+)\b"
    ),
    "replacement": Pattern(
        r"\b(?:replac\w+|new (?:\w+ ){0,2}?(?:one|pair|unit|set|\w+) (?:to|at|by|on|is|for|today|tomorrow|free|sent)"
        r"|another (?:one|pair|unit|set|table|room|car|copy|date|slot|day|time|seat|bed)|temporary|new ones?"
        r"|plant\w* (?:a|the|new)|bring(?:s|ing)? (?:you )?(?:a|an|the|two|three|forty|new|over)|exchange\w*|swap\w*"
        r"|spare|loan\w*|courtesy|lend\w*|substitute|a (?:fresh|new|second)|brand new)\b"
    ),
    "repair": Pattern(
        r"\b(?:repair\w*|fix(?:ed|ing|es)?|mend\w*|restor\w+|patch\w*|engineer|technician|electrician|plumber|fitter"
        r"|mechanic)\b"
    ),
    "redo": Pattern(
        r"\b(?:re-?(?:do|doing|make|print|bake|paint|cut|fit|run|book|issue|take|lay|clean|wash|grind|polish)\w*"
        r"|(?:do|make|clean|run|cut|colour|fit|print) (?:it|them|the \w+) (?:\w+ )?(?:again|afresh)|tone)\b"
    ),
    "delivery": Pattern(
        r"\b(?:deliver\w*|courier\w*|(?:bring|send|drop|post|ship|dispatch|drive)\w* (?:\w+ ){0,4}?(?:today|tonight"
        r"|tomorrow|round|over|express|overnight|to your|by|on)|re-?send\w*|on its way)\b"
    ),
    "correction": Pattern(
        r"\b(?:correct\w*|amend\w*|put (?:\w+ ){1,3}right|chang\w+ (?:the|your|it)|reinstat\w+|unblock\w*"
        r"|unlock\w*|reactivat\w*|reopen\w*|re-?open\w*|switch\w* (?:\w+ )?back|lift\w* the)\b"
    ),
    "credit": Pattern(
        r"\b(?:credit\w*|knock\w* (?:\w+ ){0,4}?off|deduct\w*|discount\w*|(?:take|taking|took"
        r"|taken) (?:\w+ ){0,5}?off\b(?! (?:him|her|them|the (?:shelf|ice|floor|app|rota)))|off (?:your"
        r"|the) (?:next |monthly )?(?:bill|invoice|rent|fee|price|order)|half (?:the )?price|\d+ ?(?:%"
        r"|per ?cent) off|reduc\w+ (?:the|your))\b"
    ),
    "callback": Pattern(r"\b(?:call|ring|phone) you\b"),
    "explanation": Pattern(r"\b(?:explain\w*|explanation|find out (?:why|how|what))\b"),
    "apology_letter": Pattern(
        r"\b(?:letter of apology|apology (?:letter|in writing)|written apology|write (?:\w+ )?(?:a letter|to your))\b"
    ),
    "service": Pattern(
        r"\b(?:upgrade\w*|move you|room (?:at|on|with|for)|hotel|taxi|cab|slot|appointment|visits?|(?:came|come"
        r"|comes) to you|come (?:round|out|over|by|in|back)|free (?:place|seat|lesson|session)|seats?|places?|table"
        r"|lesson|session|at your door|with you (?:on |this |by )?(?:\w+day|tomorrow|today|in)|(?:do|fix|make|sew"
        r"|cut|clean|finish) (?:it|them) (?:while you wait|for you|now|tonight|today|free|properly|myself)"
        r"|picks? you up|free in \w+ minutes|locksmith|save the|men with|(?:three|two|four) of us on|space"
        r"|reserve\w*|hold (?:a|the|your)|book (?:you|a)|(?:set|sort|arrange)\w* (?:\w+ )?(?:up|for you))\b"
    ),
}
GIVES = Pattern(
    r"\b(?:(?:is|are) on (?:its|their) way|(?:comes?|goes|go|picks|plants|rings) |there (?:are|is)|at your door"
    r"|paid by us|is cancelled|is gone"
    r"|he's with|she's with|we're with|(?:i|we)(?:'ll| will|'m| am|'re| are| can| could|'d| would|'ve| have| may)"
    r"|you(?:'ll| will| can| could| may| get| have| choose| keep|'re getting| pick| decide| pay nothing)"
    r"|we pay|(?:brings?|gets?|opens|sends?|collects|delivers|goes|swaps|fits|is (?!looking|working|trying)\w+ing) "
    r"|(?:is|are|it's|comes?|goes"
    r"|there's|there is) (?:\w+ )?(?:yours|free|back|off|on us|a|an|ready|with you|coming|going|on its way|cancelled"
    r"|refunded|reversed|gone|out)"
    r"|(?:will|'ll|to) be (?:\w+ )?\w+|either|or (?:i|we|you|the|a|all|your)|let me|shall i|(?:i|we) (?:suggest"
    r"|offer|propose)|what i can (?:do|offer)|(?:has|have) been \w+ed|happy to|here's what|how about"
    r"|would you like)\b"
)
GESTURE = Pattern(
    r"\b(?:(?:a )?(?:small |little )?something in your|is free for you|a free (?:\w+ ){0,2}\w+ (?:as well|too"
    r"|on top)|on top of (?:that|it|this)\b|as (?:a|an|our|my) (?:\w+ ){0,2}?(?:gesture|thank|thanks|apology|sorry"
    r"|sign"
    r"|small)|gesture|voucher\w*|gift\w*|complimentary"
    r"|on (?:us|me|the house)\b(?! (?:that|not))|our treat|my treat|goodwill|free (?:month|coffee|drink|dessert"
    r"|night|week|meal|breakfast|dinner|lunch|bottle|service|wash|ticket|tickets|delivery|year|class)"
    r"|(?:month|week|night|year|lesson|session|coffee|meal|dinner|breakfast|second|first|next \w+) (?:\w+ )?(?:free"
    r"|on us|is on us|for free|for nothing)|no charge for|(?:waiv|knock)\w* (?:\w+ ){0,4}?(?:fee|charge|delivery"
    r"|call-?out|off)"
    r"|(?:either way|also|as well|too|besides|in addition|plus|and i(?:'m| am| will|'ll))\b[^.!?\n]{0,40}\b(?:take"
    r"|taking|knock\w*|off|bottle|flowers|chocolates?|hamper|box|basket|credit)"
    r"|(?:be|come (?:back )?as) our guests?|(?:present|treat|something small|small thing|(?:that's"
    r"|that is)) from (?:me|us)|a (?:small|little) (?:thing|something) from|(?:flowers|chocolates|hamper|bottle of"
    r"|loyalty points|bonus)\b|thrown in|as our (?:\w+ )?guests?|won't charge (?:you )?(?:for|anything)"
    r"|(?:you|you'll|you will) (?:won't |don't )?pay (?:a penny|nothing))\b"
)
ASKED_OFFER = Pattern(
    r"\b(?:(?:can|could|may|shall|should) (?:i|we) (?:\w+ )?(?:offer|send|give|refund|replace|book|move|bring|put"
    r"|arrange|pay|credit|come|write to your"
    r"|fix|repair|swap|exchange|deliver|collect|invite|make|cover|switch|change|drop|post|rebook|waive|reschedule"
    r"|treat|set|get you|take it)\b"
    r"|how about (?:a|an|the|we|i|if)\b|what if (?:i|we)\b|would you (?:like|accept|take|be (?:happy|open|ok"
    r"|okay) (?:with|to)|prefer) (?:a|an|the|us|me|our|your|to (?:have|get|come|keep|swap|move|choose))\b"
    r"|do you want (?:a|the|your|us|me)\b|would it (?:help|be \w+) if (?:i|we|our)\b|(?:does|would|is|will) (?:a"
    r"|an) (?:\w+ ){1,6}?(?:help|suit|work|do|be)\b|(?:i|we)'ve got\b)"
)
FOR_KNOWING = Pattern(
    r"\b(?:move on|bring (?:her|him|them) in|tell me|to know|explain|to hear|your (?:\w+ )?(?:number|name|details"
    r"|address|email)|a (?:question|photo|picture)|ask)\b"
)
NEAR = 3
FOR_THEIR_WORD = Pattern(
    r"^(?:and |so )?(?:which(?:\?| (?:one|of|would|do|is|sounds?|fits|suits|feels|works)\b)|what (?:would"
    r"|do) you (?:say|think|prefer)|would (?:you like )?(?:that|either|this|one)|does (?:that|this|either|one)"
    r"|how does (?:that|this)|is (?:that|this) (?:ok|okay|all right|fair|right for)|(?:ok|okay|fine"
    r"|all right) (?:for|by|with) you)"
)
TALK = Pattern(r"\b(?:call|ring|phone|write|text|message|ask|check|tell|look|find out|speak|have i)\b")
NEVER = Pattern(r"\b(?:no way|nothing (?:we|i|more)|more than i)\b")
ON_TOP = Pattern(r"\bon top of (?:that|it|this)\b")
FREE = Pattern(r"\b(?:for free|free of charge|at no (?:extra )?(?:charge|cost)|without charge)\b")
MAY_HAVE = Pattern(r"\byou (?:can|could|may) (?:\w+ )?(?:have|keep|choose|pick|take)\b")
NO_GESTURE = Pattern(
    r"\bdepend\w* on (?:us|me)\b|\b(?:that|this|it|which|mistake|fault|one)(?:'s| is| was)(?: all| entirely"
    r"| \w+)? on (?:us|me)\b|\bbased on us|\bgift card (?:was|is|were|that)|\b(?:your|the|her|his) (?:gift"
    r"|voucher)\b[^.!?]{0,30}\b(?:was|did|never|didn't)"
)
NO_GIVING = Pattern(
    r"\b(?:(?:come back to|drop|message) you|tell me|always looking|look into|see what|try to|check (?:with|if"
    r"|whether)|get back|pass (?:it|this)|find out)\b"
)
SEVERAL = Pattern(
    r"\b(?:either\b|two (?:things|ways|options|choices)|three (?:things|ways|options)|option (?:one|two|a|b|1|2)"
    r"|whichever|one or both|(?:you )?(?:can|could) choose|^or (?:the|a|i|we|all|your|you)\b|your choice"
    r"|or if you(?:'d)? (?:rather|prefer)|alternatively|or instead|or else)"
)
WHICH = Pattern(r"^(?:and |so )?which(?:\?| (?:one|of|would|do|is|sounds?|fits|suits|feels|works)\b)")
OR = Pattern(r"\bor\b(?! (?:so|not|more|less|two|three|something|anything|any|whether|later|no|sooner|even))")


def putting_right(turn: Turn) -> Iterator[Heard]:
    """Offer_one, offer_options or offer_mismatch, and goodwill."""
    missed = [at for at in range(len(turn.sentences)) if misfits(turn, at)]
    yield from (one for at in missed[:1] for one in turn.heard(Move.OFFER_MISMATCH, at))
    offers = [at for at, one in enumerate(turn.sentences) if offered(one) and at not in missed]
    free = {at for at, one in enumerate(turn.sentences) if FREE.search(one.low) and offers[:1] < [at]}
    gestures = [at for at, one in enumerate(turn.sentences) if at not in missed and (gestured(one) or at in free)]
    yield from (turn.plain(Move.GOODWILL, at) for at in gestures[:1])
    offers = offers or agreed_to(turn)
    real = [at for at in offers if at not in gestures or _is_more(turn.sentences[at])]
    if real:
        yield from turn.heard(_of(turn, real), real[0])


def _is_more(one: Sentence) -> bool:
    """Return whether a sentence with a gesture also offers what is due."""
    return bool(kinds_in(one) - {"credit", "service"}) or is_choice(one)


def agreed_to(turn: Turn) -> list[int]:
    """Return the sentences that do something, where the last question asks which they would rather have."""
    asked = next((at for at, one in enumerate(turn.sentences) if FOR_THEIR_WORD.search(one.low)), 0)
    near = range(max(0, asked - NEAR), asked)
    return [at for at in near if _does(turn.sentences[at])]


def _does(one: Sentence) -> bool:
    return (acts(one.low, offer=True) or "ACT" in one.heard.says) and not (apologises(one.low) or TALK.search(one.low))


def misfits(turn: Turn, at: int) -> bool:
    """Return whether a sentence gives what the scenario says does not fit, and more of that than of the remedy."""
    issue = turn.fits(at, "mismatch")
    if issue is None or not GIVES.search(turn.sentences[at].low):
        return False
    shared, words = turn.shared(at, issue, "mismatch"), details(turn.scene.scenario.issue(issue).mismatch)
    return 2 * shared >= len(words) and shared > turn.shared(at, issue, "remedy")


def offered(one: Sentence) -> bool:
    """Return whether a sentence offers a remedy."""
    if is_asked_offer(one):
        return True
    if one.low.endswith("?") and not OR.search(one.low):
        return False
    if apologises(one.low) or NO_GIVING.search(one.low):
        return False
    clauses = [
        clause for clause in CLAUSE.split(one.low) if clause and not (NOT_DONE.search(clause) or NEVER.search(clause))
    ]
    if any(MAY_HAVE.search(clause) for clause in clauses):
        return True
    return any(GIVES.search(clause) and kinds_of(clause) - {"callback", "explanation"} for clause in clauses)


def is_asked_offer(one: Sentence) -> bool:
    """Return whether a question offers something."""
    asks = one.low.endswith("?") and ASKED_OFFER.search(one.low)
    return bool(asks) and not FOR_KNOWING.search(one.low)


def gestured(one: Sentence) -> bool:
    """Return whether a sentence gives something beyond the remedy."""
    if ON_TOP.search(one.low) and not (GIVES.search(one.low) and kinds_in(one)):
        return False
    clauses = [clause for clause in CLAUSE.split(one.low) if clause and not NOT_DONE.search(clause)]
    return any(GESTURE.search(clause) for clause in clauses) and not NO_GESTURE.search(one.low)


def kinds_in(one: Sentence) -> frozenset[str]:
    """Return the kinds of remedy a sentence speaks of."""
    return kinds_of(one.low)


def kinds_of(low: str) -> frozenset[str]:
    """Return the kinds of remedy that words in lower case speak of."""
    return frozenset(name for name, pattern in KINDS.items() if pattern.search(low))


def _of(turn: Turn, offers: list[int]) -> Move:
    ones = [turn.sentences[at] for at in offers]
    if _is_mismatch(turn, offers, ones):
        return Move.OFFER_MISMATCH
    asked = any(WHICH.search(one.low) for one in turn.sentences)
    return Move.OFFER_OPTIONS if asked or any(is_choice(one) for one in ones) else Move.OFFER_ONE


def is_choice(one: Sentence) -> bool:
    """Return whether a sentence sets one way beside another."""
    return bool(SEVERAL.search(one.low) or (OR.search(one.low) and CHOICE.search(CLOSED_OR.sub(" ", one.low))))


def _is_mismatch(turn: Turn, offers: list[int], ones: list[Sentence]) -> bool:
    """Return whether nothing that is offered is of a kind that fits the issue."""
    fitting = [turn.scene.scenario.issue(name) for at in offers for name in turn.about(at) if name]
    if not any(one.remedy_kinds for one in fitting):
        return False
    stems = frozenset[str]().union(*(one.stems for one in ones))
    wanted = {kind for one in fitting for kind in one.remedy_kinds}
    offered_kinds = frozenset[str]().union(*(kinds_in(one) for one in ones))
    return not offered_kinds & wanted and not any(details(one.remedy) & stems for one in fitting)
