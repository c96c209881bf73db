"""The moves a sentence of a reply can make: apologise, own, act, prevent, and their counterfeits."""

from collections.abc import Iterator
from functools import lru_cache

from amends.language.draft import Sentence
from amends.language.lexicon import Hit
from amends.language.pattern import Pattern
from amends.language.words import Span

REMEMBERED = 256
SORRY = r"(?:sorry|apologi[sz]e|apologi[sz]ing|apolog(?:y|ies)|regret)"
APOLOGY = Pattern(rf"\b{SORRY}\b")
UNSAID = Pattern(
    r"\b(?:not|never|cannot|can't|won't|nothing|without|nobody|no one)\s(?:\w+\s){0,2}(?:sorry"
    r"|apolog\w{1,6})\b"
    r"|\bno apolog|\b(?:better )?safe than sorry|\bregret to (?:inform|tell|say|advise)"
    r"|\bsorry[,]?\s(?:but\s)?(?:i|we)"
    r"\s(?:can't|cannot|are unable|am unable|won't|do not|don't)\b|\bdon't be sorry|\bfeel sorry for\b"
)
TO_HEAR = Pattern(r"\bsorry (?:to (?:hear|learn|read|see)|you had to|you've had|you have had)\b")
FEELINGS = (
    r"(?:feel|felt|are feeling|were feeling|(?:are|were|got|became) (?:upset|unhappy|disappointed"
    r"|frustrated|offended"
    r"|annoyed|angry|dissatisfied|not satisfied|not happy)|see it|think so|perceive\w?|took it"
    r"|found (?:it|this|us))"
)
NON_APOLOGY = Pattern(
    rf"\b{SORRY}\b[^.,;!?\n]{{0,40}}\bif (?:you|your|we|i|the|this|that|any|anything|anyone|it|our"
    rf"|there|my)\b"
    rf"|\b{SORRY}\b(?: for the way| about how| for how)?(?: that| because)?(?: how)? you(?:'re (?:\w+ )?(?:upset"
    rf"|unhappy|disappointed|frustrated|offended|annoyed|angry|dissatisfied|cross|hurt)| {FEELINGS})\b"
    rf"|\b{SORRY}\b for any(?: \w+){{0,3}} (?:you may|this may|that may|caused if|we may)\b"
    rf"|\b{SORRY}\b (?:for|about) (?:how you feel|your feelings|your frustration|your disappointment)\b"
    r"|\bif [^.;!?\n]{1,80}, (?:then )?(?:i|we)(?: do| am| are|'m|'re)? (?:apologi[sz]e|sorry)\b"
)
MISTAKE = (
    r"(?:mistakes?|faults?|errors?|failures?|failings?|responsibility|oversight|doing|slip|blunder|bug|neglect"
    r"|mix-?up|misprint"
    r"|slip-?up|carelessness|lapse|shame|omission|delay|muddle|job|bad|negligence|sloppiness|mess|shortcoming"
    r"|to check|to mend"
    r"|miscalculation|misjudg\w+|broken promise|wrong)"
)
BAD = (
    r"(?:failed|fell short|missed|forgot|forgotten|messed|mixed up|muddled|mis(?!s)[a-z-]*\w+|botched|bungled"
    r"|broke|lost"
    r"|damaged|scratched|overlooked|over\w+ed|under\w+ed|ignored|neglected|doubted|delayed|confused|skipped|blew"
    r"|wrecked"
    r"|wronged|spoiled|ruined|double-?\s?\w+|let (?:\w+ ){1,3}(?:down|slide|slip|lie|run out)|took too long"
    r"|were (?:too )?(?:slow|late|wrong|careless|at fault|to blame)|was (?:too )?(?:slow|late|wrong|careless"
    r"|at fault)"
    r"|should (?:never |not )?have|shouldn't have|ought to have|did not|didn't|never \w+ed|haven't|had not|hadn't"
    r"|kept you|left you|made you wait|cost you|own (?:this|that|it)|stood you up|dropped the ball|charged you"
    r"|billed you"
    r"|sent you (?:round|off|away|in circles|from|back and forth))"
)
DID = (
    r"(?:packed|picked|charged|billed|debited|took|kept|left|sent|delivered|put|gave|told|planned|booked|let|sold"
    r"|made"
    r"|matched|opened|closed|wrote|printed|shipped|served|cancelled|entered|assigned|locked|deleted|wiped|swapped|ran"
    r"|turned|were|was|had|got|set|used|cut|sat|said|promised|read|installed|fitted|handed|posted|poured|cooked"
    r"|washed"
    r"|treated|passed|held|pushed|answered|listed|quoted|paid|refused|bricked|flooded|confirmed|advertised|measured)"
)
AMISS = (
    r"(?:wrong\w*|late\w?|twice|too \w+|without|instead|by mistake|in error|nothing|nobody|no one|never|unanswered"
    r"|incorrect\w*|badly|waiting|behind|rather than|although|though|not|two \w+ for one|faulty|broken|dirty|empty"
    r"|unread"
    r"|lying|careless\w*|poor\w*|shabb\w+|short|stale|cold|dead|in the dark|in circles|n't)"
)
OTHERS = r"(?!(?:\w+ )?(?:sub)?(?:couriers?|carriers?|suppliers?|partners?|providers?|contractors?|manufacturers?)\b)"
OUR = rf"(?:our|my)(?: own)? {OTHERS}\w+(?: \w+)?"
OWN = Pattern(
    rf"\b(?:our|my)(?: (?!(?:team|best)\b)[\w-]+){{0,3}} {MISTAKE}\b"
    rf"|\b{MISTAKE} (?:\w+ )?(?:was|is|were|are|lies|sits) (?:\w+ ){{0,3}}(?:ours|mine|us|me)\b"
    r"|\b(?:that|this|it|which|both|all(?: \w+)?|each)(?:'s| is| was| are| were) (?:\w+ )?(?:on (?:us|me)\b|ours\b"
    r"|mine\b"
    r"|down to us|due to us|because of us|us who)"
    r"|\b(?:is|was|are|were|doing was) (?:\w+ )?(?:on us|ours|mine|of our making)\b|\b(?:careless|wrong|sloppy"
    r"|poor|thoughtless"
    r"|slow|unfair|rude|bad|stupid|clumsy) of (?:us|me)\b|\bbecause of us\b"
    r"|\bnobody'?s? (?:fault )?(?:else'?s?)? ?but ours\b"
    r"|\b(?:i|we)(?: \w+)? (?:take|accept|bear|shoulder) (?:\w+ )?(?:responsibility|blame)\b"
    rf"|\b(?:i|we|{OUR})(?:'ve| have)?(?: (?:then|also|simply|just|both|all|clearly|wrongly|twice|even|again"
    rf"|really|still"
    rf"|carelessly|mistakenly))? {BAD}\b"
    rf"|\b(?:i|we|{OUR}) (?:\w+ly )?{DID}\b[^.;!?\n]{{0,70}}\b{AMISS}\b"
    r"|\b(?:i|we|our \w+) \w+ (?:\w+ ){0,4}(?:wrong|badly|poorly|carelessly|blindly|too \w+|in error|by mistake"
    r"|a bad \w+)\b"
    r"|\b(?:mistakes?|making|doing) of (?:ours|mine|us)\b|\b(?:my|our) own making\b|\b(?:we|i) lied\b"
    r"|\bboth (?:are )?on us\b"
    r"|\b(?:is|was|were|are|that's) (?:\w+ )?(?!each|all|some|one|none|both|most|any)\w+ of (?:us|me)\b"
    r"|\bour \w+ (?:\w+ )?did (?:it|that|this)\b|\bnot (?:you|yours)[.,;]?$|\bon our (?:end|side|part)\b"
    r"|\b(?:that|this|it)(?:'s| is| was|'d be| would be) (?:us|me)\b|\b(?:we|i)(?:'re| are|'m| am) at fault\b"
    r"|\bguilty as charged\b|\bthat(?:'s| is| was) our (?:system|sensor|kitchen|printer|machine|computer|clerk)\b"
    r"|\b(?:i|we) got (?:\w+ ){1,3}wrong\b|\bwrongly \w+ed\b|\b(?:we|i) made (?:a|an|the|this"
    r"|such) (?:\w+ ){0,2}(?:mistake|error|mess)"
    r"|\byou should (?:not|never) have (?:had|been|to)\b|\byou shouldn't have (?:had|been)\b|\bno excuse\b"
)
OWNED_SORRY = Pattern(
    rf"\b(?:we|i|our \w+) (?:\w+ly |then )?(?:{DID}|\w{{2,}}ed)\b[^.!?\n]{{0,80}}?\b{SORRY}\b|"
    rf"\b{SORRY}\b[^.!?\n]{{0,60}}?\b(?:(?:that|because|,|:) ?(?:i|we)|i|we|{OUR}) (?:have |had |\w+ly |then )?"
    rf"(?:{DID}|\w{{2,}}ed|did|broke|lost|sank|tore|bit|drove|left|forgot|spilt|spoke|shut|struck)\b"
)
DISOWN = Pattern(
    r"\b(?:not|never|isn't|wasn't|no|neither)\s(?:\w+\s){0,2}(?:our|my)\s(?:\w+\s)?(?:mistake|fault"
    r"|error|failure|"
    r"responsibility)|\b(?:did not|didn't|never)\s(?:make|made)\b|\bif (?:we|i|it|this"
    r"|there)\b[^.;!?]{0,60}\b(?:mistake"
    r"|fault|error|failed|missed|wrong)|\bwe (?:did not|didn't) (?:do anything|make|cause|find|receive)\b"
    r"|\b(?:we|i) (?:did not|didn't) \w+ (?:a|any) mistake|\bnot (?:entirely |really |only )?(?:ours|our fault)\b"
)
WHEN = Pattern(
    r"\b(?:today|tonight|tomorrow|now|right away|straight away|immediately|already|overnight|this (?:morning"
    r"|afternoon"
    r"|evening|minute|week)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|within (?:the next |the )?\w+ (?:\w+ )?"
    r"(?:minutes?|hours?|days?|weeks?)\b|in (?:\w+|\d+) (?:more )?(?:minutes|hours?|(?:working |business )?days?"
    r"|weeks?)\b"
    r"|(?:by|before|at|until|around|about|from|to) (?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|o'clock|sharp)?\b|noon"
    r"|midday|midnight"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|lunch|lunchtime)\b"
    r"|(?:by|on|until|the) (?:the )?\d{1,2}(?:st|nd|rd|th)\b|noon|\d{1,2}:\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}|next (?:week|month)|end of (?:the )?(?:day|week|month|business)"
    r"|next working day"
    r"|first thing|same day|the hour|as (?:i|we) (?:write|type|speak)|while (?:you|i|we) (?:write|type|speak))"
)
PAST_ACTS = (
    r"(?:refunded|replaced|resent|re-sent|sent|shipped|dispatched|posted|mailed|booked|rebooked|credited|cancelled"
    r"|canceled"
    r"|corrected|fixed|repaired|mended|waived|removed|reversed|ordered|restored|unlocked|reset|reopened|paid|returned"
    r"|arranged|issued|deleted|updated|upgraded|scheduled|reserved|asked|spoken|told|contacted|called|rung|phoned"
    r"|started"
    r"|opened|transferred|added|taken|put|set|halved|moved|switched|packed|enclosed|held|kept|blocked|stopped|claimed"
    r"|written|noted|given|split|cut|lifted|extended|knocked|deducted|changed|cleared|closed|reported|checked"
    r"|reviewed"
    r"|cleaned|collected|delivered|assigned|enrolled|registered|released|reinstated|reprinted|remade|exchanged|marked"
    r"|made|printed|sealed|forwarded|brought|found|got|had|activated|settled|compensated|reimbursed|upheld|granted"
    r"|renewed"
    r"|rescheduled|swapped|walked|rewritten|traced|located|secured|pulled|freed|wired|sorted|sat)"
)
BASE_ACTS = (
    r"(?:refund|replace|resend|send|ship|dispatch|post|mail|book|rebook|credit|cancel|correct|fix|repair|mend"
    r"|waive|remove"
    r"|reverse|order|restore|unlock|reset|reopen|pay|return|arrange|issue|delete|update|upgrade|schedule|reserve"
    r"|collect"
    r"|deliver|call|ring|phone|write|email|check|investigate|find out|look into|speak|exchange|bring|visit|come"
    r"|give|take"
    r"|put|set|halve|move|switch|pack|hold|keep|stop|claim|answer|tell|reply|have|be|get|know|show|fit|meet|drive"
    r"|reach"
    r"|sort|sit|go|lay|make|let|hear|receive|see|arrive|leave|start|open|transfer|add|print|bake|cook|clean|knock"
    r"|swap|pick"
    r"|rewrite|process|reimburse|compensate|report|review|hand|drop|pull|work|wire|cover|extend|lift)"
)
ING_ACTS = (
    r"(?:(?!looking|working|doing|trying|having|hoping|going|being|getting|writing to|thinking|striving|sorry"
    r"|feeling|asking"
    r"|aiming|calling about|taking this|taking your|taking the)\w{3,}ing)"
)
SELF = r"(?:i|we|my (?:colleague|boss|manager)(?: \w+)?|our (?:\w+ )?\w+)"
NOW = (
    r"(?: (?:just|now|already|also|today|this minute|this morning|personally|myself|immediately|since|both|even|then"
    r"|\w+ly))?"
)
DONE = Pattern(
    rf"\b{SELF}(?:'ve| have| has){NOW}{NOW} {PAST_ACTS}\b|\b(?:i|we|i've|we've){NOW} (?:{PAST_ACTS}|rang|wrote"
    rf"|took|gave|drew|spoke"
    r"|came|went)\b(?! (?:that|to know|the impression|your (?:e-?mail|message|letter|call|complaint)|it wrong|no "
    r"|nothing))"
    rf"|\b(?:have|has)(?:n't)? {NOW}(?:\w+ )?been {PAST_ACTS}\b"
    r"|\b(?:is|are|'s|'re) (?:\w+ )?(?:on (?:its|their|the) way|in the post|on the van|under way|underway|done\b"
    r"|through\b|yours"
    r"|enclosed|attached|sorted|waiting for you|ready for you|back on|off your|unlocked|packed)"
    rf"|\b(?:is|are) (?:now |already |just )?being {PAST_ACTS}\b|\b(?:i|we)(?:'m| am|'re| are){NOW} {ING_ACTS}\b"
    r"|\b(?:you(?:'ll| will)? find|please find|here is|here are|enclosed (?:is|are)|attached (?:is|are))\b"
    r"|\bon (?:its|their|the) way\b|\b(?:refund|money|credit|amount)(?:'s| is| has) (?:\w+ )?(?:done|through|gone"
    r"|out|back|made|sent)"
    rf"|\bin this envelope\b|\bwhat (?:i|we)(?:'ve| have) (?:just )?done\b|\b(?:and|which) (?:have|has) {PAST_ACTS}\b"
    r"|\b(?:is|are|was|were) (?:now |already |all |also )?(?:refunded|credited|cancelled|reopened|replaced"
    r"|restored|waived|corrected|fixed|repaired|void"
    r"|voided|reset|reinstated|paid back|deleted|unlocked|reversed|attached|enclosed)\b|\b(?:credit|refund"
    r"|replacement)s? (?:\w+ )?(?:done|sent|made|issued)\b"
    r"|\b(?:posted|sent|refunded|booked|cancelled|credited) (?:at|today|this|just|already)\b"
)
WILL_DO = Pattern(
    rf"(?:\b\w+(?:'ll| will|'m going to| am going to| are going to| is going to|'d)(?: \w+)? {BASE_ACTS}\b"
    rf"|\bwill be {PAST_ACTS}\b|\bwill be (?:there|with you|back|in your|on your|at your|on))"
)
CAN_DO = Pattern(
    rf"\b(?:i|we)(?:'d| can| could| would like to| would be happy to| am able to| are able to|'d like to"
    rf"|'d be happy to"
    rf"| suggest| offer| propose| want to|'m happy to)(?: \w+)? (?:{BASE_ACTS}|you|a|an|the|to)\b"
    rf"|\byou (?:can|may|could) (?:\w+ )?(?:choose|have|keep|get|take|pick|send)\b|\byou(?:'ll)? (?:have|get) (?:a"
    rf"|an|the|your|new)\b"
    r"|\byou(?:'re| are) welcome to\b|\blet me\b|\bnew \w+ (?:or|are yours|is yours)|\bhappy to\b"
    r"|\byours?\b[^.!?\n]{0,40}\bor\b"
)
NOT_DONE = Pattern(
    r"\b(?:not|cannot|can't|won't|unable|never|haven't|hasn't|isn't|aren't)\s(?:\w+\s){0,3}?(?:be\s"
    r"|been\s|being\s)?"
    rf"(?:{PAST_ACTS}|{BASE_ACTS}|{ING_ACTS})\b"
)
WRONG_ACT = Pattern(
    rf"\b(?:i|we) {DID}\b[^.;!?\n]{{0,40}}\b(?:wrong\w*|twice|late|instead|by mistake|in error|to the wrong"
    rf"|incorrect\w*)\b"
    r"|\b(?:i|we) (?:told|asked|called|contacted|kept|put|sat|had|found|got|made|left) you\b"
)
ORDERED_WRONG = Pattern(
    r"\byou (?:had )?(?:ordered|booked|asked|paid|bought|requested|told|gave|sent|chose)\b[^.;!?\n]{0,90}?\b(?:and"
    r"|but|yet) (?:we|i|got)\b"
)
VAGUE_ACT = Pattern(
    r"\b(?:has|have|is|are|will|'s|'re)\b(?: \w+)? (?:been|being|be) (?:\w+ )?(?:noted|taken up|looked|reviewed"
    r"|dealt|worked|passed|forwarded"
    r"|logged|recorded|escalated|raised|registered|addressed|handled|processed|investigated|communicated"
    r"|considered|taken seriously|marked|shared)\b"
    r"|\b(?:closed the issue|noted the|looking into|on it|working on it|see what (?:i|we) can do|do (?:our"
    r"|my) best)\b"
)
SORRY_ACT = Pattern(rf"\b{SORRY}\b[^.;!?\n]{{0,60}}\b(?:i|we)(?:'ve| have)? " + PAST_ACTS)
CHANGED = Pattern(
    r"\b(?:i|we|the \w+|our (?:team|warehouse|\w+))(?:'ve| have| has)?(?: now| also"
    r"| already)? (?:changed|added|updated"
    r"|introduced|trained|retrained|replaced|fixed|rewritten|rewrote|corrected|removed|switched"
    r"|put in place|set up|now"
    r" (?:check|checks|require|requires|confirm|confirms|test|tests))\b|\bfrom (?:now|today|\w+day) on\b"
    r"|\b(?:i|we)(?:'re| are) (?:changing|adding|updating|introducing|training|retraining|switching"
    r"|putting)\b"
)
AGAIN = Pattern(
    r"\b(?:(?:not|n't|never|cannot|no longer|prevent|stop|stops|avoid|without"
    r"|again)\b[^.;!?]{0,60}\b(?:happen\w{0,3}"
    r"|recur\w{0,4}|repeat\w{0,2}|again)|from (?:now|today|\w+day) on|in (?:the )?future|do better"
    r"|future (?:orders"
    r"|customers|visits|deliveries)|every (?:order|parcel|invoice|delivery|visit|\w+) (?:is|will be"
    r"|gets) (?:now )?checked)\b"
)
INVITES = Pattern(
    r"\b(?:contact|call|write|reply|ask|email|tell|order|shop|try|visit"
    r"|do business with) (?:\w+ ){0,3}again\b"
)


