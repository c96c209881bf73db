"""Whose fault it was: an excuse, the customer's, somebody else's, or a cause that is told plainly."""

from collections.abc import Iterator

from amends.language.draft import Sentence, details
from amends.language.moves import excuses, owns, spoken
from amends.language.pattern import Pattern
from amends.language.reply_parts import HAPPENED
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

THEY = (
    r"(?:courier|carrier|driver|supplier|warehouse|lab|laborator\w+|landlord|manufacturer|maker|factory|agency|system|software|computer|website|app|colleague|department|night (?:shift|team|porter|staff)|depot|head office|bank|post office|royal mail|airline|airport|contractor|subcontractor|installer|engineer|fitter|builder"
    r"|previous \w+|printers?|printing \w+|third party|partner|developer|it (?:team|people|guys|department)|sales(?: \w+)?|accounts|billing|logistics|shop|store|branch|reception\w*|kitchen|chef|waiter|temp|trainee|intern|new (?:girl|guy|starter|boy|colleague|lad)|other (?:team|shift|branch|office|department|agent|guy)|council|government|grid|network|operator|provider|platform|caterer|florist|hotel|school|hospital|doctor|neighbou?r|contractors|drivers|couriers|suppliers)"
)
THEIR_FAULT = Pattern(
    rf"\b(?:(?:the|our|those|that|this) (?:[\w']+ ){{1,3}}(?:is|are) (?:\w+ )?(?:useless|hopeless|slow|chaotic|terrible|unreliable|to blame|incompetent)|, not (?:me|us)\b|it'?s the (?:[\w']+ ){{1,4}}(?:who|that|you want)\b|up to them\b|question for them|(?:he|she|they) did (?:it|that)\b|belongs to|hired in|no say over|i (?:just|only) (?:answer|work|do|sell)|(?:blame|complain to|take it up with|talk to|ask|down to|up to|fault (?:is|was|lies) with|because of|thanks to) (?:the |our |that |those |a )?(?:\w+ )?{THEY}"
    rf"|our (?:\w+ )?{THEY}(?:'s)?(?: \w+){{0,5}}? (?:fault|messed|mess\b|screwed|useless|let us down|always|chaotic|to blame)|(?:the|their|that|those|this|some|a) (?:\w+ )?{THEY}(?:'s)?(?: \w+){{0,5}}? (?:fault|messed|mess|mucked|screwed|forgot\w*|always|never|refus\w+|wouldn't|won't|didn't|did not|doesn't|don't|lost|broke|should have|should've|let us down|slow|useless|late|wrong|mistake|error|responsib\w+|job|problem|doing|blame|failed|fail|keeps?|dropped|ignored|gave us|sent us|told us|made|slipped|caused|left|mixed|botched|damaged)"
    rf"|{THEY}(?:'s| is| are|s are| was| were) (?:\w+ ){{0,3}}?(?:to blame|at fault|responsible|useless|slow|hopeless|terrible|unreliable|always)"
    r"|(?:it|that|this)(?:'s| is| was) (?:\w+ )?(?:always )?(?:them|him\b|(?:their|his|her) (?:\w+ )?(?:mess|fault|mistake|job|problem|doing)|not (?:us|me|our|my)|the \w+(?: \w+){0,4} (?:who|that) (?:sent|gave|made|lost|broke|forgot|didn't|messed|told|wouldn't)|down to (?:them|him|her|the))|not (?:us|me)[.,!]?$|not by us\b|(?:girl|boy|lad|guy|man|woman|lady) (?:on|at|in|from) (?:the|our) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:sold|lost|forgot|made|gave|mixed|did|didn't|put|told|took)|,? not us\b|nothing to do with (?:us|me)|wasn't (?:me|us)|(?:they|he|she) (?:\w+ )?(?:messed|forgot|lost|screwed|never|always|should have|didn't)\b[^.!?]{0,40}|not (?:my|our) (?:\w+ )?(?:fault|mistake|doing)|(?:their|his|her) (?:\w+ )?(?:fault|mistake|job|mess|responsibility|problem|doing))\b"
)
NOT_THEIRS = Pattern(r"\b(?:sorry|so (?:was i|were we)|off the road|before (?:tomorrow|his|her)|blame us|our (?:\w+ )?error|at fault:|we are at fault|no excuse|our (?:own )?(?:fault|mistake|job|responsib\w+)|on us|we should have|we chose|still ours|ours)\b")
YOURS = Pattern(
    r"\b(?:you (?:\w+ )?(?:should(?: have|'ve) (?:\w+ed|told|read|come|said|kept|paid|gone|known|thought|brought|done|been more|spoken|given|sent|put|taken)|shouldn't have (?!had|to|been)|could have (?!been|had|the|a|it|your|an|both|one|two|\d)|could've|ought to|failed to|forgot|neglected|must have|might have|didn't (?:read|tell|say|check|mention|follow|ask|call|notice|use|fill|give|write|order|do|let|look|keep|bother|answer|pay|select|tick|specify|report|respond)|did not|never (?:told|said|asked|mentioned|called|checked|read|paid|gave)|chose|agreed|accepted|ticked|clicked|entered|gave (?:us )?the wrong|typed|misread|misunderst\w+|dropped|broke)"
    r"|if you hadn't|if you(?:'d| had) (?:not |only |just )?(?:\w+ed|read|told|come|said|kept|paid|rung|brought|sent|given)\b|had you (?:only |not |just )?(?:read|told|checked|called|asked|said|\w+ed)\b|your (?:own )?(?:fault|mistake|error|responsib\w+|problem|handwriting|negligence|carelessness)|user error|didn't you (?:read|see|check|notice|know)|did you (?:even |actually |not |really )?(?:read|check|follow|look|bother|try|think|turn|plug)|have you (?:even |actually )?(?:read|checked|tried)|why (?:didn't|did|don't|haven't) you|next time (?:you|read|please|check|just|order|book)|are you sure (?:you|it|that)|(?:most|other|normal) (?:people|customers|guests) (?:\w+ )?(?:don't|do|manage|read|know|would|have no|can|never|are)|no one else|nobody else (?:has|had|complain\w*)|as (?:clearly |plainly )?(?:stated|written|it says)|it clearly says|it says (?:so )?(?:on|in|do not|right)|(?:it(?:'s| is)|was) (?:clearly |all )?(?:in|on) the (?:terms|contract|small print|website|label|email|confirmation|instructions|manual))\b"
)
NOT_YOURS = Pattern(
    r"\b(?:nothing you could|i could plead|you (?:\w+ )?(?:shouldn't|should not|should never) have (?:had|to|been)|you should have (?:had|been|got|received|heard|never)|you (?:never|didn't) (?:did|do|picked|chose|ask for|asked for|order\w*|deserve|get|have|hear|receive|agree)|you (?:could|must) have (?:been|felt|done without)|not your|wasn't your|isn't your|you chose us|you signed up|because we|we (?:never|didn't|should)|if you'd (?:like|rather|prefer)|you put (?:it )?(?:well|plainly)|(?:we|i)(?:'ll| will) (?:\w+ )?(?:try|be)|you shouldn't)"
)
BUSY = Pattern(
    r"\b(?:short of (?:helpers|staff|people|hands|drivers)|you know what (?:\w+ ){1,4}(?:are|is) like|run by volunteers|with the cuts|(?:a )?hand free|short[- ]?staffed|under-?staffed|(?:so|very|really|extremely|terribly|incredibly|rather|quite|crazy|super|too) busy|peak (?:season|time|period)|christmas|black friday|high (?:demand|volume|season)|busy (?:season|period|time|day|night|week\w*|month)|(?:many|lots of|hundreds of|thousands of|\d+) (?:orders|customers|calls|stops|parcels|guests|tickets|bookings|patients|requests|emails|people)(?: \w+){0,2} (?:a day|every day|a week|to|right now|at once|per)|staff(?:ing)? (?:shortage\w*|problems?|issues?|sickness|were|was|is)|(?:off|out|called in) sick|on (?:holiday|leave)|holiday season|these things (?:happen|take)|(?:mistakes|accidents|things|it) (?:\w+ )?happens?\b|happens to (?:everyone|the best)|only human|nobody(?:'s| is) perfect|one of those|(?:the|bad|this|because of|due to|with this) (?:weather|traffic|strike|snow|storm)\b(?! (?:shut|took|tore))|^(?:traffic|weather|strike|snow)[.!]?$|beyond our control|out of (?:my|our) (?:hands|control)|(?:can't|cannot|couldn't) (?:\w+ )?(?:control|help (?:it|that)|read every|check every|be everywhere|watch|predict|foresee)|don't (?:work|open) (?:on )?(?:weekends|sundays|saturdays|at)|(?:we|i)(?:'re| are|'m| am) (?:only |just )?a small|only (?:two|three|one|me|four) of us|first (?:day|week)|(?:i'm|he's|she's) new|new (?:here|system|software|computer)|everybody knows|as you can imagine|(?:the )?(?:system|computer|server|portal|line)s? (?:was|were|is|has been|had been|went) (?:down|slow|broken|updat\w+|changed)|(?:system|computer|server)s? (?:crashed|glitch\w*)|glitch\w*|supply chain|inflation|rising (?:costs|prices)|understaffed|overworked|overwhelmed|rushed off|run off|backlog|we do our best|doing our best|not (?:that|so) (?:bad|unusual|long|late)|quite normal|perfectly normal|standard (?:practice|procedure))\b"
)
CAUSE = Pattern(
    r"\b(?:(?:what|here's what|this is what|that's what) (?:\w+ ){0,2}?happened|here(?:'s| is) (?:why|how)|the (?:reason|cause) (?:is|was|for|why|lay)|(?:that|this|it) (?:\w+ )?happened because|turns? out|turned out|the (?:gap|weak spot) (?:is|was|lay|sits)|that (?:was|is|'s) the (?:gap|weak spot)|instead of (?:\w+ing|fourteen|the|two)"
    r"|was (?:entered|typed|booked|saved|filed|scanned|copied|loaded|swapped|merged|overwritten|mislabel\w+|misread)|(?:the|our|a|an|your) (?:[\w']+ ){1,3}?(?:failed|stopped|crashed|jammed|fell|slipped|expired|overwrote|skipped|logged|opened|saw|read|counts|counted|writes|died|broke|treats?|assumed|stayed|sat|lay|ends?|went|hasn't|still had|showed|switched|blocked)\b|(?:in short|plainly|put simply|in plain words)[,:])"
)
WHY = Pattern(r"\b(?:why|how|where|who|what happened)\b[^.!?\n]{0,120}\?", 2)
FEW = 2
ABOUT_THEM = Pattern(r"(?:you|your|i have|i've|i'm)\b|[a-z]+ \w+ \w+, i (?:have|'ve)")
TO_THEM = Pattern(r"\b(?:you|your|sorry|thank|please|i'll|we'll|i'm|i've|will|can|hello|dear)\b|^(?:no|yes|oh|ok|okay|right|well|understood|of course|fair|true)\b[^ ]?$")


