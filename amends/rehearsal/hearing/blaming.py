"""Whose fault it was: an excuse, the customer's, somebody else's, or a cause that is told plainly."""

from collections.abc import Iterator

from amends.language.draft import Sentence
from amends.language.excuses import excuses, spoken
from amends.language.pattern import Pattern
from amends.language.reply_parts import HAPPENED
from amends.language.sorry import apologises, owns
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

THEY = (
    r"(?:courier|carrier|driver|supplier|warehouse|lab|laborator\w+|landlord|manufacturer|maker|factory|agency"
    r"|system|software|computer|website|app|colleague|department|night (?:shift|team|porter|staff)|depot|head office"
    r"|bank|post office|royal mail|airline|airport|contractor|subcontractor|installer|engineer|fitter|builder"
    r"|previous \w+|printers?|printing \w+|third party|partner|developer|it (?:team|people|guys|department)"
    r"|sales(?: \w+)?|accounts|billing|logistics|shop|store|branch|reception\w*|kitchen|chef|waiter|temp|trainee"
    r"|intern|new (?:girl|guy|starter|boy|colleague|lad)|other (?:team|shift|branch|office|department|agent|guy)"
    r"|council|government|grid|network|operator|provider|platform|caterer|florist|hotel|school|hospital|doctor"
    r"|neighbou?r|contractors|drivers|couriers|suppliers)"
)
THEIR_FAULT = Pattern(
    rf"\b(?:(?:it's|that's|it is) the \w+ (?:you should|to blame)|(?:my|our) predecessor|i wasn't (?:even )?(?:here"
    rf"|there)|(?:housekeeping|reception|maintenance|sales|accounts|logistics|billing|payroll|customs"
    rf"|it) (?:should have|should've|never|didn't|forgot|always|messed)|(?:the|our|those|that"
    rf"|this) (?:[\w']+ ){{1,3}}(?:is|are) (?:\w+ )?(?:useless|hopeless|slow|chaotic"
    rf"|terrible|unreliable|to blame|incompetent)|, not (?:me|us)\b|it'?s the (?:[\w']+ ){{1,4}}(?:who|that"
    rf"|you want)\b|up to them\b|question for them|(?:he|she|they) did (?:it|that)\b|belongs to|hired in|no say over"
    rf"|i (?:just|only) (?:answer|work|do|sell)|(?:blame|complain to|take it up with|talk to|ask|down to|up to"
    rf"|fault (?:is|was|lies) with|because of|thanks to) (?:the |our |that |those |a )?(?:\w+ )?{THEY}"
    rf"|our (?:\w+ )?{THEY}(?:'s)?(?: \w+){{0,5}}? (?:fault|messed|mess\b|screwed|useless|let us down|always|chaotic"
    rf"|to blame)|(?:the|their|that|those|this|some|a) (?:\w+ )?{THEY}(?:'s)?(?: \w+){{0,5}}? (?:fault|messed|mess"
    rf"|mucked|screwed|forgot\w*|always|never|refus\w+|wouldn't|won't|didn't|did not|doesn't|don't|lost|broke"
    rf"|should have|should've|let us down|slow|useless|late|wrong|mistake|error|responsib\w+|job|problem|doing|blame"
    rf"|failed|fail|keeps?|dropped|ignored|gave us|sent us|told us|made|slipped|caused|left|mixed|botched|damaged)"
    rf"|{THEY}(?:'s| is| are|s are| was| were) (?:\w+ ){{0,3}}?(?:to blame|at fault|responsible|useless|slow"
    rf"|hopeless|terrible|unreliable|always)"
    r"|(?:it|that|this)(?:'s| is| was) (?:\w+ )?(?:always )?(?:them|him\b|(?:their|his|her) (?:\w+ )?(?:mess|fault"
    r"|mistake|job|problem|doing)|not (?:us|me|our|my)|the \w+(?: \w+){0,4} (?:who|that) (?:sent|gave|made|lost"
    r"|broke|forgot|didn't|messed|told|wouldn't)|down to (?:them|him|her|the))|not (?:us|me)[.,!]?$|not by us\b"
    r"|(?:girl|boy|lad|guy|man|woman|lady) (?:on|at|in|from) (?:the|our) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:sold|lost"
    r"|forgot|made|gave|mixed|did|didn't|put|told|took)|,? not us\b|nothing to do with (?:us|me)|wasn't (?:me|us)"
    r"|(?:they|he|she) (?:\w+ )?(?:messed|forgot|lost|screwed|never|always|should have|didn't)\b[^.!?]{0,40}"
    r"|not (?:my|our) (?:\w+ )?(?:fault|mistake|doing)|(?:their|his|her) (?:\w+ )?(?:fault|mistake|job|mess"
    r"|responsibility|problem|doing))\b"
)
NOT_THEIRS = Pattern(
    r"\b(?:sorry|so (?:was i|were we)|off the road|before (?:tomorrow|his|her)|blame us|our (?:\w+ )?error|at fault:"
    r"|we are at fault|no excuse|our (?:own )?(?:fault|mistake|job|responsib\w+)|on us|we should have|we chose"
    r"|still ours|(?<!not )ours)\b"
)
YOURS = Pattern(
    r"\b(?:you signed the (?:form|paper|receipt|note) (?:saying|that|and)|(?:everyone"
    r"|everybody) knows you (?:should\w*|have to|need to|must|can't|don't)|that's on you"
    r"|you (?:\w+ )?(?:should(?: have|'ve) (?:\w+ed|told|read|come|said|kept|paid|gone|known|thought|brought"
    r"|done|been more|spoken|given|sent|put|taken)|shouldn't have (?!had|to|been)|could have (?!been|had|the|a|it"
    r"|your|an|both|one|two|\d)|could've|ought to|failed to|forgot|neglected|must have|might have|didn't (?:read"
    r"|tell|say|check|mention|follow|ask|call|notice|use|fill|give|write|order|do|let|look|keep|bother|answer|pay"
    r"|select|tick|specify|report|respond)|did not|never (?:told|said|asked|mentioned|called|checked|read|paid|gave)"
    r"|chose|agreed|accepted|ticked|clicked|entered|gave (?:us )?the wrong|typed|misread|misunderst\w+|dropped|broke)"
    r"|if you hadn't|if you(?:'d| had) (?:not |only |just )?(?:\w+ed|read|told|come|said|kept|paid|rung|brought|sent"
    r"|given)\b|had you (?:only |not |just )?(?:read|told|checked|called|asked|said|\w+ed)\b|your (?:own )?(?:fault"
    r"|mistake|error|responsib\w+|problem|handwriting|negligence|carelessness)|user error|didn't you (?:read|see"
    r"|check|notice|know)|did you (?:even |actually |not |really )?(?:read|check|follow|look|bother|try|think|turn"
    r"|plug)|have you (?:even |actually )?(?:read|checked|tried)|why (?:didn't|did|don't|haven't) you"
    r"|next time (?:you|read|please|check|just|order|book)|are you sure (?:you|it|that)|(?:most|other"
    r"|normal) (?:people|customers|guests) (?:\w+ )?(?:don't|do|manage|read|know|would|have no|can|never|are)"
    r"|no one else|nobody else (?:has|had|complain\w*)|as (?:clearly |plainly )?(?:stated|written|it says)"
    r"|it clearly says|it says (?:so )?(?:on|in|do not|right)|(?:it(?:'s| is)|was) (?:clearly |all )?(?:in"
    r"|on) the (?:terms|contract|small print|website|label|email|confirmation|instructions|manual))\b"
)
NOT_YOURS = Pattern(
    r"\b(?:you (?:have to|must|need to|will) (?:understand|appreciate)|nothing you could|i could plead"
    r"|you (?:\w+ )?(?:shouldn't|should not|should never) have (?:had|to|been)"
    r"|you should have (?:had|been|got|received|heard|never)|you (?:never|didn't) (?:did|do|picked|chose|ask for"
    r"|asked for|order\w*|deserve|get|have|hear|receive|agree)|you (?:could|must) have (?:been|felt|done without)"
    r"|not your|wasn't your|isn't your|you chose us|you signed up|because we|we (?:never|didn't|should)"
    r"|if you'd (?:like|rather|prefer)|you put (?:it )?(?:well|plainly)|(?:we|i)(?:'ll| will) (?:\w+ )?(?:try|be)"
    r"|you shouldn't (?:have|need))"
)
BUSY = Pattern(
    r"\b(?:that's what (?:it's|they're) like|old (?:building|house|system|pipes)|so (?:it|that) can't be that"
    r"|you (?:have to|must|need to) (?:understand|appreciate|bear in mind)|short of (?:helpers|staff|people"
    r"|hands|drivers)|you know what (?:\w+ ){1,4}(?:are|is) like"
    r"|run by volunteers|with the cuts|(?:a )?hand free|short[- ]?staffed|under-?staffed|(?:so|very|really|extremely"
    r"|terribly|incredibly|rather|quite|crazy|super|too) busy|peak (?:season|time|period)|christmas|black friday"
    r"|high (?:demand|volume|season)|busy (?:season|period|time|day|night|week\w*|month)|(?:many|lots of|hundreds of"
    r"|thousands of|\d+) (?:orders|customers|calls|stops|parcels|guests|tickets|bookings|patients|requests|emails"
    r"|people)(?: \w+){0,2} (?:a day|every day|a week|to|right now|at once|per)|staff(?:ing)? (?:shortage\w*"
    r"|problems?|issues?|sickness|were|was|is)|(?:off|out|called in) sick|on (?:holiday|leave)|holiday season"
    r"|these things (?:happen|take)|(?:mistakes|accidents|things|it) (?:\w+ )?happens?\b|happens to (?:everyone"
    r"|the best)|only human|nobody(?:'s| is) perfect|one of those|(?:the|bad|this|because of|due to"
    r"|with this) (?:weather|traffic|strike|snow|storm)\b(?! (?:shut|took|tore))|^(?:traffic|weather|strike"
    r"|snow)[.!]?$|beyond our control|out of (?:my|our) (?:hands|control)|(?:can't|cannot"
    r"|couldn't) (?:\w+ )?(?:control|help (?:it|that)|read every|check every|be everywhere|watch|predict|foresee)"
    r"|don't (?:work|open) (?:on )?(?:weekends|sundays|saturdays|at)|(?:we|i)(?:'re| are|'m| am) (?:only "
    r"|just )?a small|only (?:two|three|one|me|four) of us|first (?:day|week)|(?:i'm|he's|she's) new|new (?:here"
    r"|system|software|computer)|everybody knows|as you can imagine|(?:the )?(?:system|computer|server|portal"
    r"|line)s? (?:was|were|is|has been|had been|went) (?:down|slow|broken|updat\w+|changed)|(?:system|computer"
    r"|server)s? (?:crashed|glitch\w*)|glitch\w*|supply chain|inflation|rising (?:costs|prices)|understaffed"
    r"|overworked|overwhelmed|rushed off|run off|backlog|we do our best|doing our best|not (?:that|so) (?:bad"
    r"|unusual|long|late)|quite normal|perfectly normal|standard (?:practice|procedure))\b"
)
CAUSE = Pattern(
    r"\b(?:was left (?:switched )?(?:off|on|out|open)|were moved|was moved|(?:are|is|was|were) given out"
    r"|that (?:night|day|morning|week) the \w+ (?:was|were)|(?:what|here's what|this is what"
    r"|that's what) (?:\w+ ){0,2}?happened|here(?:'s| is) (?:why|how)"
    r"|the (?:reason|cause) (?:is|was|for|why|lay)|(?:that|this|it) (?:\w+ )?happened because|turns? out|turned out"
    r"|the (?:gap|weak spot) (?:is|was|lay|sits)|that (?:was|is|'s) the (?:gap|weak spot)|instead of (?:\w+ing"
    r"|fourteen|the|two)"
    r"|was (?:entered|typed|booked|saved|filed|scanned|copied|loaded|swapped|merged|overwritten|mislabel\w+|misread)"
    r"|(?:the|our|a|an|your) (?:[\w']+ ){1,3}?(?:failed|stopped|crashed|jammed|fell|slipped|expired|overwrote"
    r"|skipped|logged|opened|saw|read|counts|counted|writes|died|broke|treats?|assumed|stayed|sat|lay|ends?|went"
    r"|hasn't|still had|showed|switched|blocked)\b|(?:in short|plainly|put simply|in plain words)[,:])"
)
LINKED = Pattern(r"\b(?:but|because|due to|as|since|however|with)\b")
OWNED = Pattern(
    r"\b(?:our (?:own )?(?:fault|mistake|error|doing|job|failure|mess)|on us|with us|no excuse|should have)\b"
)
WHY = Pattern(r"\b(?:why|how|where|who|what happened)\b[^.!?\n]{0,120}\?", 2)
FEW = 2
ABOUT_THEM = Pattern(r"(?:you|your|i have|i've|i'm)\b|\b[a-z]{1,20} \w{1,20} \w{1,20}, i (?:have|'ve)")
TO_THEM = Pattern(
    r"\b(?:you|should|option|then|your|sorry|thank|please|i'll|we'll|i'm|i've|will|can|hello|dear)\b|^(?:no|yes|oh"
    r"|ok|okay|right|well"
    r"|understood|of course|fair|true)\b[^ ]?$"
)