DONE_TODAY = Pattern(
    rf"\b(?:was|were) {PAST_ACTS}\b[^.;!?]{{0,40}}\b(?:today|this (?:morning|afternoon)|just now|yesterday)\b"
)
COMES = Pattern(
    r"\b(?:leaves?|ships?|goes|go|comes?|arrives?|rings|calls|phones|collects|brings|reach(?:es)?|fits|lands"
    r"|drops off|starts"
    r"|delivers|picks|returns|flies|lays|opens?|works?|lies|waits|changes|gets? \w+ed|get \w+|sees|visits|stands"
    r"|begins|meets"
    r"|left|went|(?:is|are|'s|'re) (?:\w+ )?(?:with you|back|there|yours|here|out|due|booked|scheduled|arranged"
    r"|held|reserved|set"
    r"|moved|put|sent|coming|on|in|at|off|gone|paid|ready|live|up)|will (?:\w+ )?\w+|going back|'ll|bring|call"
    r"|ring|write"
    r"|post|send|deliver|collect|pay|replace|repair|refund|fit|fly|lay)\b"
)
CLAUSE = Pattern(r", (?:and|but|so|yet) |: | and (?=(?:i|we|it|the|my|our|he|she|they)\b)|;|, (?=(?:i|we|it|that's)\b)")
FROM_THEN = Pattern(r"\bfrom (?:now|today|tomorrow|\w+day|next \w+|\d{1,2} \w+|\w+ \d{1,2})\b")