def blaming(turn: Turn) -> Iterator[Heard]:
    """Blame_customer, blame_other, excuse or explain, at most one of the last three a sentence."""
    for at, one in enumerate(turn.sentences):
        if on_the_customer(turn, one):
            yield from turn.heard(Move.BLAME_CUSTOMER, at)
        elif on_others(one):
            yield from turn.heard(Move.BLAME_OTHER, at)
        elif excused(turn, at, one):
            yield from turn.heard(Move.EXCUSE, at)
        elif explained(turn, at, one):
            yield from turn.heard(Move.EXPLAIN, at)


def on_the_customer(turn: Turn, one: Sentence) -> bool:
    """Return whether the customer is blamed or not believed."""
    if NOT_YOURS.search(one.low) or owns(one.low):
        return False
    return bool(turn.remarked("C07", one) or turn.remarked("C08", one) or YOURS.search(one.low))


def on_others(one: Sentence) -> bool:
    """Return whether a sentence says that others did it."""
    return bool(THEIR_FAULT.search(one.low)) and not NOT_THEIRS.search(one.low) and not one.low.endswith("?")


def excused(turn: Turn, at: int, one: Sentence) -> bool:
    """Return whether a sentence gives a reason why it is not our problem."""
    if one.low.endswith("?") or owns(one.low):
        return False
    if any(place != (one.start, one.end) for place in excuses(turn.sentences, at)) or "C06" in one.heard.says:
        return True
    return bool(BUSY.search(one.low)) and not any(owns(other.low) for other in turn.sentences[max(0, at - 1) : at])


def explained(turn: Turn, at: int, one: Sentence) -> bool:
    """Return whether a sentence tells the cause: that of the scenario, or one of its own."""
    if one.low.endswith("?"):
        return False
    causes = [turn.scene.scenario.issue(name).cause for name in turn.about(at) if name]
    if any(len(details(cause) & one.stems) > 2 for cause in causes if cause):
        return True
    if any(spoken(one, "reply_excuse")):
        return False
    if CAUSE.search(one.low):
        return not ABOUT_THEM.match(one.low)
    answers = WHY.search(turn.scene.said) and HAPPENED.search(one.low) and not TO_THEM.search(one.low)
    return bool(answers) and len(one.stems) > FEW