def blaming(turn: Turn) -> Iterator[Heard]:
    """Blame_customer, blame_other, excuse or explain, at most one of the last three a sentence."""
    for at, one in enumerate(turn.sentences):
        if tells_the_cause(turn, at):
            yield from turn.heard(Move.EXPLAIN, at)
        elif on_the_customer(turn, one):
            yield from turn.heard(Move.BLAME_CUSTOMER, at)
        elif on_others(one):
            yield from turn.heard(Move.BLAME_OTHER, at)
        elif excused(turn, at, one):
            yield from turn.heard(Move.EXCUSE, at)
        elif explained(turn, at, one):
            yield from turn.heard(Move.EXPLAIN, at)


def tells_the_cause(turn: Turn, at: int) -> bool:
    """Return whether a sentence tells the cause that the scenario names."""
    issue = turn.fits(at, "cause")
    if issue is None or turn.sentences[at].low.endswith("?"):
        return False
    shared = turn.shared(at, issue, "cause")
    return shared > FEW and shared > turn.shared(at, issue, "change")


def on_the_customer(turn: Turn, one: Sentence) -> bool:
    """Return whether the customer is blamed or not believed."""
    if NOT_YOURS.search(one.low) or owns(one.low):
        return False
    if one.low.endswith("?") and not (YOURS.search(one.low) or "C07" in one.heard.says):
        return False
    return bool(turn.remarked("C07", one) or turn.remarked("C08", one) or YOURS.search(one.low))