def says_sorry(low: str) -> bool:
    """Return whether a word of apology is in a sentence at all, which is quick to see."""
    return "sorr" in low or "apolog" in low or "regret" in low


def apologises(low: str) -> bool:
    """Return whether a sentence in lower case says sorry for something, as its own words."""
    if not says_sorry(low):
        return False
    return bool(APOLOGY.search(low)) and not (UNSAID.search(low) or TO_HEAR.search(low) or NON_APOLOGY.search(low))


@lru_cache(maxsize=REMEMBERED)
def owns(low: str) -> bool:
    """Return whether a sentence says plainly that it was our doing."""
    sorry = says_sorry(low)
    if DISOWN.search(low) or (sorry and NON_APOLOGY.search(low)):
        return False
    return bool(OWN.search(low) or (sorry and OWNED_SORRY.search(low) and not UNSAID.search(low)))


@lru_cache(maxsize=REMEMBERED)
def acts(low: str, offer: bool = False) -> bool:
    """Return whether a sentence names an action done, under way, or with a time; in an offer also "can"."""
    if ORDERED_WRONG.search(low):
        return False
    return any(_clause_acts(clause, offer) for clause in CLAUSE.split(low) if clause)


def _clause_acts(low: str, offer: bool) -> bool:
    if VAGUE_ACT.search(low) and not WHEN.search(low):
        return False
    if NOT_DONE.search(low) or WRONG_ACT.search(low) or SORRY_ACT.search(low) or low.rstrip().endswith("?"):
        return False
    if DONE.search(low) or DONE_TODAY.search(low):
        return True
    if WHEN.search(low) and (WILL_DO.search(low) or COMES.search(low)):
        return True
    return offer and bool(CAN_DO.search(low) or WILL_DO.search(low))


def speaks_of_prevention(low: str) -> bool:
    """Return whether a sentence speaks of the trouble not coming again, backed or not."""
    return bool(AGAIN.search(low)) and not INVITES.search(low) and not low.endswith("?")


def prevents(low: str) -> bool:
    """Return whether a sentence says what has changed or is changing so that it does not happen again."""
    return bool(CHANGED.search(low)) and (speaks_of_prevention(low) or bool(FROM_THEN.search(low)))


AFFECT = (
    r"(?:upset|unhappy|disappointed|frustrated|offended|annoyed|angry|dissatisfied|embarrassed|worried|hurt"
    r"|concerned|distressed"
    r"|bothered|displeased|irritated|confused|shocked|alarmed|uncomfortable|disturbed|aggrieved|put out"
    r"|taken aback|let down"
    r"|disbelieved|misunderstood|ignored|unwelcome|neglected|stressed|anxious|uneasy|insulted|inconvenienced"
    r"|unsettled|troubled)"
)
SEE = (
    r"(?:sees?|saw|seen|took|takes?|taken|finds?|found|feels?|felt|views?|viewed|perceives?d?|regards?|regarded"
    r"|interprets?|interpreted"
    r"|considers?|considered|thinks?|thought|believes?|believed|reads?|experienced?|understood|remembers?|judged?"
    r"|hears?|heard)"
)
ABOUT_THEM = Pattern(
    rf"\b(?:{SORRY}|regrets)\b(?: \w+){{0,2}}? (?:to (?:anyone|anybody|those|whoever|everyone|all|people|any \w+)"
    rf"|for (?:anyone|those who|whoever))\b"
    rf"|\b(?:{SORRY}|regrets)\b,? should (?:you|your|our|we|the|this|that|it|any|i|there|anything|anyone)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,30}}?\b(?:you|he|she|they|your \w+) (?:\w+ )?{SEE} (?:it|this|that|us"
    rf"|our|the|so|as|\w+) ?"
    rf"(?:\w+ ){{0,4}}?(?:as|so|that way|this way|like|badly|hard|unfair|rude|differently|personally|wrong"
    rf"|negative\w*|offence|otherwise)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,30}}?\b(?:you|he|she|they|your \w+) (?:were|was|are|is|felt|feel|got"
    rf"|became|have been|might be|may be)"
    rf" (?:\w+ ){{0,2}}?{AFFECT}\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,60}}?\b(?:was|were|is|are|been|being) (?:\w+ )?(?:felt|perceived|seen"
    rf"|taken|considered|experienced"
    r"|received|found|interpreted|understood|viewed|deemed) (?:to be|as|so|badly|differently)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,60}}?\b(?:a source of|a cause of|cause for|caused? (?:you )?(?:any )?"
    rf"|gave (?:you )?|given (?:you )?)(?:\w+ )?"
    r"(?:worry|alarm|concern|offence|offense|upset|annoyance|distress|displeasure|anxiety|irritation"
    r"|the (?:wrong )?impression|the feeling|wrong impression)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,60}}?\b(?:not|n't|fail(?:ed|s)? to|never|fell|falls|below"
    rf"|short of) (?:\w+ )?(?:live up to|meet|match|reach|satisfy"
    r"|short of|up to|fulfil|suit)?\s?(?:your|the customer's) (?:\w+ )?(?:expectations?|taste|liking|standards?"
    r"|satisfaction|needs|hopes)\b"
    rf"|\b(?:{SORRY}|regrets)\b[^.;!?\n]{{0,20}}?\b(?:it|this|that|the \w+) (?:\w+ )?(?:wasn't|weren't|was not"
    rf"|were not) (?:\w+ )?(?:for you|to your|what you (?:hoped|expected|wanted))\b"
)