def on_others(one: Sentence) -> bool:
    """Return whether a sentence says that others did it."""
    return bool(THEIR_FAULT.search(one.low)) and not NOT_THEIRS.search(one.low) and not one.low.endswith("?")


def excused(turn: Turn, at: int, one: Sentence) -> bool:
    """Return whether a sentence gives a reason why it is not our problem."""
    if one.low.endswith("?"):
        return False
    sorry = apologises(one.low)
    if any(place != (one.start, one.end) for place in excuses(turn.sentences, at)):
        return not sorry or bool(LINKED.search(one.low))
    if "C06" in one.heard.says and not (sorry or OWNED.search(one.low)):
        return True
    owned = OWNED.search(one.low) or any(owns(other.low) for other in turn.sentences[max(0, at - 1) : at])
    return bool(BUSY.search(one.low)) and not owned


def explained(turn: Turn, at: int, one: Sentence) -> bool:
    """Return whether a sentence tells the cause: that of the scenario, or one of its own."""
    if one.low.endswith("?"):
        return False
    if any(spoken(one, "reply_excuse")):
        return False
    if CAUSE.search(one.low):
        return not ABOUT_THEM.match(one.low)
    answers = WHY.search(turn.scene.said) and HAPPENED.search(one.low) and not TO_THEM.search(one.low)
    return bool(answers) and len(one.stems) > FEW and 2 * turn.overlap(one.stems) < len(one.stems)