WE_MADE = Pattern(r"\b(?:we|i|our \w+) (?:\w+ )?(?:made|let|left|kept|caused|gave)\b")


def is_non_apology(one: Sentence) -> bool:
    """Return whether a sentence is sorry for their feelings, or only "if"."""
    return non_apology_in(one) is not None


def non_apology_in(one: Sentence) -> Span | None:
    """Return where a sentence is sorry for their feelings, or only "if"; None where it owns what was done."""
    if not says_sorry(one.low):
        return None
    if found := NON_APOLOGY.search(one.low):
        return Span(one.start + found.start(), one.start + found.end())
    if hits := one.of("reply_nonapology"):
        return Span(hits[0].start, hits[0].end)
    found = ABOUT_THEM.search(one.low)
    if found and not (OWN.search(one.low) or WE_MADE.search(one.low)):
        return Span(one.start + found.start(), one.start + found.end())
    return None


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


OTHER_FAULTS = frozenset({"reply_blame", "reply_wall", "reply_filler", "reply_doubt", "reply_calm"})
SPEAKS_OF_US = Pattern(r"\b(?:i|we|our|my|me|you)\b")


def spoken(one: Sentence, name: str) -> Iterator[Hit]:
    """Return the phrases of a list that the agent means: not denied, not retold, not called wrong at once."""
    for hit in one.of(name):
        before, after = one.low[: hit.start - one.start], one.low[hit.end - one.start :]
        if NOT_SO.match(one.low, hit.start - one.start):
            continue
        if not (RETOLD.search(before[-REACH:]) or DENIED.search(before[-REACH:]) or TAKEN_BACK.search(after[:REACH])):
            yield hit


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
